import { readFileSync } from 'node:fs';
import path from 'node:path';

const LONGEST = 10;

/** The first example of a README: its code, how many lines it has, and what its `// =>` comments promise to be printed, in order. */
export function readmeExample(folder) {
  const text = readFileSync(path.join(folder, 'README.md'), 'utf8');
  const code = /```ts\n([^]*?)```/.exec(text)?.[1] ?? '';
  const lines = code.split('\n').filter((line) => line.trim() !== '').length;
  return { code, lines, promised: [...code.matchAll(/\/\/ => (.*)$/gm)].map(([, value]) => value.trim()) };
}

/** What is wrong with an example and what it printed; empty when nothing is. */
export function exampleProblems({ code, lines, promised }, printed) {
  const problems = [];
  if (lines === 0) problems.push('expected a ```ts block, found none');
  if (lines > LONGEST) problems.push(`expected at most ${LONGEST} lines, found ${lines}`);
  const found = printed.trim().split('\n');
  if (promised.length === 0 && !/throw new Error/.test(code))
    problems.push('expected a `// =>` comment that says what is printed, or a check that throws, found neither');
  else if (promised.join('\n') !== found.join('\n'))
    problems.push(`expected the output\n${promised.join('\n')}\nfound\n${found.join('\n')}`);
  return problems;
}
