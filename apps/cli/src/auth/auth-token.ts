import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { formatIst } from '@sos/domain';
import { readTokenFile, saveTokenFile, Secret } from '@sos/market-data';
import type { CommandContext } from '../commands/command-context.js';
import { ensureDataFolder } from '../settings/data-folder.js';

/** Options of `sos auth token` as given. */
export interface TokenOptions {
  readonly revokeOthers?: boolean;
}

/** 256 bits: twice what the server asks for. */
const TOKEN_BYTES = 32;

/** `sos auth token`: a new token of the API server, printed once; what is kept of it is its SHA-256, in a file that only its owner can read. */
export async function authToken(context: CommandContext, { revokeOthers }: TokenOptions): Promise<void> {
  const { dataDir } = context.settings;
  await ensureDataFolder(dataDir);
  const file = path.join(dataDir, 'secrets', 'api-tokens');
  const before = revokeOthers === true ? '' : ((await readTokenFile(file))?.reveal() ?? '');
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const line = `${createHash('sha256').update(token).digest('hex')} ${formatIst(context.io.now())} IST`;
  const lines = [...before.split('\n').filter((text) => text.trim() !== ''), line];
  await saveTokenFile(file, new Secret(lines.join('\n')));
  context.print(token);
  context.note(`Shown this once: keep it where you keep passwords. Its hash is in ${file} (${lines.length} in force).`);
  context.note('A running API server reads the file when it starts.');
}
