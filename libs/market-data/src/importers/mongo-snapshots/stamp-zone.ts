import { child, positiveOf } from '../feed/json-fields.js';
import { snapshotDocument } from './snapshot-document.js';

const HALF_PAST_FIVE_MS = 330 * 60_000;
/** A recorder's clock and the way of a message are never wrong by so much. */
const TOLERANCE_MS = 30 * 60_000;

function tradeTimeOf(feed: unknown): number {
  const full = child(feed, 'fullFeed');
  const body = child(full, 'marketFF') ?? child(full, 'indexFF') ?? child(feed, 'firstLevelWithGreeks') ?? feed;
  return positiveOf(child(child(body, 'ltpc'), 'ltt'));
}

/**
 * What must be added to the recorder's stamps of a file, in ms. Hosts wrote naive local times, and exports call some of them UTC: the exchange's
 * trade times tell. The freshest message was recorded within minutes of its trade; where that holds only five and a half hours away, the stamps
 * are of the other zone.
 */
export function zoneShift(documents: readonly unknown[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  let ahead = Number.POSITIVE_INFINITY;
  for (const document of documents) {
    const found = snapshotDocument(document);
    if (found?.form !== 'instrument-document') continue;
    for (const [, feed] of found.messages) {
      const apart = found.at - tradeTimeOf(feed);
      if (Math.abs(apart) < Math.abs(nearest)) nearest = apart;
      if (Math.abs(apart - HALF_PAST_FIVE_MS) < Math.abs(ahead)) ahead = apart - HALF_PAST_FIVE_MS;
    }
  }
  if (Math.abs(nearest + HALF_PAST_FIVE_MS) < TOLERANCE_MS) return HALF_PAST_FIVE_MS;
  return Math.abs(nearest) > TOLERANCE_MS && Math.abs(ahead) < TOLERANCE_MS ? -HALF_PAST_FIVE_MS : 0;
}
