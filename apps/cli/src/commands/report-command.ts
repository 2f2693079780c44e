import type { Command } from 'commander';
import type { ReportOptions } from '../reporting/report.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos report                            the stored runs, newest first
  sos report --run latest
  sos report --run latest --all
  sos report --run latest --format html --out tear-sheet.html
  sos report --run latest --split gate,slot
  sos report --consolidated --run 20260112T101500,20260113T101500
  sos report --bundle run.sosrun.gz
  sos report --run 20260112T101500-1a2b3c --format csv > gates.csv`;

/** `sos report`. */
export function registerReport(program: Command, contextOf: ContextOf): void {
  program
    .command('report')
    .description('print the report of a run, or list the runs')
    .option('--run <id>', 'run id, its beginning, or "latest"; several with --consolidated')
    .option('--bundle <file>', 'a run bundle instead of a stored run: checked, and reported the same anywhere')
    .option('--rerun', 'run the bundle again on the data of this machine, and prove that the same report comes of it')
    .option(
      '--consolidated',
      'all gates of one or several runs: by day, gate and symbol, with the best and worst trades',
    )
    .option('--format <kind>', 'table, html, csv or json', 'table')
    .option('--all', 'every split, charge head, band and capacity of each gate')
    .option('--split <names>', 'one split by gate, regime, weekday, slot, daysToExpiry, exitReason, or several of them')
    .option('--trials <count>', 'how often the data were tried (default: what the trial ledger counts)')
    .option('--out <file>', 'write here instead of to the screen')
    .option('--limit <count>', 'how many runs to list', '20')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ReportOptions, command: Command) => {
      const { report } = await import('../reporting/report.js');
      await report(contextOf(command), options);
    });
}
