import type { Command } from 'commander';
import type { ContextOf } from '../program.js';
import type { StatusOptions } from '../status/status.js';

const EXAMPLES = `
Examples:
  sos status
  sos status --desk live --json
  sos status --desk live --trail --from-date 2026-01-01 --to-date 2026-12-31 > trail.ndjson

Reads the newest journal of each desk and proves every line of it; asks no broker. A journal that does not hold is an error (exit 1).`;

/** `sos status`. */
export function registerStatus(program: Command, contextOf: ContextOf): void {
  program
    .command('status')
    .description('what the desks hold, owe and were refused')
    .option('--desk <name>', 'paper or live (default: both)')
    .option('--json', 'print as JSON')
    .option('--trail', 'print the audit trail, one JSON line per record')
    .option('--from-date <day>', 'first day of the trail')
    .option('--to-date <day>', 'last day of the trail')
    .addHelpText('after', EXAMPLES)
    .action(async (options: StatusOptions, command: Command) => {
      const { showStatus } = await import('../status/status.js');
      await showStatus(contextOf(command), options);
    });
}
