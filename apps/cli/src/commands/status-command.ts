import type { Command } from 'commander';
import type { ContextOf } from '../program.js';
import type { StatusOptions } from '../status/status.js';

const EXAMPLES = `
Examples:
  sos status
  sos status --desk live --json

Reads the newest journal of each desk and proves every line of it; asks no broker. A journal that does not hold is an error (exit 1).`;

/** `sos status`. */
export function registerStatus(program: Command, contextOf: ContextOf): void {
  program
    .command('status')
    .description('what the desks hold, owe and were refused')
    .option('--desk <name>', 'paper or live (default: both)')
    .option('--json', 'print as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: StatusOptions, command: Command) => {
      const { showStatus } = await import('../status/status.js');
      await showStatus(contextOf(command), options);
    });
}
