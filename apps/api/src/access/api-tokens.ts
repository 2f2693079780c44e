import { createHash, timingSafeEqual } from 'node:crypto';
import path from 'node:path';
import { AppError } from '@sos/domain';
import { readTokenFile } from '@sos/market-data';

/** A token that is let in: what is kept of it is a hash, so that the file gives nobody a token. */
export interface ApiToken {
  /** First digits of the hash, by which the audit log names who asked. */
  readonly id: string;
  readonly sha256: Buffer;
}

const LINE = /^([0-9a-f]{64})(?:\s.*)?$/;
const ID_DIGITS = 8;
// 22 characters of base64url hold 132 bits: nothing shorter is ever let in, whoever wrote its hash into the file.
const TOKEN = /^[\w-]{22,200}$/;

/** The file of a data folder in which `sos auth token` keeps hashes. */
export const tokenFileOf = (dataDir: string): string => path.join(dataDir, 'secrets', 'api-tokens');

/** Hashes of the tokens, one per line: 64 hexadecimal digits, then anything. @throws SOS_CONFIG when others may read the file or a line is something else */
export async function readApiTokens(file: string): Promise<ApiToken[]> {
  const text = (await readTokenFile(file))?.reveal() ?? '';
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, i) => {
    const hex = LINE.exec(line.trim())?.[1];
    if (hex === undefined)
      throw new AppError(
        'SOS_CONFIG',
        `expected a SHA-256 in hexadecimal at line ${i + 1} of ${file}, found something else`,
      );
    return { id: hex.slice(0, ID_DIGITS), sha256: Buffer.from(hex, 'hex') };
  });
}

/** The token that a client holds, or null. All hashes are compared, each in constant time. */
export function tokenOf(tokens: readonly ApiToken[], presented: string | null): ApiToken | null {
  if (presented === null || !TOKEN.test(presented)) return null;
  const sha256 = createHash('sha256').update(presented).digest();
  let found: ApiToken | null = null;
  for (const token of tokens) if (timingSafeEqual(token.sha256, sha256)) found = token;
  return found;
}
