import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError, type EpochMs } from '@sos/domain';
import { z } from 'zod';
import type { ProviderSession } from '../provider.js';
import { Secret } from '../secret.js';

const Claims = z.looseObject({ exp: z.number().int().positive() });
const LOGIN = 'run `sos auth upstox`';

/** When a token ends, as its own claims say; null for a token that is no JSON web token. The signature is the vendor's business. */
export function tokenExpiry(token: Secret): EpochMs | null {
  const payload = token.reveal().split('.')[1] ?? '';
  try {
    const claims = Claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return (claims.exp * 1000) as EpochMs;
  } catch {
    return null;
  }
}

/** What a token is worth now. A token without readable end is taken as valid until the vendor refuses it. */
export function sessionOfToken(token: Secret | null, now: EpochMs): ProviderSession {
  if (token === null) return { state: 'missing', expiresAt: null, nextStep: LOGIN };
  const expiresAt = tokenExpiry(token);
  if (expiresAt !== null && expiresAt <= now) return { state: 'expired', expiresAt, nextStep: LOGIN };
  return { state: 'valid', expiresAt, nextStep: null };
}

/** Keeps a token in a file that only its owner can read. */
export async function saveTokenFile(file: string, token: Secret): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, `${token.reveal()}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}

/** The token of a file, or null when there is none. @throws SOS_CONFIG when others may read the file */
export async function readTokenFile(file: string): Promise<Secret | null> {
  const found = await stat(file).catch(() => null);
  if (found === null) return null;
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw new AppError(
      'SOS_CONFIG',
      `expected the token file ${file} to be readable by its owner only (mode 600), found mode ${(found.mode & 0o777).toString(8)}`,
    );
  const text = (await readFile(file, 'utf8')).trim();
  return text === '' ? null : new Secret(text);
}
