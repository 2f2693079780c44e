import { AppError } from '@sos/domain';

/** The environment variable of a setting: `providers.upstox.apiKey` is SOS_UPSTOX_API_KEY, `ingest.strikeBand` SOS_INGEST_STRIKE_BAND. */
export function envNameOf(path: readonly string[]): string {
  if (path.join('.') === 'providers.order') return 'SOS_PROVIDERS';
  const own = path[0] === 'providers' ? path.slice(1) : path;
  return `SOS_${own.map((key) => key.replaceAll(/([A-Z])/g, '_$1').toUpperCase()).join('_')}`;
}

/** A value of the environment in the form that its setting has. @throws SOS_CONFIG for a switch or figure that is none */
export function envValue(name: string, text: string, like: unknown): unknown {
  if (Array.isArray(like)) return text.split(',').map((part) => part.trim());
  if (typeof like === 'number') {
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    throw new AppError('SOS_CONFIG', `expected a number in ${name}, found "${text}"`);
  }
  if (typeof like !== 'boolean') return text;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new AppError('SOS_CONFIG', `expected true or false in ${name}, found "${text}"`);
}
