import type { Command } from 'commander';
import type { BacktestOptions } from '../backtest/backtest-options.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos backtest --symbol NIFTY --from-date 2026-01-12 --to-date 2026-01-16
  sos backtest --symbol NIFTY,BANKNIFTY --from-date 2025-08-29 --to-date 2025-08-29 --source imported
  sos backtest --symbol NIFTY --from-date 2022-01-03 --to-date 2022-01-31 --premiums modelled
  sos backtest --symbol NIFTY --from-date 2026-01-12 --to-date 2026-01-16 --gates BRF_SHORT --json
  sos backtest --symbol NIFTY --from-date 2025-10-14 --to-date 2025-10-17 --chain-max-age 25

Without stored data for the days the simulated market is used; everything it shows says SIMULATED.
A run is kept in the database and in <data folder>/runs/<run id>/.`;

/** `sos backtest`. */
export function registerBacktest(program: Command, contextOf: ContextOf): void {
  program
    .command('backtest')
    .description('run gates over past sessions and print what they earned after charges')
    .option('--symbol <names>', 'underlyings, separated by commas: NIFTY, BANKNIFTY, … (required)')
    .option('--from-date <day>', 'first day, YYYY-MM-DD (required)')
    .option('--to-date <day>', 'last day, YYYY-MM-DD (required)')
    .option('--gates <ids>', 'gates, separated by commas (default: the 18)')
    .option('--extras', 'also the mirrors and variants in strategies/extras')
    .option('--source <name>', 'auto, imported, simulated or the name of a stored data set', 'auto')
    .option('--premiums <kind>', 'recorded, or modelled on the recorded index', 'recorded')
    .option('--capital <rupees>', 'capital at the start', '500000')
    .option('--chain-max-age <minutes>', 'age up to which gates read a page of the option chain (default: 10)')
    .option(
      '--allow-missing',
      'run although much of the stored universe is missing (as naming the data with --source does); the run is stamped',
    )
    .option('--seed <number>', 'seed of the simulated market', '1')
    .option('--json', 'print the result as JSON and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(async (options: BacktestOptions, command: Command) => {
      const { backtest } = await import('../backtest/backtest.js');
      await backtest(contextOf(command), options);
    });
}
