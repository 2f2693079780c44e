import type { Command } from 'commander';

/** A repeatable option, gathered. */
export function gathered(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** The options that every research command over one gate shares: those of `sos backtest`, and who does the work. */
export function withResearchOptions(command: Command): Command {
  return command
    .requiredOption('--gate <id>', 'the gate, see sos gates list')
    .requiredOption('--symbol <names>', 'underlyings, separated by commas')
    .requiredOption('--from-date <day>', 'first day, YYYY-MM-DD')
    .requiredOption('--to-date <day>', 'last day, YYYY-MM-DD')
    .option('--source <name>', 'auto, imported, simulated or a stored data set', 'auto')
    .option('--premiums <kind>', 'recorded, or modelled on the recorded index', 'recorded')
    .option('--capital <rupees>', 'capital at the start', '500000')
    .option('--chain-max-age <minutes>', 'age up to which gates read a page of the option chain (default: 10)')
    .option('--allow-missing', 'run although much of the stored universe is missing; the results are stamped')
    .option('--seed <number>', 'seed of the simulated market and of modelled premiums', '1')
    .option('--workers <count>', 'worker threads', '1')
    .option('--queue [url]', 'run by the workers of the queue (sos worker); default: the database of this command')
    .option('--json', 'print the result as JSON and nothing else');
}
