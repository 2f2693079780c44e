import { protoFields, protoText } from './proto-reader.js';

const STATUSES = [
  'PRE_OPEN_START',
  'PRE_OPEN_END',
  'NORMAL_OPEN',
  'NORMAL_CLOSE',
  'CLOSING_START',
  'CLOSING_END',
] as const;

/** Phase of a market segment; `UNKNOWN` for a number that the vendor added later. */
export type SegmentStatus = (typeof STATUSES)[number] | 'UNKNOWN';

/** A status with the time since when it holds, epoch ms. */
export interface SessionStatus {
  readonly status: string;
  readonly updatedAt: number;
}

/** State of the markets as the feed tells it on connecting and on every change; keys are segments (`NSE_FO`). */
export interface MarketInfo {
  readonly segments: Readonly<Record<string, SegmentStatus>>;
  readonly closingAuction: Readonly<Record<string, SessionStatus>>;
  readonly preOpen: Readonly<Record<string, SessionStatus>>;
}

function segmentEntry(bytes: Uint8Array): [string, SegmentStatus] {
  let key = '';
  let status = 0;
  for (const { field, value, bytes: text } of protoFields(bytes)) {
    if (field === 1) key = protoText(text);
    if (field === 2) status = value;
  }
  return [key, STATUSES[status] ?? 'UNKNOWN'];
}

function sessionStatus(bytes: Uint8Array): SessionStatus {
  let status = '';
  let updatedAt = 0;
  for (const { field, value, bytes: text } of protoFields(bytes)) {
    if (field === 1) status = protoText(text);
    if (field === 2) updatedAt = value;
  }
  return { status, updatedAt };
}

function sessionEntry(bytes: Uint8Array): [string, SessionStatus] {
  let key = '';
  let state: SessionStatus = { status: '', updatedAt: 0 };
  for (const { field, bytes: part } of protoFields(bytes)) {
    if (field === 1) key = protoText(part);
    if (field === 2) state = sessionStatus(part);
  }
  return [key, state];
}

/** Reads a `market_info` message; a status that is missing is the first one, as proto3 leaves zeros out. */
export function readMarketInfo(bytes: Uint8Array): MarketInfo {
  const segments: Record<string, SegmentStatus> = {};
  const closingAuction: Record<string, SessionStatus> = {};
  const preOpen: Record<string, SessionStatus> = {};
  for (const { field, bytes: part } of protoFields(bytes)) {
    if (field === 1) {
      const [key, status] = segmentEntry(part);
      segments[key] = status;
    } else if (field === 2 || field === 3) {
      const [key, state] = sessionEntry(part);
      (field === 2 ? closingAuction : preOpen)[key] = state;
    }
  }
  return { segments, closingAuction, preOpen };
}
