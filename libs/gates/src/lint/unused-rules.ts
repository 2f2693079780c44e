import type { LintRule } from './lint-rule.js';

/** Parameters that no condition, capture or level reads. */
export const unusedParams: LintRule = ({ gate }) =>
  gate.unusedParams.map((name) => ({
    path: ['params'],
    key: name,
    rule: 'unused-parameter',
    message: `nothing reads params.${name}`,
  }));

/** Captured values that nothing reads. */
export const unusedCaptures: LintRule = ({ gate }) =>
  gate.unusedCaptures.map((name) => {
    const phase = gate.phases.findIndex(({ captures }) => captures.some((capture) => capture.name === name));
    const path = ['phases', phase, 'capture'];
    return { path, key: name, rule: 'unused-capture', message: `nothing reads captured.${name}` };
  });

/** Parameters that cannot vary. */
export const fixedParams: LintRule = ({ gate }) =>
  Object.entries(gate.file.params ?? {})
    .filter(([, { min, max }]) => min === max)
    .map(([name, { min }]) => ({
      path: ['params'],
      key: name,
      rule: 'parameter-fixed',
      message: `min and max are both ${min}: no sweep can vary it`,
    }));
