import type { Command } from 'commander';
import type { ReportOptions } from '../reporting/report.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos report                            the stored runs, newest first
  sos report --run latest
  sos report --run 20260112T101500-1a2b3c --format csv > gates.csv`;

/** `sos report`. */
export function registerReport(program: Command, contextOf: ContextOf): void {
  program
    .command('report')
    .description('print the report of a stored run, or list the runs')
    .option('--run <id>', 'run id, its beginning, or "latest"')
    .option('--format <kind>', 'table, json or csv', 'table')
    .option('--limit <count>', 'how many runs to list', '20')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ReportOptions, command: Command) => {
      const { report } = await import('../reporting/report.js');
      await report(contextOf(command), options);
    });
}
