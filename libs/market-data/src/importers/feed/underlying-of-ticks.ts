import { MS_PER_SECOND, type EpochMs } from '@sos/domain';
import type { ImportGap } from '../importer.js';
import type { Snapshots } from '../parity/bars-of-snapshots.js';
import { forwardOfPairs } from '../parity/forward-of-pairs.js';
import type { SessionWindow } from '@sos/rulebook';
import type { FoldedOption } from './chain-of-ticks.js';
import { FEED_SILENCE_MS, type TickFolder } from './tick-folder.js';

const SILENCE_SECONDS = FEED_SILENCE_MS / MS_PER_SECOND;

/** Best bid and ask of one option in each second: the last known, until the feed has been silent for too long. */
function filled(folder: TickFolder, side: 'bid' | 'ask'): Float64Array {
  const { seconds } = folder;
  const out = new Float64Array(seconds.length).fill(Number.NaN);
  let last = Number.NaN;
  let age = SILENCE_SECONDS;
  for (let second = 0; second < seconds.length; second++) {
    age++;
    if (seconds.seen[second] === 1) {
      last = seconds[side][second] as number;
      age = 0;
    }
    if (age <= SILENCE_SECONDS) out[second] = last;
  }
  return out;
}

interface Pair {
  readonly strike: number;
  readonly call: TickFolder;
  readonly put: TickFolder;
}

function pairsOf(options: readonly FoldedOption[]): Pair[] {
  const calls = new Map(options.filter((o) => o.contract.right === 'CE').map((o) => [o.contract.strike, o.folder]));
  const puts = options.filter((o) => o.contract.right === 'PE');
  return puts
    .flatMap(({ contract, folder }) => {
      const call = calls.get(contract.strike);
      return call ? [{ strike: contract.strike, call, put: folder }] : [];
    })
    .sort((a, b) => a.strike - b.strike);
}

/** Columns laid out second by second, one value per pair, as a chain lays out its strikes. */
function layOut(pairs: readonly Pair[], of: 'call' | 'put', side: 'bid' | 'ask'): Float64Array {
  const columns = pairs.map((pair) => filled(pair[of], side));
  const seconds = columns[0]?.length ?? 0;
  const out = new Float64Array(seconds * pairs.length);
  for (let second = 0; second < seconds; second++)
    for (let i = 0; i < columns.length; i++) out[second * columns.length + i] = columns[i]?.[second] as number;
  return out;
}

/**
 * The put-call-parity forward of the recorded pairs of one expiry in every second of the session, dated at the second's end.
 * Empty when no strike was recorded with both its call and its put.
 */
export function underlyingOfTicks(options: readonly FoldedOption[], window: SessionWindow): Snapshots {
  const pairs = pairsOf(options);
  const strikes = pairs.map((pair) => pair.strike);
  const [callBid, callAsk] = [layOut(pairs, 'call', 'bid'), layOut(pairs, 'call', 'ask')];
  const [putBid, putAsk] = [layOut(pairs, 'put', 'bid'), layOut(pairs, 'put', 'ask')];
  const length = pairs[0]?.call.seconds.length ?? 0;
  const availableAt = new Float64Array(length);
  const value = new Float64Array(length);
  for (let second = 0; second < length; second++) {
    availableAt[second] = window.open + (second + 1) * MS_PER_SECOND;
    // Without a new quote there is no new forward: a minute of silence must not make a bar.
    const heard = pairs.some((pair) => pair.call.seconds.seen[second] === 1 || pair.put.seconds.seen[second] === 1);
    value[second] = !heard
      ? Number.NaN
      : forwardOfPairs({ strikes, callBid, callAsk, putBid, putAsk, offset: second * strikes.length });
  }
  return { length, availableAt, value };
}

/** Seconds in which no option was heard, longer than the limit, between two seconds of the session. */
function silences(options: readonly FoldedOption[], first: number, end: number): [from: number, to: number][] {
  const found: [number, number][] = [];
  let from = first;
  for (let second = first; second <= end; second++) {
    const heard = second === end || options.some((o) => o.folder.seconds.seen[second] === 1);
    if (!heard) continue;
    if (second - from > SILENCE_SECONDS) found.push([from, second]);
    from = second + 1;
  }
  return found;
}

/**
 * Silences of the whole feed: stretches of a session in which no instrument was heard for longer than the limit.
 * @param windows of the session; the first opens where the folders begin
 */
export function feedGaps(
  series: string,
  options: readonly FoldedOption[],
  windows: readonly SessionWindow[],
): ImportGap[] {
  const begin = windows[0]?.open ?? 0;
  const second = (at: number): number => Math.round((at - begin) / MS_PER_SECOND);
  const instant = (s: number): EpochMs => (begin + s * MS_PER_SECOND) as EpochMs;
  return windows.flatMap((window) =>
    silences(options, second(window.open), second(window.close)).map(([from, to]) => ({
      series,
      from: instant(from),
      to: instant(to),
    })),
  );
}
