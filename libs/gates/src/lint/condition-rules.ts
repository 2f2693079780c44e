import type { CompiledCondition } from '../compile/compiled-gate.js';
import type { ProblemAt } from '../gate-file/gate-problem.js';
import type { Fact } from '../language/fact.js';
import { placedConditions, type LintRule } from './lint-rule.js';

/** Conditions that can never be false. */
export const vacuousConditions: LintRule = ({ gate }) =>
  placedConditions(gate)
    .filter(({ condition }) => condition.vacuous)
    .map(({ condition: { path } }) => ({
      path,
      rule: 'vacuous',
      message: 'is true whenever its data is known: it decides nothing',
    }));

/** A condition that stands twice in one phase, or in the filter and again in the phase that the filter guards. */
export const repeatedConditions: LintRule = ({ gate }) =>
  [gate.filter, ...gate.phases.map((phase) => phase.when)].flatMap((when) =>
    when
      .filter((condition, i) => when.findIndex((other) => other.node === condition.node) < i)
      .map(({ path }) => ({ path, rule: 'repeated', message: 'says the same as an earlier condition of this phase' })),
  );

type Bounds = Extract<Fact, { kind: 'bounds' }>;

const boundsOf = ({ facts }: CompiledCondition): readonly Bounds[] => facts.filter((fact) => fact.kind === 'bounds');

function isWeaker(a: Bounds, b: Bounds): boolean {
  const lower = a.low === Number.NEGATIVE_INFINITY ? b.low === a.low : b.low > a.low;
  const upper = a.high === Number.POSITIVE_INFINITY ? b.high === a.high : b.high < a.high;
  const oneSided = a.low === Number.NEGATIVE_INFINITY || a.high === Number.POSITIVE_INFINITY;
  return a.key === b.key && oneSided && lower && upper;
}

/** A bound that another bound of the same phase makes superfluous: `x > 50` beside `x > 60`. */
export const redundantBounds: LintRule = ({ gate }) =>
  [gate.filter, ...gate.phases.map((phase) => phase.when)].flatMap((when) =>
    when.flatMap((condition) => {
      const [only, ...rest] = boundsOf(condition);
      if (only === undefined || rest.length > 0) return [];
      const stronger = when.find((other) => other !== condition && boundsOf(other).some((b) => isWeaker(only, b)));
      if (stronger === undefined) return [];
      const message = `follows from "${stronger.text}": it decides nothing`;
      return [{ path: condition.path, rule: 'redundant', message }];
    }),
  );

const ENOUGH_BARS = 300;

/** Conditions that no plausible bar satisfies, or none fails: a bound in the wrong unit or size. */
export const implausibleBounds: LintRule = ({ gate, market }) =>
  placedConditions(gate).flatMap(({ condition }): ProblemAt[] => {
    if (condition.vacuous) return [];
    const { yes, no } = market.truth(condition.node);
    if (yes + no < ENOUGH_BARS || (yes > 0 && no > 0)) return [];
    const { path, text } = condition;
    const found = yes === 0 ? 'false' : 'true';
    const message = `"${text}" is ${found} on every one of ${yes + no} plausible index bars: its bound is out of proportion`;
    return [{ path, rule: yes === 0 ? 'never-true' : 'always-true', message }];
  });
