import { LABEL_SETS } from '../vocabulary/labels.js';
import { variableNamed } from '../vocabulary/vocabulary.js';
import type { ExplainedTest } from './explain-gate.js';
import type { GateEvaluation } from './gate-evaluation.js';

/** One word that would have to be otherwise. */
export interface NeededValue {
  readonly word: string;
  readonly operator: '>' | '>=' | '<' | '<=' | '==' | 'is';
  /** Value with which the re-run passed; a label's number where `label` is given. */
  readonly value: number;
  readonly label: string | null;
  /** What it was; NaN unknown. */
  readonly was: number;
}

/** What would have had to be otherwise for a gate to move on, and whether it then did. */
export interface WhatWouldPass {
  readonly needed: readonly NeededValue[];
  /** The gate moved on or fired when the bar was replayed with these values. */
  readonly verified: boolean;
  /** What the replay with these values came to. */
  readonly outcome: GateEvaluation['outcome'];
}

const FLIPPED = { '>': '<', '>=': '<=', '<': '>', '<=': '>=', '==': '==' } as const;
const ROUNDS = 24;

type Comparison = keyof typeof FLIPPED;

function isComparison(operator: string): operator is Comparison {
  return operator in FLIPPED;
}

/** The market's word that stands alone on one side of a test. */
function freeWord({ left, right }: ExplainedTest): { readonly word: string; readonly isLeft: boolean } | null {
  for (const [text, isLeft] of [
    [left, true],
    [right, false],
  ] as const) {
    const variable = variableNamed(text);
    if (variable !== undefined && variable.anchor !== 'gate') return { word: text, isLeft };
  }
  return null;
}

function neededLabel(test: ExplainedTest): NeededValue | null {
  const variable = variableNamed(test.left);
  if (variable?.type !== 'label' || test.operator !== 'in') return null;
  const value = LABEL_SETS[variable.labels].findIndex((_, i) => ((test.threshold >> i) & 1) === 1);
  const label = LABEL_SETS[variable.labels][value] ?? null;
  return { word: test.left, operator: 'is', value, label, was: test.value };
}

function neededNumber(test: ExplainedTest, round: number): NeededValue | null {
  const free = freeWord(test);
  if (free === null || !isComparison(test.operator)) return null;
  const operator = free.isLeft ? test.operator : FLIPPED[test.operator];
  const [was, bound] = free.isLeft ? [test.value, test.threshold] : [test.threshold, test.value];
  if (Number.isNaN(bound)) return null;
  // A bound that itself moves with the word, such as a mean, is approached in growing steps.
  const hair = operator === '==' || operator === '>=' || operator === '<=' ? 0 : 1e-9 * Math.max(1, Math.abs(bound));
  const missing = Number.isNaN(was) ? 0 : Math.abs(bound - was);
  const step = round === 0 ? hair : Math.max(hair, missing * 2 ** (round - 4));
  const value = operator === '==' ? bound : operator.startsWith('>') ? bound + step : bound - step;
  return { word: free.word, operator, value, label: null, was };
}

function neededNow(evaluation: GateEvaluation, round: number): NeededValue[] {
  const asked = evaluation.outcome === 'blocked' || evaluation.outcome === 'vetoed' ? 'filter' : null;
  const failing = evaluation.conditions.filter(
    ({ passes, stage }) => passes !== true && (asked === null || stage === asked || stage === 'phase'),
  );
  return failing.flatMap(({ tests }) =>
    tests
      .filter(({ passes }) => passes !== true)
      .flatMap((test) => neededLabel(test) ?? neededNumber(test, round) ?? []),
  );
}

const hasMoved = ({ outcome }: GateEvaluation): boolean => outcome === 'fired' || outcome === 'advanced';

/**
 * Looks for values of the market's words with which a gate that stayed would have moved on, and proves them by evaluating the same bar again with them.
 * @param evaluation what happened
 * @param rerun the same history up to the same bar, with these values in place of the market's
 * @returns null when it moved on anyway, or when nothing of the market alone would have changed it
 */
export function whatWouldPass(
  evaluation: GateEvaluation,
  rerun: (values: ReadonlyMap<string, number>) => GateEvaluation,
): WhatWouldPass | null {
  if (hasMoved(evaluation)) return null;
  const needed = new Map<string, NeededValue>();
  let now = evaluation;
  for (let round = 0; round < ROUNDS && !hasMoved(now); round++) {
    const more = neededNow(now, round);
    if (more.length === 0) break;
    for (const one of more) needed.set(one.word, { ...one, was: needed.get(one.word)?.was ?? one.was });
    now = rerun(new Map([...needed.values()].map(({ word, value }) => [word, value])));
  }
  if (needed.size === 0) return null;
  return { needed: [...needed.values()], verified: hasMoved(now), outcome: now.outcome };
}
