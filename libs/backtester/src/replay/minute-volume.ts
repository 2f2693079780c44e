import type { BarColumns, ChainTape, DayTape } from '@sos/domain';
import type { VolumeSource } from '../run-result.js';
import { OptionBandVolume } from './option-band-volume.js';

/**
 * The vocabulary's `volume` of each index minute. Its source is fixed for the session by what was recorded, never by what it contains: the front future's
 * volume; else the traded volume of the at-the-money options of the nearest expiry; else unknown.
 */
export class MinuteVolume {
  readonly source: VolumeSource;
  /** Minutes whose volume was known. */
  known = 0;
  readonly #future: BarColumns | null;
  readonly #band: OptionBandVolume | null;
  readonly #bandTape: ChainTape | null;
  #row = 0;

  constructor(tape: DayTape) {
    this.#future = tape.future;
    this.#bandTape = tape.future ? null : (tape.chains[0] ?? null);
    this.#band = this.#bandTape ? new OptionBandVolume(this.#bandTape) : null;
    this.source = tape.future ? 'future' : this.#band ? 'option-band' : 'none';
  }

  /** A chain snapshot became known, while the index stood at `spot` (NaN unknown). */
  chain(tape: ChainTape, snapshot: number, spot: number): void {
    if (tape === this.#bandTape) this.#band?.snapshot(snapshot, spot);
  }

  /** Volume of the minute that closes at `time`, units; NaN unknown. Times must rise. */
  at(time: number): number {
    const volume = this.#band ? this.#band.take() : this.#futureAt(time);
    if (volume >= 0) this.known++;
    return volume;
  }

  /** The volume of every minute that closes at one of `times`, where it follows from the future's bars alone; null where it becomes known with the chain. */
  column(times: Float64Array): Float64Array | null {
    const future = this.#future;
    if (!future) return this.#band ? null : new Float64Array(times.length).fill(Number.NaN);
    let row = 0;
    return times.map((time) => {
      while (row < future.length && (future.time[row] as number) < time) row++;
      return future.time[row] === time ? (future.volume[row] as number) : Number.NaN;
    });
  }

  #futureAt(time: number): number {
    const future = this.#future;
    if (!future) return Number.NaN;
    while (this.#row < future.length && (future.time[this.#row] as number) < time) this.#row++;
    return this.#row < future.length && future.time[this.#row] === time
      ? (future.volume[this.#row] as number)
      : Number.NaN;
  }
}
