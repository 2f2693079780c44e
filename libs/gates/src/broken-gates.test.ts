import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { compileGates } from './compile/compile-gates.js';
import { formatProblem, gateProblemsError } from './gate-file/gate-problem.js';

const FOLDER = path.join(__dirname, 'fixtures', 'broken');
const files = readdirSync(FOLDER)
  .sort()
  .map((name) => ({ path: name, text: readFileSync(path.join(FOLDER, name), 'utf8') }));
const { gates, problems } = compileGates(files);

test('all ten broken gates are reported, none is usable', () => {
  expect(files).toHaveLength(10);
  expect(new Set(problems.map((problem) => problem.file))).toEqual(new Set(files.map((file) => file.path)));
  expect(gates.gates).toEqual([]);
});

test('every report has file, line, column, path, what was expected and found, and the rule', () => {
  expect(problems.map(formatProblem)).toMatchInlineSnapshot(`
   [
     "01-not-json.json:5:3 (root): expected "," or "}", found a quote [json]",
     "02-unknown-key.json:114:12 exits: missing key "timeMinutes" [schema]",
     "02-unknown-key.json:116:5 exits.timeMinute: unknown key "timeMinute" (did you mean timeMinutes?) [unknown-key]",
     "02-unknown-key.json:118:3 side: unknown key "side" (a gate has a bias; which side is bought follows from it) [unknown-key]",
     "03-unknown-name.json:36:6 filter[1]: unknown name "chain.pcrr" (did you mean chain.pcr or chain.peOi or chain.score?) [unknown-name]",
     "04-unknown-function.json:92:16 phases[0].when[0]: unknown function "bbLowr" (did you mean bbLower?) [unknown-name]",
     "05-unit-mix-up.json:101:10 phases[1].when[0]: cannot compare a price level with a price difference (subtract two levels first) [unit]",
     "06-impossible.json:101:10 phases[1].when[0]: can never be true: the left side is between 0 and 100, the right side 120 [impossible]",
     "07-contradiction.json:103:10 phases[1].when[2]: can never be true together with "rsi(close, 14) > 70" (phases[1].when[1]) [contradiction]",
     "08-endless-wait.json:98:5 phases[1]: phase TRIGGER needs a timeout in bars or minutes: nothing waits for ever [structure]",
     "09-used-before-captured.json:93:18 phases[0].when[1]: "captured.lowerBand" is captured only later; a value can be used after the phase that captures it [order]",
     "10-bad-levels.json:116:20 exits.breakEvenAt: Too big: expected number to be <1, found 1.5 [schema]",
     "10-bad-levels.json:111:13 levels.stop: expected a price level, found a price difference [unit]",
     "10-bad-levels.json:112:48 levels.target: unknown name "rsk" (did you mean risk?) [unknown-name]",
   ]
  `);
});

test('positions inside an expression point at the fault itself', () => {
  for (const { file, offset, line, column } of problems.filter((problem) => problem.offset !== null)) {
    const text = files.find((f) => f.path === file)?.text.split('\n')[line - 1] ?? '';
    const value = text.slice(0, column - 1).lastIndexOf('"') + 1;
    expect(column - 1 - value).toBe(offset);
  }
});

test('several problems become one error that counts them', () => {
  const error = gateProblemsError(problems);
  expect(error.code).toBe('SOS_GATE_INVALID');
  expect(error.message).toContain(`(and ${problems.length - 1} more)`);
});
