import { istDateOf, type Contract, type EpochMs, type IstDate } from '@sos/domain';
import { addTo, type QuarantineReason, type Tally } from '../importers/faults.js';
import { FeedDay } from '../importers/feed/feed-day.js';
import type { LiveTicks } from '../providers/feed/live-feed.js';
import { FeedClock } from './feed-clock.js';
import { feedOfRow } from './feed-of-row.js';

/** Takes the frames of a live feed in their order and folds them, session by session, by the code that folds recorded messages. */
export class SessionIntake {
  readonly clock = new FeedClock();
  /** Rows of frames that could not be used. */
  readonly refused: Tally<QuarantineReason> = {};
  /** Rows of frames taken. */
  messages = 0;
  /** The session that is open, null before the first frame. */
  day: FeedDay | null = null;
  /** Time of the newest frame, epoch ms. */
  newest = Number.NaN;
  private readonly onDayEnd: (day: FeedDay) => void;
  private readonly contracts = new Map<string, Contract>();
  private readonly seenAt = new Map<string, number>();
  private readonly over = new Set<IstDate>();

  /** @param onDayEnd is given a session when the first frame of another day comes */
  constructor(onDayEnd: (day: FeedDay) => void) {
    this.onDayEnd = onDayEnd;
  }

  add(frame: LiveTicks): void {
    const at = this.clock.timeOf(frame);
    const date = istDateOf(at as EpochMs);
    if (this.over.has(date)) return addTo(this.refused, 'late-day', frame.length);
    if (this.day?.date !== date) this.open(date);
    for (let row = 0; row < frame.length; row++) this.row(frame, row, at);
    if (!(at <= this.newest)) this.newest = at;
  }

  private open(date: IstDate): void {
    const { day } = this;
    if (day) {
      this.over.add(day.date);
      this.onDayEnd(day);
    }
    this.seenAt.clear();
    this.newest = Number.NaN;
    this.day = new FeedDay({ date, contractOf: (id) => this.contracts.get(id) ?? null, clockFor: () => null });
  }

  private row(frame: LiveTicks, row: number, at: number): void {
    this.messages++;
    const contract = frame.contractOf(frame.ticks.slot[row] as number);
    if (!contract) return addTo(this.refused, 'unknown-contract');
    const { id } = contract;
    if (!this.contracts.has(id)) this.contracts.set(id, contract);
    const before = this.seenAt.get(id) ?? Number.NEGATIVE_INFINITY;
    const isLate = at < before;
    const time = isLate ? before : at;
    this.seenAt.set(id, time);
    const reason = this.day?.add(id, feedOfRow(frame.ticks, row, isLate), time);
    if (reason) addTo(this.refused, reason);
  }
}
