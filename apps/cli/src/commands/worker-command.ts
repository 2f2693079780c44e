import type { Command } from 'commander';
import type { ContextOf } from '../program.js';
import type { WorkerOptions } from '../research/worker.js';

const EXAMPLES = `
Examples:
  sos worker                                            on this machine, for its own database
  sos worker --queue postgres://sos:…@research-db/sos   on as many machines as wanted`;

/** `sos worker`. */
export function registerWorker(program: Command, contextOf: ContextOf): void {
  program
    .command('worker')
    .description('do queued research: sos sweep … --queue')
    .option('--queue <url>', 'database of queue and data (default: the database of this command)')
    .option('--until-idle', 'end when there is nothing left to do')
    .addHelpText('after', EXAMPLES)
    .action(async (options: WorkerOptions, command: Command) => {
      const { runWorker } = await import('../research/worker.js');
      await runWorker(contextOf(command), options);
    });
}
