const URL_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):([^\s@/]+)@/gi;
const SECRET_PAIR = /\b(password|passwd|token|secret|api[_-]?key)(["']?\s*[=:]\s*["']?)([^\s"',;&]+)/gi;

/**
 * Text that may be shown: passwords in URLs and values of secret-looking settings become `***`.
 * @param secrets values that must never appear, e.g. the password of DATABASE_URL
 */
export function maskSecrets(text: string, secrets: readonly string[] = []): string {
  let masked = text.replace(URL_PASSWORD, '$1:***@').replace(SECRET_PAIR, '$1$2***');
  for (const secret of secrets) if (secret.length >= 4) masked = masked.replaceAll(secret, '***');
  return masked;
}

/** The password inside a database URL, as written and decoded; empty when there is none. */
export function secretsOfUrl(url: string | undefined): string[] {
  const written = /^[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:([^\s@/]+)@/i.exec(url ?? '')?.[1];
  if (written === undefined) return [];
  try {
    return [...new Set([written, decodeURIComponent(written)])];
  } catch {
    return [written];
  }
}

/** The secrets of SOS: the name of each one's file in `<data folder>/secrets`, and its environment variable. */
export const SECRET_VARIABLES = {
  'tradingview-token': 'SOS_TRADINGVIEW_TOKEN',
  'upstox-api-secret': 'SOS_UPSTOX_API_SECRET',
  'upstox-token': 'SOS_UPSTOX_TOKEN',
} as const;

/** Every secret that an environment holds: what must never be printed. */
export function secretsOfEnv(env: Readonly<Record<string, string | undefined>>): string[] {
  const own = Object.values(SECRET_VARIABLES).flatMap((name) => env[name]?.trim() ?? []);
  return [...secretsOfUrl(env['DATABASE_URL']), ...own];
}
