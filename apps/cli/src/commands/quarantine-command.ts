import type { Command } from 'commander';
import type { QuarantineOptions } from '../repair/list-quarantine.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos quarantine list
  sos quarantine list --kind ingest-upstox --limit 50
  sos quarantine replay`;

/** `sos quarantine`. */
export function registerQuarantine(program: Command, contextOf: ContextOf): void {
  const quarantine = program
    .command('quarantine')
    .description('rows that were refused, with the reasons')
    .addHelpText('after', EXAMPLES);
  quarantine
    .command('list')
    .description('print refused rows by reason')
    .option('--kind <name>', 'only those of one importer or provider, e.g. nse-chain or ingest-upstox')
    .option('--limit <count>', 'rows to print at most', '20')
    .option('--json', 'print JSON')
    .action(async (options: QuarantineOptions, command: Command) => {
      const { listQuarantine } = await import('../repair/list-quarantine.js');
      await listQuarantine(contextOf(command), options);
    });
  quarantine
    .command('replay')
    .description('ask the providers again for the days of refused rows and check them by today’s rules')
    .option('--json', 'print the result as JSON')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { replayQuarantine } = await import('../repair/replay-quarantine.js');
      await replayQuarantine(contextOf(command), options);
    });
}
