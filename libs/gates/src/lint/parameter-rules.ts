import { compileGate } from '../compile/compile-gate.js';
import type { ProblemAt } from '../gate-file/gate-problem.js';
import { Graph } from '../graph/graph.js';
import type { LintRule } from './lint-rule.js';

const IMPOSSIBLE = new Set(['impossible', 'contradiction', 'argument']);

/** Ends of a parameter's range at which a condition of the gate becomes impossible: a sweep would waste its trials there. */
export const parameterRanges: LintRule = ({ gate }) =>
  Object.entries(gate.file.params ?? {}).flatMap(([name, param]): ProblemAt[] => {
    for (const end of ['min', 'max'] as const) {
      const values = { [name]: param[end] };
      const { problems } = compileGate(gate.source, gate.file, { graph: new Graph(), values });
      const problem = problems.find(({ rule }) => IMPOSSIBLE.has(rule));
      if (problem === undefined) continue;
      const message = `with ${end} ${param[end]} ${problem.path} ${problem.message}`;
      return [{ path: ['params', name, end], rule: 'parameter-range', message }];
    }
    return [];
  });
