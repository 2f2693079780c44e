import { fork, type ChildProcess } from 'node:child_process';
import type { Entry } from './contestant.js';

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

/**
 * Measures contestants turn by turn, each in a process of its own: in one isolate the loops would meet several classes and be compiled for all of them, and one after the
 * other they would meet different moods of the machine.
 */
export async function interleave(file: string, names: readonly string[], rounds: number): Promise<Entry[]> {
  const children: ChildProcess[] = [];
  for (const name of names) {
    const child = fork(file, [name], { execArgv: [] });
    children.push(child);
    await answer(child);
  }
  for (let round = 0; round < rounds; round++) for (const child of children) await answer(child, 'turn');
  const entries: Entry[] = [];
  for (const child of children) {
    entries.push((await answer(child, 'result')) as Entry);
    child.kill();
  }
  return entries;
}
