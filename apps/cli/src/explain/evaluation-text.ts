import { formatIst } from '@sos/domain';
import {
  stopText,
  type EvaluatedCondition,
  type GateEvaluation,
  type NeededValue,
  type WhatWouldPass,
} from '@sos/gates';
import type { Palette } from '../terminal/palette.js';

function figure(value: number): string {
  if (Number.isNaN(value)) return 'unknown';
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(8)));
}

function conditionLines({ phase, text, passes, tests, sources }: EvaluatedCondition, palette: Palette): string[] {
  const mark =
    passes === true ? palette.gain('yes    ') : passes === false ? palette.loss('no     ') : palette.warning('unknown');
  const lines = [`  ${mark} ${phase.padEnd(12)} ${text}`];
  for (const { left, operator, right, value, threshold, distance, label } of tests) {
    const away = Number.isNaN(distance) ? '' : `, ${distance >= 0 ? 'by' : 'short by'} ${figure(Math.abs(distance))}`;
    const shown =
      operator === 'in' || operator === 'is'
        ? `${label ?? figure(value)} ${operator} ${right}`
        : `${figure(value)} ${operator} ${figure(threshold)}${away}`;
    lines.push(palette.faint(`            ${left} ${operator} ${right}: ${shown}`));
  }
  for (const { word, source, ageMinutes } of sources)
    lines.push(
      palette.faint(
        `            ${word}: ${source}, ${Number.isNaN(ageMinutes) ? 'age unknown' : `${figure(ageMinutes)} minutes old`}`,
      ),
    );
  return lines;
}

function neededText({ word, operator, value, label, was }: NeededValue): string {
  return `${word} ${operator} ${label ?? figure(value)} (is ${figure(was)})`;
}

/** `would fire if chain.pcr > 0.8 (is 0.75)`. */
export function wouldPassText({ outcome }: GateEvaluation, answer: WhatWouldPass | null): string | null {
  if (answer === null)
    return outcome === 'fired' || outcome === 'advanced' ? null : 'no value of the market alone would have moved it on';
  const values = answer.needed.map(neededText).join(' and ');
  if (!answer.verified) return `not even with ${values} would it have moved on (verified: ${answer.outcome})`;
  return `would have ${answer.outcome} if ${values} (verified by evaluating the bar again)`;
}

/** An evaluation in words: outcome, every condition with values, distances, sources and ages, and what would have changed it. */
export function evaluationLines(evaluation: GateEvaluation, answer: WhatWouldPass | null, palette: Palette): string[] {
  const { gate, time, phase, outcome, stop, regime, regimeAllows, isEntryTime, chainAgeMinutes, conditions } =
    evaluation;
  const chain = Number.isNaN(chainAgeMinutes) ? 'no chain yet' : `chain ${figure(chainAgeMinutes)} minutes old`;
  const would = wouldPassText(evaluation, answer);
  return [
    `${palette.title(gate)} ${formatIst(time)} in phase ${phase}: ${outcome}${stop === null ? '' : `, stopped by ${stopText(stop)}`}`,
    `  regime ${regime} (${regimeAllows ? 'allowed' : 'refused'}), ${isEntryTime ? 'within' : 'outside'} the entry times, ${chain}`,
    ...conditions.flatMap((condition) => conditionLines(condition, palette)),
    ...(would === null ? [] : [`  ${would}`]),
  ];
}
