import { randomUUID } from 'node:crypto';

/** The closed bars of one run of the bridge, numbered from 1; the oldest are forgotten. */
export class BarLog {
  readonly session = randomUUID();
  private readonly keep: number;
  private readonly texts: string[] = [];
  private count = 0;

  constructor(keep: number) {
    this.keep = keep;
  }

  get newest(): number {
    return this.count;
  }

  /** The oldest number that is kept; one after the newest when nothing is. */
  get oldest(): number {
    return this.count - Math.min(this.count, this.keep) + 1;
  }

  add(write: (seq: number) => string): void {
    this.count++;
    this.texts[this.count % this.keep] = write(this.count);
  }

  textOf(seq: number): string {
    return this.texts[seq % this.keep] ?? '';
  }
}
