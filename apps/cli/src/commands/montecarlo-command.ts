import type { Command } from 'commander';
import type { ContextOf } from '../program.js';
import type { MonteCarloCommandOptions } from '../research/monte-carlo.js';

/** `sos montecarlo`. */
export function registerMontecarlo(program: Command, contextOf: ContextOf): void {
  program
    .command('montecarlo')
    .description('what else could have come of the trades of a stored run')
    .requiredOption('--run <id>', 'run id, its beginning, or "latest"')
    .option('--draws <count>', 'how many draws', '10000')
    .option('--block-days <days>', 'days of one block', '5')
    .option('--seed <number>', 'seed of the draws', '1')
    .option('--json', 'print the result as JSON and nothing else')
    .action(async (options: MonteCarloCommandOptions, command: Command) => {
      const { runMonteCarlo } = await import('../research/monte-carlo.js');
      await runMonteCarlo(contextOf(command), options);
    });
}
