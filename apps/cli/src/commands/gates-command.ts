import type { Command } from 'commander';
import type { ImportGatesOptions } from '../gates/import-gates.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos gates list
  sos gates validate                    all shipped gates
  sos gates validate ./my-gates         a folder or one file
  sos gates show BRF_SHORT
  sos gates import ./old-strategies --to ./my-gates`;

/** `sos gates list|validate|show|import`. */
export function registerGates(program: Command, contextOf: ContextOf): void {
  const gates = program.command('gates').description('list, check and explain gates').addHelpText('after', EXAMPLES);
  gates
    .command('list')
    .description('all gates with side, option and session')
    .option('--json', 'print as JSON')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { listGates } = await import('../gates/list-gates.js');
      await listGates(contextOf(command), options);
    });
  gates
    .command('validate')
    .description('check gate files and report every problem with its place')
    .argument('[path]', 'a gate file or a folder of them (default: the shipped gates)')
    .option('--json', 'print the problems as JSON')
    .action(async (path: string | undefined, options: { json?: boolean }, command: Command) => {
      const { validateGates } = await import('../gates/validate-gates.js');
      await validateGates(contextOf(command), { ...options, path });
    });
  gates
    .command('show')
    .description('one gate: conditions, phases, levels and exits')
    .argument('<id>', 'gate id, see sos gates list')
    .option('--json', 'print the gate file as JSON')
    .action(async (id: string, options: { json?: boolean }, command: Command) => {
      const { showGate } = await import('../gates/show-gate.js');
      await showGate(contextOf(command), { ...options, id });
    });
  gates
    .command('import')
    .description('convert strategy files of the first seed (pattern_id, phases, execution) and list what was repaired')
    .argument('<path>', 'a strategy file or a folder of them')
    .option('--to <folder>', 'where the gates are written', 'imported-gates')
    .option('--force', 'replace gates that are there already and differ')
    .option('--json', 'print repairs and problems as JSON')
    .action(async (path: string, options: Omit<ImportGatesOptions, 'path'>, command: Command) => {
      const { importGates } = await import('../gates/import-gates.js');
      await importGates(contextOf(command), { ...options, path });
    });
}
