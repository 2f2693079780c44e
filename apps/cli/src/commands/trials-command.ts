import type { Command } from 'commander';
import type { ContextOf } from '../program.js';
import type { DeleteTrialsOptions, TrialsOptions } from '../research/trials.js';

/** `sos trials` and `sos trials delete`. */
export function registerTrials(program: Command, contextOf: ContextOf): void {
  const trials = program
    .command('trials')
    .description('every configuration that was ever run on the data: what results are deflated by')
    .option('--limit <count>', 'how many are listed', '50')
    .option('--json', 'print as JSON')
    .action(async (options: TrialsOptions, command: Command) => {
      const { listTrials } = await import('../research/trials.js');
      await listTrials(contextOf(command), options);
    });
  trials
    .command('delete')
    .description('delete trials; a trace of the deletion stays')
    .option('--yes', 'really delete')
    .option('--command <name>', 'only those of backtest, sweep, walkforward or ablate')
    .option('--gate <id>', 'only those of a gate')
    .action(async (options: DeleteTrialsOptions, command: Command) => {
      const { deleteTrials } = await import('../research/trials.js');
      await deleteTrials(contextOf(command), options);
    });
}
