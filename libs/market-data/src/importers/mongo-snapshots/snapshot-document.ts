import { child, numberOf, stampOf } from '../feed/json-fields.js';

/** The forms in which the first seed's collections hold feed messages. */
export type SnapshotForm = 'feed-response' | 'instrument-document';

/** One document of a collection: the messages in it, by instrument key. */
export interface SnapshotDocument {
  readonly form: SnapshotForm;
  /** Server time (`currentTs`) of a response, recorder's stamp of an instrument's document; epoch ms, NaN when it is unreadable. */
  readonly at: number;
  readonly messages: readonly (readonly [key: string, feed: unknown])[];
}

/** True for a message about the state of the market, which holds no prices. */
export function isStatusMessage(document: unknown): boolean {
  return child(document, 'type') === 'market_info' || child(document, 'marketInfo') !== undefined;
}

/** Reads a document of either form: a whole feed response, or one instrument's message; null when it is neither. */
export function snapshotDocument(document: unknown): SnapshotDocument | null {
  const feeds = child(document, 'feeds');
  if (typeof feeds === 'object' && feeds !== null)
    return { form: 'feed-response', at: numberOf(child(document, 'currentTs')), messages: Object.entries(feeds) };
  const key = child(document, 'instrumentKey');
  if (typeof key !== 'string') return null;
  const at = stampOf(child(document, '_insertion_time'));
  return { form: 'instrument-document', at, messages: [[key, document]] };
}
