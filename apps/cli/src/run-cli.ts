import { CommanderError } from 'commander';
import { maskedIo } from './failure/masked-io.js';
import { printFailure } from './failure/print-failure.js';
import { buildProgram, type Outcome } from './program.js';
import type { CliIo } from './terminal/cli-io.js';

export const CLI_VERSION = '0.0.1';

/**
 * Runs one `sos` command.
 * @param argv arguments after the program name
 * @returns the exit code: 0 done, 2 the command must be corrected, 1 anything else; never throws
 */
export async function runCli(argv: readonly string[], given: CliIo): Promise<number> {
  const io = maskedIo(given);
  const outcome: Outcome = { exitCode: 0 };
  try {
    const program = buildProgram(io, CLI_VERSION, outcome);
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return printFailure(io, error, argv.includes('--verbose') || argv.includes('-v'));
  }
}
