import { pino, type DestinationStream, type Logger } from 'pino';

/** How much is logged. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** How much is logged. */
export type LogLevel = (typeof LOG_LEVELS)[number];

const SECRETS = ['authorization', 'cookie', 'token', 'password', 'secret', 'apiKey', 'accessToken', 'databaseUrl'];
const PATHS = [
  ...SECRETS,
  ...SECRETS.map((name) => `*.${name}`),
  ...SECRETS.map((name) => `*.*.${name}`),
  '*["set-cookie"]',
  '*["sec-websocket-protocol"]',
  '*.*["sec-websocket-protocol"]',
];
const URL_PASSWORD = /(\w+:\/\/[^\s:/@]+:)[^\s@/]+@/g;

const maskedText = (text: string): string => text.replace(URL_PASSWORD, '$1***@');

function errorForLog(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack = '' } = error;
  const code = 'code' in error ? String(error.code) : null;
  return { type: name, code, message: maskedText(message), stack: maskedText(stack) };
}

/** Structured logs, one JSON object per line; what is a secret by its name is left out, and so are passwords in addresses. */
export function makeLogger(level: LogLevel, destination: DestinationStream): Logger {
  const options = {
    level,
    base: { service: 'sos-api' },
    redact: { paths: PATHS, censor: '[left out]' },
    serializers: { err: errorForLog },
    timestamp: (): string => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string): object => ({ level: label }) },
  };
  return pino(options, destination);
}
