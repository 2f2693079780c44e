import type { Command } from 'commander';
import type { ContextOf } from '../program.js';
import type { AblateOptions } from '../research/ablate.js';
import { withResearchOptions } from './research-options.js';

const EXAMPLES = `
Examples:
  sos ablate --gate BRF_SHORT --symbol NIFTY --from-date 2026-01-05 --to-date 2026-02-27
  sos ablate --gate BRF_SHORT --containing chain.pcr --symbol NIFTY --from-date 2026-01-05 --to-date 2026-02-27`;

/** `sos ablate`. */
export function registerAblate(program: Command, contextOf: ContextOf): void {
  withResearchOptions(program.command('ablate'))
    .description('leave one filter condition out: what is it worth, with an interval')
    .option(
      '--containing <text>',
      'leave out, together, the conditions that contain this text (default: each by itself)',
    )
    .option('--block-days <days>', 'mean block of the bootstrap', '1')
    .option('--bootstrap-seed <number>', 'seed of the bootstrap', '1')
    .addHelpText('after', EXAMPLES)
    .action(async (options: AblateOptions, command: Command) => {
      const { ablate } = await import('../research/ablate.js');
      await ablate(contextOf(command), options);
    });
}
