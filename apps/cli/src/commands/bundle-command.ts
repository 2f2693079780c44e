import type { Command } from 'commander';
import type { BundleOptions } from '../bundle/bundle.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos bundle --run latest
  sos bundle --run 20260112T101500-1a2b3c --out nifty.sosrun.gz
  sos report --bundle nifty.sosrun.gz

A bundle holds configuration, gates, your rows of law and every record of the run; data are named by their hash. It is refused where it holds a secret.`;

/** `sos bundle`. */
export function registerBundle(program: Command, contextOf: ContextOf): void {
  program
    .command('bundle')
    .description('write a run as one file from which its report can be made again, anywhere')
    .option('--run <id>', 'run id, its beginning, or "latest"', 'latest')
    .option('--out <file>', 'file to write (default: <run id>.sosrun.gz)')
    .option('--json', 'print what was written as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: BundleOptions, command: Command) => {
      const { bundle } = await import('../bundle/bundle.js');
      await bundle(contextOf(command), options);
    });
}
