import type { GateProblem } from '../gate-file/gate-problem.js';

/** What to do about each kind of problem, in one sentence. */
const REMEDIES: Readonly<Record<string, string>> = {
  json: 'Correct the JSON at this place; an editor that knows $schema marks it.',
  schema: 'Write the key or value in the form that gate.schema.json describes.',
  'unknown-key': 'Remove the key, or use the suggested spelling.',
  'unknown-name': 'Use a word of docs/vocabulary.md; the suggestion is the nearest one.',
  syntax: 'Correct the expression at this place.',
  type: 'Compare numbers with numbers and labels with labels; a condition is true or false.',
  unit: 'Bring both sides to one unit: subtract two levels to get points, write times of day as 09:15.',
  argument: 'Give the arguments that the function takes; lengths are whole numbers or parameters.',
  impossible: 'Change the bound so that some market can satisfy it, or delete the condition.',
  contradiction: 'Delete one of the two conditions, or turn one of them around.',
  order: 'Use the value only after the phase that captures it.',
  structure: 'Complete the gate as the message says.',
  'unused-parameter': 'Read the parameter in a condition or level, or delete it.',
  'unused-capture': 'Read the captured value later, or delete the capture.',
  vacuous: 'Delete the condition, or tighten its bound.',
  repeated: 'Delete the repetition.',
  redundant: 'Delete the weaker of the two bounds.',
  'always-true': 'Check the bound and its unit: percent or ratio, points or rupees, units or lots.',
  'never-true': 'Check the bound and its unit: percent or ratio, points or rupees, units or lots.',
  'percent-as-ratio': 'Write percentages as percent: 0.2 means 0.2 %.',
  'unreachable-phase': 'Change the condition or the times so that the phase can be passed within the session.',
  'lookback-too-long': 'Shorten the window, or use a function that counts bars of earlier sessions.',
  'time-exit-after-close': 'Shorten exits.timeMinutes, or end the entries earlier.',
  'time-exit-never-acts': 'Shorten exits.timeMinutes: the square-off always comes first.',
  'entries-outside-hours': 'Keep session.entryFrom and session.entryTo between 09:15 and the square-off at 15:20.',
  'timeout-never-acts': 'Keep only the shorter of the two limits.',
  'trades-without-data': 'Set regimes.UNKNOWN.allow to false.',
  'regimes-against-bias': 'Allow the regimes that agree with the bias of the gate.',
  'filter-against-bias': 'Let the filter admit what agrees with the bias, or change the bias.',
  'filter-without-chain': 'Add a condition on the option chain, such as chain.pcr > 0.8.',
  'never-arms': 'Let filter and regime table admit at least one regime together.',
  'stop-side': 'Put the stop below the entry of a bullish gate and above the entry of a bearish one.',
  'target-side': 'Put the target above the entry of a bullish gate and below the entry of a bearish one.',
  'target-below-cost': 'Move the target further away: a round trip costs about two index points.',
  'stop-too-near': 'Move the stop further away: noise and costs alone reach it.',
  'target-out-of-reach': 'Bring the target nearer: the index hardly moves so far within the time exit.',
  'parameter-range': 'Narrow min and max to values with which the condition can hold.',
  'parameter-fixed': 'Give the parameter a range, or write the number itself.',
  'duplicate-gate': 'Delete one of the two gates: they double the same position.',
};

/** What to do about a problem of a gate file, one sentence in the imperative. */
export function remedyOf(problem: Pick<GateProblem, 'rule'>): string {
  return REMEDIES[problem.rule] ?? 'See docs/vocabulary.md and gate.schema.json.';
}

/** The rules that have a remedy of their own. */
export const RULES_WITH_REMEDY: readonly string[] = Object.keys(REMEDIES);
