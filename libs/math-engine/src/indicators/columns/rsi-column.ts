import { checkPeriod } from '../check-period.js';
import { checkColumns } from './run-indicator.js';

/** Rows after which it is looked whether a value was missing. */
const BLOCK = 1024;

/** Wilder's averages of twice the gains and of all moves, times a common factor that cancels in their ratio, and the value that the next change is taken from. */
interface Moves {
  gains: number;
  moves: number;
  previous: number;
}

interface Smoothing {
  readonly input: Float64Array;
  readonly out: Float64Array;
  readonly decay: number;
}

/** Rows of a missing value are unknown and change nothing. */
function gappyRows({ input, out, decay }: Smoothing, at: { from: number; to: number }, state: Moves): void {
  let { gains, moves, previous } = state;
  for (let i = at.from; i < at.to; i++) {
    const x = input[i] as number;
    if (x !== x) {
      out[i] = Number.NaN;
      continue;
    }
    const change = x - previous;
    const size = Math.abs(change);
    previous = x;
    gains = decay * gains + (size + change);
    moves = decay * moves + size;
    out[i] = moves === 0 ? 50 : (50 * gains) / moves;
  }
  state.gains = gains;
  state.moves = moves;
  state.previous = previous;
}

/** Two rows at a time, so that the second does not wait for the first. False, with `state` as it was, when a value is missing. */
function fullRows({ input, out, decay }: Smoothing, at: { from: number; to: number }, state: Moves): boolean {
  const decay2 = decay * decay;
  let { gains, moves, previous } = state;
  let i = at.from;
  for (const last = at.to - 1; i < last; i += 2) {
    const x = input[i] as number;
    const y = input[i + 1] as number;
    const change = x - previous;
    const size = Math.abs(change);
    const nextChange = y - x;
    const nextSize = Math.abs(nextChange);
    const up = size + change;
    previous = y;
    const between = size + decay * moves;
    out[i] = between === 0 ? 50 : (50 * (up + decay * gains)) / between;
    gains = nextSize + nextChange + decay * up + decay2 * gains;
    moves = nextSize + decay * size + decay2 * moves;
    out[i + 1] = moves === 0 ? 50 : (50 * gains) / moves;
  }
  if (moves !== moves) return false;
  state.gains = gains;
  state.moves = moves;
  state.previous = previous;
  gappyRows({ input, out, decay }, { from: i, to: at.to }, state);
  return true;
}

/** `Rsi` over a whole column into `out` (returned); NaN during warm-up and for missing values. @throws SOS_INPUT for a bad period or columns of unequal length */
export function rsiColumn(input: Float64Array, period: number, out: Float64Array): Float64Array {
  checkPeriod('rsiColumn period', period);
  checkColumns(input, out);
  const length = input.length;
  const state = { gains: 0, moves: 0, previous: Number.NaN };
  let from = 0;
  for (let changes = 0; from < length && changes < period; from++) {
    const x = input[from] as number;
    out[from] = Number.NaN;
    if (x !== x) continue;
    const change = x - state.previous;
    state.previous = x;
    if (change !== change) continue;
    state.gains += Math.abs(change) + change;
    state.moves += Math.abs(change);
    if (++changes === period) out[from] = state.moves === 0 ? 50 : (50 * state.gains) / state.moves;
  }
  const smoothing = { input, out, decay: (period - 1) / period };
  for (; from < length; from += BLOCK) {
    const at = { from, to: Math.min(from + BLOCK, length) };
    if (!fullRows(smoothing, at, state)) gappyRows(smoothing, at, state);
  }
  return out;
}
