import { absoluteDrawdown, PRNG_NAME, quantileOfSorted, xoshiro128, type RandomSource } from '@sos/analytics';
import { AppError, istDateOf, type FillRecord, type IstDate, type TradeRecord } from '@sos/domain';

/** What of a run is resampled. Money in paise. */
export interface MonteCarloInput {
  readonly trades: readonly TradeRecord[];
  readonly fills: readonly FillRecord[];
  /** Every session of the run, ascending, those without a trade among them. */
  readonly sessions: readonly IstDate[];
}

/** How often and with which numbers; the same seed gives the same figures. */
export interface MonteCarloOptions {
  readonly seed: number;
  readonly draws: number;
  /** Days of one block, ≥ 1. */
  readonly blockDays: number;
}

/** Where the draws of one figure fall. */
export interface Spread {
  readonly p5: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p95: number;
}

/** The run again with dearer trading. */
export interface StressCell {
  /** Multiple of all charges, and ticks lost on every fill beyond what it lost. */
  readonly charges: number;
  readonly ticks: number;
  readonly net: number;
}

/** What else could have come of the same trades. */
export interface MonteCarloResult extends MonteCarloOptions {
  readonly generator: string;
  /** Drawdown of the trades in their order, and of the daily results. */
  readonly observed: { readonly net: number; readonly drawdown: number; readonly dayDrawdown: number };
  /** Blocks of whole days drawn with replacement. */
  readonly bootstrap: { readonly net: Spread; readonly drawdown: Spread; readonly probabilityOfLoss: number };
  /** The same trades in another order: the net result stays, the way to it does not. */
  readonly shuffle: { readonly drawdown: Spread; readonly shareDeeperThanObserved: number };
  readonly stress: readonly StressCell[];
  /** Ticks on every fill at which nothing is left; null when nothing was earned or nothing was traded. */
  readonly breakEvenTicks: number | null;
}

const PAISE_PER_TICK = 5;
const CHARGES = [1, 1.25, 1.5, 2];
const TICKS = [0, 1, 2, 4];

function spreadOf(values: number[]): Spread {
  values.sort((a, b) => a - b);
  const at = (p: number): number => quantileOfSorted(values, p);
  return { p5: at(0.05), p25: at(0.25), median: at(0.5), p75: at(0.75), p95: at(0.95) };
}

const drawdownOf = (nets: readonly number[]): number => {
  let equity = 0;
  return absoluteDrawdown(nets.map((net) => (equity += net))).depth;
};

// Blocks of a fixed length wrap around the end (circular block bootstrap, D. Politis and J. Romano 1992), so that no day is drawn less often than others.
function drawBlocks(days: readonly number[], blockDays: number, random: RandomSource): number[] {
  const n = days.length;
  const drawn: number[] = [];
  while (drawn.length < n) {
    const start = Math.floor(random() * n);
    for (let i = 0; i < blockDays && drawn.length < n; i++) drawn.push(days[(start + i) % n] as number);
  }
  return drawn;
}

function shuffle(values: number[], random: RandomSource): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [values[i], values[j]] = [values[j] as number, values[i] as number];
  }
}

function check({ trades, sessions }: MonteCarloInput, { draws, blockDays }: MonteCarloOptions): void {
  if (trades.length === 0) throw new AppError('SOS_NO_DATA', 'expected a run with trades, found one without');
  if (!Number.isInteger(draws) || draws < 100 || draws > 1_000_000)
    throw new AppError('SOS_INPUT', `expected 100 to 1000000 draws, found ${draws}`);
  if (!Number.isInteger(blockDays) || blockDays < 1 || blockDays > sessions.length)
    throw new AppError('SOS_INPUT', `expected blocks of 1 to ${sessions.length} days, found ${blockDays}`);
}

function dayNets({ trades, sessions }: MonteCarloInput): number[] {
  const nets = new Map<IstDate, number>(sessions.map((day) => [day, 0]));
  for (const { exitTime, net } of trades) {
    const day = istDateOf(exitTime);
    nets.set(day, (nets.get(day) ?? 0) + net);
  }
  return [...nets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, net]) => net);
}

function stressed({ trades, fills }: MonteCarloInput): Pick<MonteCarloResult, 'stress' | 'breakEvenTicks'> {
  const gross = trades.reduce((sum, t) => sum + t.gross, 0);
  const paid = trades.reduce((sum, t) => sum + t.charges.total, 0);
  const tick = fills.reduce((sum, f) => sum + f.units * PAISE_PER_TICK, 0);
  const net = (charges: number, ticks: number): number => Math.round(gross - charges * paid - ticks * tick);
  const cells = CHARGES.flatMap((charges) => TICKS.map((ticks) => ({ charges, ticks, net: net(charges, ticks) })));
  return { stress: cells, breakEvenTicks: tick > 0 && net(1, 0) > 0 ? net(1, 0) / tick : null };
}

/**
 * Resamples the trades of a finished run: blocks of days with replacement, trades in another order, dearer charges and worse prices. Seeded with the named generator.
 * @throws SOS_NO_DATA for a run without trades, SOS_INPUT for options out of range
 */
export function monteCarlo(input: MonteCarloInput, options: MonteCarloOptions): MonteCarloResult {
  check(input, options);
  const random = xoshiro128(options.seed);
  const days = dayNets(input);
  const inOrder = [...input.trades]
    .sort((a, b) => a.exitTime - b.exitTime || a.seq - b.seq)
    .map((t) => t.net as number);
  const observed = {
    net: inOrder.reduce((sum, net) => sum + net, 0),
    drawdown: drawdownOf(inOrder),
    dayDrawdown: drawdownOf(days),
  };
  const nets: number[] = [];
  const dayFalls: number[] = [];
  const falls: number[] = [];
  const order = [...inOrder];
  for (let draw = 0; draw < options.draws; draw++) {
    const drawn = drawBlocks(days, options.blockDays, random);
    nets.push(drawn.reduce((sum, net) => sum + net, 0));
    dayFalls.push(drawdownOf(drawn));
    shuffle(order, random);
    falls.push(drawdownOf(order));
  }
  const share = (of: readonly number[], holds: (value: number) => boolean): number =>
    of.filter(holds).length / of.length;
  return {
    ...options,
    generator: PRNG_NAME,
    observed,
    bootstrap: {
      probabilityOfLoss: share(nets, (net) => net < 0),
      net: spreadOf(nets),
      drawdown: spreadOf(dayFalls),
    },
    shuffle: {
      shareDeeperThanObserved: share(falls, (fall) => fall < observed.drawdown),
      drawdown: spreadOf(falls),
    },
    ...stressed(input),
  };
}
