import { AVERAGE_FUNCTIONS } from './average-functions.js';
import { BAR_FUNCTIONS } from './bar-functions.js';
import type { GateFunction } from './gate-function.js';

/** Every function of the gate language. */
export const FUNCTIONS: readonly GateFunction[] = [...AVERAGE_FUNCTIONS, ...BAR_FUNCTIONS];

const BY_NAME: ReadonlyMap<string, GateFunction> = new Map(FUNCTIONS.map((f) => [f.name, f]));

export function functionNamed(name: string): GateFunction | undefined {
  return BY_NAME.get(name);
}
