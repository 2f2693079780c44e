import { SliceClock, middle, type Kernel, type Measured } from './measure.js';

/** What a contestant took, and some of its results. */
export interface Entry extends Measured {
  readonly sample: readonly number[];
}

/** One way to do the work. */
export interface Contestant {
  /** Works for a few milliseconds or more; not timed as a whole. */
  readonly turn: () => void;
  readonly result: () => Entry;
}

const RUNS_PER_TURN = 3;

/** A kernel over rows, timed slice by slice. */
export function ofKernel(kernel: Kernel, rows: number, sample: () => readonly number[]): Contestant {
  const clock = new SliceClock(kernel, rows);
  return {
    turn: () => {
      for (let i = 0; i < RUNS_PER_TURN; i++) clock.run();
    },
    result: () => ({ ...clock.result(), sample: sample() }),
  };
}

/** Work that can only be done as a whole. */
export function ofWhole(run: () => void, rows: number, sample: () => readonly number[]): Contestant {
  const times: number[] = [];
  return {
    turn: () => {
      // The run before the clock starts fetches the columns, which the other contestants have driven out of the caches.
      run();
      for (let i = 0; i < RUNS_PER_TURN; i++) {
        const start = performance.now();
        run();
        times.push(((performance.now() - start) * 1e6) / rows);
      }
    },
    result: () => ({ min: Math.min(...times), median: middle(times), runs: times.length, sample: sample() }),
  };
}

/** Makes the contestant that this process was started for and works when told to. */
export function serve(contestants: Readonly<Record<string, () => Contestant>>): void {
  const name = process.argv[2] ?? '';
  const make = contestants[name];
  if (make === undefined) throw new Error(`expected a contestant, found "${name}"`);
  const one = make();
  process.on('message', (message) => {
    if (message !== 'result') one.turn();
    process.send?.(message === 'result' ? one.result() : 'done');
  });
  process.send?.('ready');
}
