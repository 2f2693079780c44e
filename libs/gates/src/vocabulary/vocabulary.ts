import { BAR_VARIABLES } from './bar-variables.js';
import { CHAIN_VARIABLES } from './chain-variables.js';
import { GATE_VARIABLES } from './gate-variables.js';
import { SESSION_VARIABLES } from './session-variables.js';
import type { Variable } from './variable.js';

/** Every word of the gate language with its type, unit, range, anchor and source: the one table that checker, lint and documentation read. */
export const VARIABLES: readonly Variable[] = [
  ...BAR_VARIABLES,
  ...SESSION_VARIABLES,
  ...CHAIN_VARIABLES,
  ...GATE_VARIABLES,
];

const BY_NAME: ReadonlyMap<string, Variable> = new Map(VARIABLES.map((v) => [v.name, v]));

export function variableNamed(name: string): Variable | undefined {
  return BY_NAME.get(name);
}
