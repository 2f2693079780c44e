import type { Command } from 'commander';
import type { CompareOptions } from '../compare/compare.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos compare 20260112T101500 latest
  sos compare before.sosrun.gz latest --all
  sos compare before.sosrun.gz after.sosrun.gz --json`;

/** `sos compare`. */
export function registerCompare(program: Command, contextOf: ContextOf): void {
  program
    .command('compare')
    .description('explain what changed between two runs: configuration, gates, data, law, figures, trades')
    .argument('<a>', 'run id, its beginning, "latest", or the file of a bundle')
    .argument('<b>', 'the same, of the run that is held against it')
    .option('--all', 'every difference (20 of each kind otherwise)')
    .option('--json', 'print everything as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (...[a, b, options, command]: [string, string, CompareOptions, Command]) => {
      const { compare } = await import('../compare/compare.js');
      await compare(contextOf(command), [a, b], options);
    });
}
