import type { Command } from 'commander';
import type { CoverageOptions } from '../coverage/coverage.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos coverage
  sos coverage --symbol BANKNIFTY --month 2026-01
  sos coverage --symbol NIFTY --month 2026-01 --source SIMULATED-provider-seed-1 --json

Each contract-minute of the universe (index, and the strikes around each day's path of the nearest and the monthly expiry)
is exactly one of traded, quoted-no-trade, no-quote, halted, missing, not-listed. A day's figure is the share that is not missing.`;

/** `sos coverage`. */
export function registerCoverage(program: Command, contextOf: ContextOf): void {
  program
    .command('coverage')
    .description('show as a calendar what is stored and what is missing')
    .option('--symbol <names>', 'underlyings, separated by commas', 'NIFTY,BANKNIFTY')
    .option('--month <month>', 'YYYY-MM (default: the latest with stored data)')
    .option('--source <name>', 'imported, simulated or the name of a stored data set', 'imported')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: CoverageOptions, command: Command) => {
      const { showCoverage } = await import('../coverage/coverage.js');
      await showCoverage(contextOf(command), options);
    });
}
