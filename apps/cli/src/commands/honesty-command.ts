import type { Command } from 'commander';
import type { HonestyOptions } from '../lookahead/honest-days.js';
import type { LookaheadCommandOptions } from '../lookahead/lookahead.js';
import type { ContextOf } from '../program.js';

const LOOKAHEAD_EXAMPLES = `
Examples:
  sos lookahead --dates 2026-01-12..2026-01-16 --extras
  sos lookahead --symbol NIFTY,BANKNIFTY --dates 2025-08-29 --source imported
  sos lookahead --gates BRF_SHORT --dates 2022-01-03..2022-01-31 --premiums modelled --thorough

At every instant of a day everything that was not known yet is replaced by adversarial values; the log of decisions must not change by one byte.
Exit code 1 when it does.`;

const WARMUP_EXAMPLES = `
Examples:
  sos warmup --dates 2026-01-12 --extras
  sos warmup --dates 2022-03-01..2022-03-04 --premiums modelled --json`;

function withDays(command: Command): Command {
  return command
    .option('--symbol <names>', 'underlyings, separated by commas', 'NIFTY')
    .option('--dates <days>', 'a day, a range A..B, or days separated by commas', '2026-01-12..2026-01-16')
    .option('--gates <ids>', 'gates, separated by commas (default: the 18)')
    .option('--extras', 'also the mirrors and variants in strategies/extras')
    .option('--source <name>', 'auto, imported, simulated or the name of a stored data set', 'auto')
    .option('--premiums <kind>', 'recorded, or modelled on the recorded index', 'recorded')
    .option('--chain-max-age <minutes>', 'age up to which gates read a page of the option chain (default: 10)')
    .option('--seed <number>', 'seed of the simulated market and of the cuts', '1')
    .option('--json', 'print the result as JSON and nothing else');
}

/** `sos lookahead` and `sos warmup`: proofs that no decision depends on the future, or on more history than declared. */
export function registerHonesty(program: Command, contextOf: ContextOf): void {
  withDays(program.command('lookahead'))
    .description('prove that no decision depends on data that was not known yet')
    .option('--cuts <count>', 'instants of each day at which it is cut off altogether', '2')
    .option('--thorough', 'a third future, in which nothing is known')
    .addHelpText('after', LOOKAHEAD_EXAMPLES)
    .action(async (options: LookaheadCommandOptions, command: Command) => {
      const { lookahead } = await import('../lookahead/lookahead.js');
      await lookahead(contextOf(command), options);
    });
  withDays(program.command('warmup'))
    .description('prove that history beyond the declared warm-up changes no decision')
    .addHelpText('after', WARMUP_EXAMPLES)
    .action(async (options: HonestyOptions, command: Command) => {
      const { warmUp } = await import('../warmup/warm-up.js');
      await warmUp(contextOf(command), options);
    });
}
