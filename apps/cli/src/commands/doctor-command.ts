import type { Command } from 'commander';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos doctor
  sos doctor --json

Exit code 1 when a check fails.`;

/** `sos doctor`. */
export function registerDoctor(program: Command, contextOf: ContextOf): void {
  program
    .command('doctor')
    .description('check Node, data folder, database, rulebook and gates')
    .option('--json', 'print as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: { json?: boolean }, command: Command) => {
      const { doctor } = await import('../doctor/doctor.js');
      await doctor(contextOf(command), options);
    });
}
