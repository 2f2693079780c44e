import type { ExpiryState } from './expiry-state.js';

/** Forwards of one expiry inside each row, and their logarithms: what its contracts' first and extreme trades are priced from. */
export interface IntrabarForwards {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly logOpen: Float64Array;
  readonly logHigh: Float64Array;
  readonly logLow: Float64Array;
}

const made = new WeakMap<ExpiryState, IntrabarForwards>();

/** The forwards of an expiry, worked out once for all its contracts. An expiring contract no longer follows the spot once its settlement is known. */
export function intrabarForwards(state: ExpiryState): IntrabarForwards {
  let found = made.get(state);
  if (found === undefined) {
    found = build(state);
    made.set(state, found);
  }
  return found;
}

function build({ market, carry, forward, logForward, lastSpotRow }: ExpiryState): IntrabarForwards {
  const { path } = market;
  const column = (spot: Float64Array): readonly [level: Float64Array, log: Float64Array] => {
    const level = new Float64Array(path.length);
    const log = new Float64Array(path.length);
    for (let row = 0; row < path.length; row++) {
      const close = forward[row + 1] as number;
      const at = row > lastSpotRow ? close : (spot[row] as number) * (carry[row + 1] as number);
      const d = at / close - 1;
      level[row] = at;
      // ln(1 + d): moves within a minute are small, and three terms leave less than 10⁻⁷ at one percent.
      log[row] = (logForward[row + 1] as number) + d * (1 - d * (0.5 - d / 3));
    }
    return [level, log];
  };
  const [open, logOpen] = column(path.open);
  const [high, logHigh] = column(path.high);
  const [low, logLow] = column(path.low);
  return { open, high, low, logOpen, logHigh, logLow };
}
