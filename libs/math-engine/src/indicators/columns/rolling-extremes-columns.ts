import { checkPeriod } from '../check-period.js';
import { NEAR, compareBlock, makeTail } from './rolling-block.js';
import { rollingExtreme } from './rolling-extreme-column.js';
import { checkColumns } from './run-indicator.js';

/** Highest and lowest as columns, each as long as the input. */
export interface ExtremesColumns {
  readonly max: Float64Array;
  readonly min: Float64Array;
}

interface Columns extends ExtremesColumns {
  readonly input: Float64Array;
}

/** Tails of the block before and of the one being done. */
interface Tails {
  top: Float64Array;
  bottom: Float64Array;
  nextTop: Float64Array;
  nextBottom: Float64Array;
}

/**
 * A whole block of values near to each other, its rows even in number: heads and tails in one loop, four chains of which none waits for another, two rows per turn. False
 * when they are not near; what was written is then void.
 */
function nearBlock({ input, max, min }: Columns, from: number, tails: Tails): boolean {
  const { top, bottom, nextTop, nextBottom } = tails;
  const size = nextTop.length - 1;
  const origin = input[from] as number;
  let head = 0;
  let foot = 0;
  let tailTop = (input[from + size - 1] as number) - origin;
  let tailBottom = tailTop;
  for (let k = 0, j = size - 1; k < size; k += 2, j -= 2) {
    const x = (input[from + k] as number) - origin;
    head = 0.5 * (head + x + Math.abs(head - x));
    foot = 0.5 * (foot + x - Math.abs(foot - x));
    max[from + k] = higher(origin + head, top[k + 1] as number);
    min[from + k] = lower(origin + foot, bottom[k + 1] as number);
    const y = (input[from + j] as number) - origin;
    tailTop = 0.5 * (tailTop + y + Math.abs(tailTop - y));
    tailBottom = 0.5 * (tailBottom + y - Math.abs(tailBottom - y));
    nextTop[j] = origin + tailTop;
    nextBottom[j] = origin + tailBottom;
    const x2 = (input[from + k + 1] as number) - origin;
    head = 0.5 * (head + x2 + Math.abs(head - x2));
    foot = 0.5 * (foot + x2 - Math.abs(foot - x2));
    max[from + k + 1] = higher(origin + head, top[k + 2] as number);
    min[from + k + 1] = lower(origin + foot, bottom[k + 2] as number);
    const y2 = (input[from + j - 1] as number) - origin;
    tailTop = 0.5 * (tailTop + y2 + Math.abs(tailTop - y2));
    tailBottom = 0.5 * (tailBottom + y2 - Math.abs(tailBottom - y2));
    nextTop[j - 1] = origin + tailTop;
    nextBottom[j - 1] = origin + tailBottom;
  }
  const limit = NEAR * Math.abs(origin);
  return head <= limit && -foot <= limit;
}

/** These branches are foreseen, as head and tail cross once per block; unknown when the tail is. */
function higher(head: number, tail: number): number {
  return head > tail ? head : tail;
}

function lower(head: number, tail: number): number {
  return head < tail ? head : tail;
}

/**
 * `RollingMax` and `RollingMin` over a whole column in one pass, into `out` (returned), by van Herk's blocks; NaN where the window is not full of present values.
 * @throws SOS_INPUT for a bad period or columns of unequal length
 */
export function rollingExtremesColumns(input: Float64Array, period: number, out: ExtremesColumns): ExtremesColumns {
  checkPeriod('rollingExtremesColumns period', period);
  const { max, min } = out;
  checkColumns(input, max, min);
  if (period % 2 === 1) {
    rollingExtreme(input, max, { period, extreme: 1 });
    rollingExtreme(input, min, { period, extreme: -1 });
    return out;
  }
  const columns = { input, max, min };
  const tails: Tails = {
    top: makeTail(period, 1),
    bottom: makeTail(period, -1),
    nextTop: makeTail(period, 1),
    nextBottom: makeTail(period, -1),
  };
  for (let from = 0; from < input.length; from += period) {
    const to = Math.min(from + period, input.length);
    if (to - from < period || !nearBlock(columns, from, tails)) {
      compareBlock({ input, out: max }, { from, to }, { extreme: 1, tail: tails.top, next: tails.nextTop });
      compareBlock({ input, out: min }, { from, to }, { extreme: -1, tail: tails.bottom, next: tails.nextBottom });
    }
    [tails.top, tails.nextTop] = [tails.nextTop, tails.top];
    [tails.bottom, tails.nextBottom] = [tails.nextBottom, tails.bottom];
  }
  return out;
}
