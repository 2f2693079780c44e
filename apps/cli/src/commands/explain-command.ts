import type { Command } from 'commander';
import { AppError } from '@sos/domain';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos explain --run latest --gate BRF_SHORT --at 2026-01-12T10:05
  sos explain --day 2026-01-12 --symbol NIFTY
  sos explain --day 2022-01-03 --premiums modelled --extras --json

With --run the run is repeated from its recorded settings up to that bar; a note says when data, gates or ledger are no longer the same.`;

interface ExplainOptions {
  readonly run?: string;
  readonly gate?: string;
  readonly at?: string;
  readonly day?: string;
  readonly symbol?: string;
  readonly gates?: string;
  readonly extras?: boolean;
  readonly source: string;
  readonly premiums: string;
  readonly seed: string;
  readonly chainMaxAge?: string;
  readonly json?: boolean;
}

async function explain(context: ReturnType<ContextOf>, options: ExplainOptions): Promise<void> {
  const { run, gate, at, day, symbol } = options;
  if (run !== undefined && gate !== undefined && at !== undefined && day === undefined) {
    const { explainRun } = await import('../explain/explain-run.js');
    return explainRun(context, {
      run,
      gate,
      at,
      ...(symbol === undefined ? {} : { symbol }),
      json: options.json === true,
    });
  }
  if (day !== undefined && run === undefined) {
    const { explainDay } = await import('../explain/explain-day.js');
    return explainDay(context, { ...options, symbol: symbol ?? 'NIFTY', dates: day });
  }
  throw new AppError('SOS_INPUT', 'expected --run with --gate and --at, or --day, found neither of the two');
}

/** `sos explain`: why a gate decided what it decided at one bar of a run, or why each gate stayed out on a day. */
export function registerExplain(program: Command, contextOf: ContextOf): void {
  program
    .command('explain')
    .description('why a gate fired or stayed out: every condition with value, threshold, distance, age and source')
    .option('--run <id>', 'run id, its beginning, or "latest"')
    .option('--gate <id>', 'gate of the run')
    .option('--at <time>', 'close of the bar, YYYY-MM-DDTHH:MM in IST')
    .option('--day <day>', 'a day (or A..B) on which all gates are ranked by how near they came')
    .option('--symbol <name>', "underlying (default: NIFTY, or the run's first)")
    .option('--gates <ids>', 'with --day: gates, separated by commas (default: the 18)')
    .option('--extras', 'with --day: also the mirrors and variants in strategies/extras')
    .option('--source <name>', 'with --day: auto, imported, simulated or the name of a stored data set', 'auto')
    .option('--premiums <kind>', 'with --day: recorded, or modelled on the recorded index', 'recorded')
    .option(
      '--chain-max-age <minutes>',
      'with --day: age up to which gates read a page of the option chain (default: 10)',
    )
    .option('--seed <number>', 'with --day: seed of the simulated market', '1')
    .option('--json', 'print the result as JSON and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ExplainOptions, command: Command) => {
      await explain(contextOf(command), options);
    });
}
