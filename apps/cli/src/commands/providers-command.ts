import type { Command } from 'commander';
import type { ContextOf } from '../program.js';

/** `sos providers`. */
export function registerProviders(program: Command, contextOf: ContextOf): void {
  program
    .command('providers')
    .description('list data providers: state, what they can do, limits, next step')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { listProviders } = await import('../providers/list-providers.js');
      await listProviders(contextOf(command), options);
    });
}
