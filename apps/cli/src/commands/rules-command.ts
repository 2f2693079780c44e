import type { Command } from 'commander';
import type { ContextOf } from '../program.js';
import type { RulesOptions } from '../rules/rules.js';

const EXAMPLES = `
Examples:
  sos rules                                    today's law for NIFTY
  sos rules --date 2026-08-03 --underlying BANKNIFTY --explain
  sos rules diff 2026-07-31 2026-08-03

Rows of your own: <data folder>/rulebook.d/*.json; of two rows the later file wins. Backtests obey them too.`;

/** `sos rules` and `sos rules diff`. */
export function registerRules(program: Command, contextOf: ContextOf): void {
  const rules = program
    .command('rules')
    .description('print the market rules of a day, or what changed between two days')
    .option('--date <day>', 'day, YYYY-MM-DD (default: today)')
    .option('--underlying <name>', 'NIFTY, BANKNIFTY, …', 'NIFTY')
    .option('--explain', 'also confidence, source and notes of each rule')
    .option('--json', 'print JSON and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(async (options: RulesOptions, command: Command) => {
      const { showRules } = await import('../rules/rules.js');
      await showRules(contextOf(command), options);
    });
  rules
    .command('diff')
    .description('what changed between two days')
    .argument('<days...>', 'two days, YYYY-MM-DD')
    .action(async (days: string[], _options: object, command: Command) => {
      const { diffRules } = await import('../rules/rules.js');
      await diffRules(contextOf(command), days, command.optsWithGlobals<RulesOptions>());
    });
}
