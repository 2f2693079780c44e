import { AppError, isAppError, makeBarColumns, MS_PER_MINUTE, type BarColumns, type ErrorCode } from '@sos/domain';
import { z } from 'zod';
import type { SocketOptions } from '../feed/feed-socket.js';
import type { CandleRequest } from '../provider.js';
import type { ProviderRuntime } from '../runtime.js';
import { printableCause } from '../secret.js';
import { BRIDGE_VERSION, ServerMessage, bridgeText, type BridgeBar } from './bridge-messages.js';

/** Whom to ask. */
export interface HistorySource {
  readonly runtime: ProviderRuntime;
  readonly address: string;
  readonly socketOptions: () => SocketOptions;
}

const TIMEOUT_MS = 60_000;
const ATTEMPTS = 6;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
const REFUSAL_CODES: readonly ErrorCode[] = [
  'SOS_UNKNOWN_SYMBOL',
  'SOS_NO_DATA',
  'SOS_INPUT',
  'SOS_DATE_RANGE',
  'SOS_AUTH',
];

/** Bars of a contract as a bridge keeps them, asked again with full jitter when the connection is lost. @throws SOS_NETWORK, SOS_AUTH, SOS_DATA_CORRUPT, or the bridge's own refusal */
export async function fetchHistory(source: HistorySource, request: CandleRequest): Promise<BridgeBar[]> {
  const { runtime } = source;
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(source, request);
    } catch (error) {
      if (!isAppError(error) || !error.retryable || attempt >= ATTEMPTS) throw error;
      await runtime.sleep(runtime.random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1)));
    }
  }
}

async function ask(
  { runtime, address, socketOptions }: HistorySource,
  { contract, from, to }: CandleRequest,
): Promise<BridgeBar[]> {
  const over = new AbortController();
  const found: BridgeBar[] = [];
  let fault: AppError | null = new AppError(
    'SOS_NETWORK',
    `expected the data bridge to answer within ${TIMEOUT_MS} ms, found nothing; ask again later`,
  );
  const end = (result: AppError | null): void => {
    if (over.signal.aborted) return;
    fault = result;
    over.abort();
  };
  const message = bridgeText({
    v: BRIDGE_VERSION,
    type: 'history',
    data: { request: contract.id, contract: contract.id, from, to },
  });
  const socket = runtime.connect(
    address,
    {
      open: () => socket.send(new TextEncoder().encode(message)),
      message: (bytes) => take(bytes, found, end),
      alive: () => undefined,
      close: (reason, status) => end(closed(printableCause(reason).message, status)),
    },
    socketOptions(),
  );
  await runtime.sleep(TIMEOUT_MS, over.signal);
  socket.terminate();
  if (fault !== null) throw fault;
  return found;
}

function closed(reason: string, status: number): AppError {
  if (status !== 401 && status !== 403)
    return new AppError(
      'SOS_NETWORK',
      `expected the data bridge to keep the connection, found: ${reason}; ask again later`,
    );
  return new AppError(
    'SOS_AUTH',
    `expected the data bridge to know the token, found HTTP ${status}; log in with the token of its settings`,
  );
}

function take(bytes: Uint8Array, found: BridgeBar[], end: (result: AppError | null) => void): void {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return end(new AppError('SOS_DATA_CORRUPT', 'expected JSON from the data bridge, found something else'));
  }
  const parsed = ServerMessage.safeParse(value);
  // An old bridge pushes its own messages and never answers.
  if (!parsed.success) {
    const isOld = typeof value === 'object' && value !== null && !('v' in value);
    if (isOld)
      return end(
        new AppError('SOS_NO_DATA', 'expected a data bridge of version 1, found an old one, which keeps no bars'),
      );
    return end(
      new AppError(
        'SOS_DATA_CORRUPT',
        `expected a message of the data bridge, found: ${z.prettifyError(parsed.error)}`,
      ),
    );
  }
  const { type, data } = parsed.data;
  if (type === 'refused') {
    const code = REFUSAL_CODES.find((known) => known === data.code) ?? 'SOS_NETWORK';
    return end(new AppError(code, data.message));
  }
  if (type !== 'history') return undefined;
  found.push(...data.bars);
  return data.last ? end(null) : undefined;
}

/** Bars that crossed the bridge as columns dated at their close, in time order, each minute once. */
export function columnsOfBars(bars: readonly BridgeBar[]): BarColumns {
  const byStart = new Map(bars.map((bar) => [bar.start, bar]));
  const rows = [...byStart.values()].sort((a, b) => a.start - b.start);
  const columns = makeBarColumns(rows.length);
  rows.forEach((bar, i) => {
    columns.time[i] = bar.start + MS_PER_MINUTE;
    columns.open[i] = bar.open;
    columns.high[i] = bar.high;
    columns.low[i] = bar.low;
    columns.close[i] = bar.close;
    columns.volume[i] = bar.volume ?? Number.NaN;
    columns.openInterest[i] = bar.openInterest ?? Number.NaN;
  });
  return columns;
}
