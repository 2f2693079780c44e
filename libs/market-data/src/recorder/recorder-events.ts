import type { EpochMs, IstDate } from '@sos/domain';
import type { FeedState } from '../providers/feed/live-feed.js';

/** What goes wrong while recording without ending it; each is counted. */
export const RECORDER_ALARMS = {
  'store-failed': 'the store refused a minute; it is written again with the next one',
  'store-behind': 'a minute was over before the one before it was written; both are written together',
  'frames-lost': 'raw frames that are on no disk: no room, or the disk refused them (bars are not touched)',
  'frame-corrupt': 'a frame that could not be read',
  'wrong-clock': 'a frame whose vendor clock contradicts the trades in it; dated by the clock of this machine',
  'subscribe-failed': 'contracts that came into the band could not be subscribed; tried again with the next minute',
} as const;

/** Stable code of an alarm. */
export type RecorderAlarm = keyof typeof RECORDER_ALARMS;

/** How an earlier recording of the same day was left. */
export interface EarlierRecording {
  readonly date: IstDate;
  readonly startedAt: EpochMs;
  /** Close of the last minute that was written, 0 when none was. */
  readonly lastMinute: EpochMs;
  /** Time of the newest frame by then, 0 when there was none. */
  readonly lastFrameAt: EpochMs;
  /** False when it was killed. */
  readonly ended: boolean;
}

/** What a recorder tells while it runs. */
export type RecorderEvent =
  | { readonly type: 'feed'; readonly state: FeedState }
  | { readonly type: 'minute'; readonly until: EpochMs; readonly messages: number }
  | { readonly type: 'resumed'; readonly earlier: EarlierRecording; readonly framesReplayed: number }
  | { readonly type: 'alarm'; readonly alarm: RecorderAlarm; readonly count: number; readonly detail: string };

/** What a recording came to. */
export interface RecordingReport {
  /** Frames with market data taken from the feed. */
  readonly frames: number;
  /** Rows of frames: one instrument each. */
  readonly messages: number;
  /** Rows that could not be used, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Minutes written at their end, not counting those written again. */
  readonly minutes: number;
  readonly alarms: Readonly<Partial<Record<RecorderAlarm, number>>>;
  /** Raw frames on the disk and lost; null when they were not asked for. */
  readonly raw: { readonly written: number; readonly dropped: number } | null;
}
