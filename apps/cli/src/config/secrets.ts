import path from 'node:path';
import { AppError, didYouMean, isAppError } from '@sos/domain';
import { readTokenFile, Secret } from '@sos/market-data';
import type { CommandContext } from '../commands/command-context.js';
import { SECRET_VARIABLES } from '../failure/mask-secrets.js';

/** A secret by the name under which it is looked for. */
export type SecretName = keyof typeof SECRET_VARIABLES;

/** A secret and where it comes from; `origin` is printed, the secret never is. */
export interface FoundSecret {
  readonly secret: Secret;
  readonly origin: string;
}

/** The file of a secret, readable by its owner only. */
export function secretFile({ settings }: CommandContext, name: SecretName): string {
  return path.join(settings.dataDir, 'secrets', name);
}

/** A secret of the environment, else of its 0600 file, else null. @throws SOS_CONFIG when others may read the file */
export async function findSecret(context: CommandContext, name: SecretName): Promise<FoundSecret | null> {
  const variable = SECRET_VARIABLES[name];
  const text = (context.io.env[variable] ?? '').trim();
  if (text !== '') return { secret: new Secret(text), origin: `env:${variable}` };
  const file = secretFile(context, name);
  try {
    const secret = await readTokenFile(file);
    return secret === null ? null : { secret, origin: file };
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw new AppError(error.code, error.message, {
      context: { ...error.context, remedy: `Run \`chmod 600 ${file}\`; if others could read it, make a new one.` },
      cause: error,
    });
  }
}

/** The name of a secret as given. @throws SOS_INPUT */
export function secretNameOf(text: string): SecretName {
  const names = Object.keys(SECRET_VARIABLES) as SecretName[];
  const name = names.find((one) => one === text);
  if (name !== undefined) return name;
  throw new AppError(
    'SOS_INPUT',
    `expected a secret out of ${names.join(', ')}, found "${text}"${didYouMean(text, names)}`,
  );
}
