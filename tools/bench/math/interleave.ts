import { fork, type ChildProcess } from 'node:child_process';
import type { Measured } from './measure.js';

function answer(child: ChildProcess, question?: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`expected an answer, found exit code ${code}`));
    child.once('exit', gone);
    child.once('message', (message) => {
      child.off('exit', gone);
      resolve(message);
    });
    if (question !== undefined) child.send(question);
  });
}

/** What a contestant took, and some of its results. */
export interface Entry extends Measured {
  readonly sample: readonly number[];
}

/**
 * Measures contestants turn by turn, each in a process of its own: in one isolate the loops would meet several classes and be compiled for all of them, and one after the
 * other they would meet different moods of the machine.
 */
export async function interleave(file: string, names: readonly string[], rounds: number): Promise<Entry[]> {
  const children: ChildProcess[] = [];
  const times = names.map((): number[] => []);
  for (const name of names) {
    const child = fork(file, [name], { execArgv: [] });
    children.push(child);
    await answer(child);
  }
  for (let round = 0; round < rounds; round++)
    for (const [i, child] of children.entries()) {
      const found = (await answer(child, 'run')) as number[];
      // The first round warms up.
      if (round > 0) times[i]?.push(...found);
    }
  const entries: Entry[] = [];
  for (const [i, child] of children.entries()) {
    const sample = (await answer(child, 'sample')) as number[];
    child.kill();
    const sorted = (times[i] ?? []).sort((a, b) => a - b);
    const [min = Number.NaN] = sorted;
    entries.push({ min, median: sorted[sorted.length >> 1] ?? Number.NaN, runs: sorted.length, sample });
  }
  return entries;
}
