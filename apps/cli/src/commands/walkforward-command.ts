import type { Command } from 'commander';
import type { ContextOf } from '../program.js';
import type { WalkForwardOptions } from '../research/walk-forward.js';
import { gathered, withResearchOptions } from './research-options.js';

const EXAMPLES = `
Examples:
  sos walkforward --gate BIGDOG_BREAKOUT_LONG --param minPcr=0.6:1.2:0.1 --train 40 --test 10 --rolling \\
    --symbol NIFTY --from-date 2026-01-05 --to-date 2026-06-30 --workers 2`;

/** `sos walkforward`. */
export function registerWalkforward(program: Command, contextOf: ContextOf): void {
  withResearchOptions(program.command('walkforward'))
    .description('choose the best variant of each training and follow it through the sessions behind it')
    .requiredOption('--param <name=from:to:step>', 'a parameter to vary; repeat for more', gathered, [])
    .option('--design <kind>', 'grid, random or latin (Latin hypercube)', 'grid')
    .option('--samples <count>', 'variants of random and latin', '200')
    .option('--sample-seed <number>', 'seed of random and latin', '1')
    .option('--train <sessions>', 'sessions of a training (anchored: of the first)', '40')
    .option('--test <sessions>', 'sessions of a test', '10')
    .option('--purge <sessions>', 'sessions left out at the end of each training', '1')
    .option('--embargo <sessions>', 'sessions at the beginning of each test that do not count', '0')
    .option('--rolling', 'trainings of equal length instead of all sessions so far')
    .option('--metric <name>', 'what the choice goes by: sharpe or net', 'sharpe')
    .addHelpText('after', EXAMPLES)
    .action(async (options: WalkForwardOptions, command: Command) => {
      const { runWalkForward } = await import('../research/walk-forward.js');
      await runWalkForward(contextOf(command), options);
    });
}
