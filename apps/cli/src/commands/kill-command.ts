import type { Command } from 'commander';
import type { KillOptions } from '../kill/kill.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos kill                                   every desk, at once
  sos kill --desk live --reason "runaway"
  sos kill --release "RELEASE THE KILL SWITCH"

The switch is a file in the folder of each desk: it works when nothing else does, survives restarts, and is asked before every entry.
A desk that runs withdraws its entries and leaves its positions. Only the typed words release it.`;

/** `sos kill`. */
export function registerKill(program: Command, contextOf: ContextOf): void {
  program
    .command('kill')
    .description('throw the kill switch: no entry leaves any more')
    .option('--desk <name>', 'paper or live (default: both)')
    .option('--reason <text>', 'why, for the journal')
    .option('--release <words>', 'release it, by typing RELEASE THE KILL SWITCH')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: KillOptions, command: Command) => {
      const { kill } = await import('../kill/kill.js');
      kill(contextOf(command), options);
    });
}
