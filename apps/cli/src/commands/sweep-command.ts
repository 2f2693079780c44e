import type { Command } from 'commander';
import type { ContextOf } from '../program.js';
import type { SweepOptions } from '../research/sweep.js';
import { gathered, withResearchOptions } from './research-options.js';

const EXAMPLES = `
Examples:
  sos sweep --gate BIGDOG_BREAKOUT_LONG --param minPcr=0.6:1.2:0.1 --param thrust=1:3:0.25 \\
    --symbol NIFTY --from-date 2026-01-05 --to-date 2026-02-27 --workers 2
  sos sweep --gate BIGDOG_BREAKOUT_LONG --param minPcr=0.6:1.2:0.01 --param thrust=1:3:0.01 --design latin --samples 500 …`;

/** `sos sweep`. */
export function registerSweep(program: Command, contextOf: ContextOf): void {
  withResearchOptions(program.command('sweep'))
    .description('run variants of a gate over the same days and judge them against everything tried on these data')
    .requiredOption('--param <name=from:to:step>', 'a parameter to vary; repeat for more', gathered, [])
    .option('--design <kind>', 'grid, random or latin (Latin hypercube)', 'grid')
    .option('--samples <count>', 'variants of random and latin', '200')
    .option('--sample-seed <number>', 'seed of random and latin', '1')
    .option('--metric <name>', 'what variants are sorted by: sharpe, net, profit-factor, expectancy, …', 'sharpe')
    .option('--top <count>', 'variants shown', '20')
    .option('--x <name>', 'parameter of the columns of the plateau map')
    .option('--y <name>', 'parameter of its rows')
    .option('--out <folder>', 'where JSON, CSV and picture are written (default: research/ in the data folder)')
    .addHelpText('after', EXAMPLES)
    .action(async (options: SweepOptions, command: Command) => {
      const { sweep } = await import('../research/sweep.js');
      await sweep(contextOf(command), options);
    });
}
