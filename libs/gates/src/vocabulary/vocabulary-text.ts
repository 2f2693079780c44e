import { wordsOf } from '../language/units.js';
import { FUNCTIONS } from './functions.js';
import type { GateFunction } from './gate-function.js';
import { LABEL_SETS } from './labels.js';
import type { Variable } from './variable.js';
import { VARIABLES } from './vocabulary.js';

const INTRODUCTION = `# Vocabulary of the gate language

Made from the vocabulary table of \`@sos/gates\` by \`libs/gates/scripts/generate.ts\`; do not edit.

A condition is an expression that is true, false or **unknown**. Unknown data never passes: it is counted apart from what was false.
Operators from loose to tight: \`or\`, \`and\`, \`not\`, comparisons (\`> >= < <= == !=\`, \`x between a and b\`, \`label in [A, B]\`), \`+ -\`, \`* /\`.
A time of day is written \`09:15\`. A bare number takes the unit of its partner. Parameters are \`params.<name>\`, kept values \`captured.<name>\`.

Where a value is formed (anchor): **bar** this bar alone; **session** since the open, unknown before enough bars; **continuous** over session-continuous
bars, yesterday's count; **chain** the last snapshot that is young enough; **gate** the gate's own memory.
`;

function rangeOf(variable: Variable): string {
  if (variable.type === 'label') return LABEL_SETS[variable.labels].join(', ');
  return `${wordsOf(variable.unit)}, ${variable.low} to ${variable.high}`;
}

function variableRow(variable: Variable): string {
  const { name, anchor, description, source } = variable;
  const formula = variable.type === 'number' && variable.formula !== undefined ? ` = \`${variable.formula}\`` : '';
  return `| \`${name}\` | ${rangeOf(variable)} | ${anchor} | ${description}${formula} | ${source} |`;
}

function functionRow({ name, parameters, result, unit, anchor, description }: GateFunction): string {
  const signature = `${name}(${parameters.map((p) => p.name).join(', ')})`;
  const gives = result === 'boolean' ? 'condition' : unit === 'same' || unit === 'difference' ? unit : wordsOf(unit);
  return `| \`${signature}\` | ${gives} | ${anchor} | ${description} |`;
}

/** Text of `docs/vocabulary.md`. */
export function vocabularyText(): string {
  const words = VARIABLES.map(variableRow).join('\n');
  const functions = FUNCTIONS.map(functionRow).join('\n');
  return `${INTRODUCTION}
## Words

| Word | Values | Anchor | Meaning | Source |
|---|---|---|---|---|
${words}

## Functions

| Function | Gives | Anchor | Meaning |
|---|---|---|---|
${functions}
`;
}
