import { monteCarlo, type MonteCarloResult, type RunResult, type Spread } from '@sos/backtester';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { parseSeed } from '../options/numbers.js';
import { formatMoney, UNKNOWN } from '../render/format-figures.js';
import { figures, renderTable } from '../render/table.js';
import { resolveRunId } from '../reporting/report.js';
import { parseCount } from './prepare-research.js';
import { researchHead } from './research-lines.js';

/** Options of `sos montecarlo` as given. */
export interface MonteCarloCommandOptions {
  readonly run: string;
  readonly draws: string;
  readonly blockDays: string;
  readonly seed: string;
  readonly json?: boolean;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const spreadCells = ({ p5, p25, median, p75, p95 }: Spread): string[] => [p5, p25, median, p75, p95].map(formatMoney);

function stressTable({ stress }: MonteCarloResult): string {
  const ticks = [...new Set(stress.map((cell) => cell.ticks))];
  const rows = [...new Set(stress.map((cell) => cell.charges))].map((charges) => [
    `charges × ${charges}`,
    ...ticks.map((t) => formatMoney(stress.find((c) => c.charges === charges && c.ticks === t)?.net ?? Number.NaN)),
  ]);
  return renderTable([{ name: 'net ₹' }, ...figures(...ticks.map((t) => `${t} ticks a fill`))], rows);
}

function textOf(run: RunResult, result: MonteCarloResult, palette: CommandContext['palette']): string {
  const { observed, bootstrap, shuffle, draws, blockDays, seed, generator, breakEvenTicks } = result;
  const title = `Monte Carlo of run ${run.runId}: ${run.trades.length} trades, ${run.from} to ${run.to}`;
  const columns = [{ name: '₹' }, ...figures('observed', '5 %', '25 %', 'median', '75 %', '95 %')];
  const rows = [
    ['net, blocks of days drawn again', formatMoney(observed.net), ...spreadCells(bootstrap.net)],
    ['drawdown of days, blocks drawn again', formatMoney(observed.dayDrawdown), ...spreadCells(bootstrap.drawdown)],
    ['drawdown of trades in another order', formatMoney(observed.drawdown), ...spreadCells(shuffle.drawdown)],
  ];
  const breakEven = breakEvenTicks === null ? UNKNOWN : breakEvenTicks.toFixed(2);
  return [
    ...researchHead({ title, source: run.source, stamp: null }, palette),
    `${draws.toLocaleString('en-IN')} draws, blocks of ${blockDays} days, seed ${seed} of ${generator}`,
    renderTable(columns, rows),
    `a loss in ${percent(bootstrap.probabilityOfLoss)} of the draws; a deeper drawdown in ${percent(shuffle.shareDeeperThanObserved)} of the orders`,
    '',
    palette.title('The same trades with dearer charges and worse fills'),
    stressTable(result),
    `nothing is left at ${breakEven} ticks a fill`,
    '',
  ].join('\n');
}

/** `sos montecarlo`: what else could have come of the trades of a stored run. */
export async function runMonteCarlo(context: CommandContext, options: MonteCarloCommandOptions): Promise<void> {
  const draws = parseCount('--draws', options.draws, [100, 1_000_000]);
  const blockDays = parseCount('--block-days', options.blockDays, [1, 10_000]);
  const seed = parseSeed(options.seed);
  await withStore(context, async (store) => {
    const run = await store.loadRun(await resolveRunId(store, options.run));
    const sessions = [...new Set(run.coverage.map((c) => c.date))].sort();
    const result = monteCarlo({ trades: run.trades, fills: run.fills, sessions }, { draws, blockDays, seed });
    if (options.json === true) {
      const { runId, source, ledgerHash } = run;
      return context.print(JSON.stringify({ runId, data: source, ledgerHash, ...result }, null, 2));
    }
    context.io.out.write(textOf(run, result, context.palette));
  });
}
