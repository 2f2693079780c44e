/** What went wrong, in the seven kinds that decide what happens next (see docs/errors.md). */
export type ErrorKind =
  'ConfigError' | 'InputError' | 'DataError' | 'NetworkError' | 'AuthError' | 'OutcomeUnknown' | 'InvariantViolation';

interface ErrorSpec {
  readonly kind: ErrorKind;
  readonly retryable: boolean;
  readonly meaning: string;
  readonly remedy: string;
}

/** Every error code of SOS. `docs/errors.md` is generated from this table and a test keeps the two equal. */
export const ERROR_CODES = {
  SOS_CONFIG: {
    kind: 'ConfigError',
    retryable: false,
    meaning: 'A setting, environment variable or data folder is not usable.',
    remedy: 'Correct the named setting; `sos doctor` checks all of them.',
  },
  SOS_DATA_FOLDER: {
    kind: 'ConfigError',
    retryable: false,
    meaning: 'The data folder cannot be created or written, or its disk is full.',
    remedy: 'Free space or choose another folder with `--data-dir` or `SOS_DATA_DIR`.',
  },
  SOS_DB_UNAVAILABLE: {
    kind: 'ConfigError',
    retryable: true,
    meaning: 'PostgreSQL does not answer or could not be started.',
    remedy: 'See `sos db status`; check `DATABASE_URL` or the log file that the message names.',
  },
  SOS_DB_NEWER_SCHEMA: {
    kind: 'ConfigError',
    retryable: false,
    meaning: 'The database was migrated by a newer version of SOS.',
    remedy: 'Update SOS, or point `DATABASE_URL` or `--data-dir` at another database.',
  },
  SOS_INPUT: {
    kind: 'InputError',
    retryable: false,
    meaning: 'An argument is not of the expected form.',
    remedy: 'Correct the argument; the message says what was expected and what was found.',
  },
  SOS_UNKNOWN_SYMBOL: {
    kind: 'InputError',
    retryable: false,
    meaning: 'A symbol names no known underlying or contract.',
    remedy: 'Use the suggested spelling; canonical ids look like NIFTY20JAN2625700CE.',
  },
  SOS_DATE_RANGE: {
    kind: 'InputError',
    retryable: false,
    meaning: 'A date range is reversed, holds no trading day, or lies outside the known calendar.',
    remedy: 'Choose a range with at least one trading day.',
  },
  SOS_NO_DATA: {
    kind: 'InputError',
    retryable: false,
    meaning: 'Nothing is stored for the symbol and dates that were asked for.',
    remedy: 'Import or ingest the days, or allow the simulated market.',
  },
  SOS_GATE_INVALID: {
    kind: 'InputError',
    retryable: false,
    meaning: 'A gate file is malformed or contradicts itself.',
    remedy: 'Correct the file at the named path and position; `sos gates validate` lists everything at once.',
  },
  SOS_UNKNOWN_GATE: {
    kind: 'InputError',
    retryable: false,
    meaning: 'A gate name matches no loaded gate.',
    remedy: 'Use the suggested name; `sos gates list` shows all.',
  },
  SOS_UNKNOWN_RUN: {
    kind: 'InputError',
    retryable: false,
    meaning: 'A run id matches no stored run.',
    remedy: 'List the runs with `sos report`.',
  },
  SOS_BUNDLE_VERSION: {
    kind: 'InputError',
    retryable: false,
    meaning: 'A run bundle was written by another version of SOS, whose reports are not the same.',
    remedy: 'Read it with the version that wrote it, or write it again with `sos bundle`.',
  },
  SOS_DATA_CORRUPT: {
    kind: 'DataError',
    retryable: false,
    meaning: 'A data file is truncated, corrupt or of an unknown layout.',
    remedy: 'Fetch the file again; rows read from other files are kept.',
  },
  SOS_DATA_ROW: {
    kind: 'DataError',
    retryable: false,
    meaning: 'A row of data was refused and put into quarantine.',
    remedy: 'See the quarantine table of the import; the other rows were kept.',
  },
  SOS_DATA_MISMATCH: {
    kind: 'DataError',
    retryable: false,
    meaning:
      'A vendor answered for another time, day or contract than it was asked for; nothing of the answer is used.',
    remedy: 'Ask for what the vendor can give (the message says what it served), or ask another provider.',
  },
  SOS_NETWORK: {
    kind: 'NetworkError',
    retryable: true,
    meaning: 'A remote service did not answer in time or answered with a passing fault.',
    remedy: 'It is retried within a budget; run the command again later.',
  },
  SOS_AUTH: {
    kind: 'AuthError',
    retryable: false,
    meaning: 'A vendor or broker refused the login or token.',
    remedy: 'Log in again; entries stop, exits stay possible.',
  },
  SOS_RATE_LIMIT: {
    kind: 'NetworkError',
    retryable: true,
    meaning: 'An address asked this server more often than it may.',
    remedy: 'Wait for the seconds that the answer names (header `Retry-After`), then ask again.',
  },
  SOS_OUTCOME_UNKNOWN: {
    kind: 'OutcomeUnknown',
    retryable: false,
    meaning: 'It is not known whether an order reached the exchange. It is never sent again.',
    remedy: 'Wait for reconciliation by tag, then by order book.',
  },
  SOS_INVARIANT: {
    kind: 'InvariantViolation',
    retryable: false,
    meaning: 'A law of the core was broken. This is a defect of SOS.',
    remedy: 'The journal is kept; report it with `--verbose` output.',
  },
} as const satisfies Record<string, ErrorSpec>;

/** The stable public name of an error. */
export type ErrorCode = keyof typeof ERROR_CODES;
