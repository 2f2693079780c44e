import { compileGates } from '../compile/compile-gates.js';
import { DEFECTS, seedDefects } from '../fixtures/gate-defects.js';
import { readStrategies } from '../fixtures/strategy-files.js';
import type { GateProblem } from '../gate-file/gate-problem.js';
import { lintGates } from './lint-gates.js';
import { RULES_WITH_REMEDY, remedyOf } from './remedies.js';

const FILES = [...readStrategies('.'), ...readStrategies('extras')];
const SEEDED = seedDefects(FILES, 100);

function findings(text: { path: string; text: string }): GateProblem[] {
  const { gates, problems } = compileGates([text]);
  return [...problems, ...lintGates(gates)];
}

test('one hundred defects of more than ten kinds in all the gates', () => {
  expect(SEEDED).toHaveLength(100);
  expect(new Set(SEEDED.map(({ kind }) => kind)).size).toBe(Object.keys(DEFECTS).length);
  expect(Object.keys(DEFECTS).length).toBeGreaterThan(10);
  expect(new Set(SEEDED.map(({ gate }) => gate)).size).toBeGreaterThan(25);
});

test('at least 95 of them are flagged, each with a place in its file and a remedy', () => {
  const missed: string[] = [];
  for (const { kind, gate, text } of SEEDED) {
    const problems = findings(text);
    if (problems.length === 0) missed.push(`${kind} in ${gate}`);
    const lines = text.text.split('\n');
    for (const problem of problems) {
      expect(problem.line).toBeGreaterThan(1);
      expect(lines[problem.line - 1]?.slice(problem.column - 1)).toMatch(/\S/);
      expect(RULES_WITH_REMEDY).toContain(problem.rule);
      expect(remedyOf(problem).length).toBeGreaterThan(15);
    }
  }
  expect(missed).toEqual([]);
});

test('none is flagged on the shipped gates', () => {
  expect(FILES.flatMap(findings)).toEqual([]);
});
