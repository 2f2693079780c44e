import { Command } from 'commander';
import { registerAblate } from './commands/ablate-command.js';
import { registerAuth } from './commands/auth-command.js';
import { registerBackfill } from './commands/backfill-command.js';
import { registerBacktest } from './commands/backtest-command.js';
import { registerBundle } from './commands/bundle-command.js';
import type { CommandContext } from './commands/command-context.js';
import { registerCompare } from './commands/compare-command.js';
import { registerConfig } from './commands/config-command.js';
import { registerCoverage } from './commands/coverage-command.js';
import { registerDb } from './commands/db-command.js';
import { registerDoctor } from './commands/doctor-command.js';
import { registerExplain } from './commands/explain-command.js';
import { registerGates } from './commands/gates-command.js';
import { registerHonesty } from './commands/honesty-command.js';
import { registerImport } from './commands/import-command.js';
import { registerIngest } from './commands/ingest-command.js';
import { registerKill } from './commands/kill-command.js';
import { registerMontecarlo } from './commands/montecarlo-command.js';
import { registerProviders } from './commands/providers-command.js';
import { registerRecord } from './commands/record-command.js';
import { registerQuarantine } from './commands/quarantine-command.js';
import { registerRepair } from './commands/repair-command.js';
import { registerReport } from './commands/report-command.js';
import { registerRules } from './commands/rules-command.js';
import { registerSim } from './commands/sim-command.js';
import { registerStatus } from './commands/status-command.js';
import { registerSweep } from './commands/sweep-command.js';
import { registerTrials } from './commands/trials-command.js';
import { registerWalkforward } from './commands/walkforward-command.js';
import { registerWorker } from './commands/worker-command.js';
import { resolveSettings, type GlobalOptions } from './settings/settings.js';
import type { CliIo } from './terminal/cli-io.js';
import { paletteOf } from './terminal/palette.js';

/** Makes the context of an action from the parsed options. */
export type ContextOf = (command: Command) => CommandContext;

const EXAMPLES = `
Examples:
  sos backtest --symbol NIFTY --from-date 2026-01-12 --to-date 2026-01-16
  sos import index-bars ./data/index-1m
  sos gates validate ./my-gates
  sos report --run 20260112T101500-1a2b3c --format json

Environment: SOS_DATA_DIR (data folder), DATABASE_URL (use this PostgreSQL server), NO_COLOR.
Exit codes: 0 done, 2 the command must be corrected, 1 anything else.`;

/** Set by an action that ends without an error but not with 0. */
export interface Outcome {
  exitCode: 0 | 1 | 2;
}

function contextMaker(io: CliIo, outcome: Outcome): ContextOf {
  return (command) => {
    const settings = resolveSettings(io, command.optsWithGlobals<GlobalOptions>());
    return {
      io,
      settings,
      palette: paletteOf(io, settings.color),
      print: (line) => io.out.write(`${line}\n`),
      note: (line) => io.err.write(`${line}\n`),
      exitWith: (code) => {
        outcome.exitCode = code;
      },
    };
  };
}

/** The `sos` program: argument parsing only; each action loads its own modules when it runs. */
export function buildProgram(io: CliIo, version: string, outcome: Outcome): Command {
  const program = new Command('sos')
    .description('Backtest intraday index-option gates on NSE data.')
    .version(version, '-V, --version')
    .option('--data-dir <folder>', 'data folder (default: SOS_DATA_DIR or .sos in the checkout)')
    .option('--strategies <folder>', 'folder of gate files (default: strategies in the checkout)')
    .option('-v, --verbose', 'show stack traces and details of errors')
    .option('--no-color', 'no colours')
    .addHelpText('after', EXAMPLES)
    .configureHelp({ showGlobalOptions: true, sortSubcommands: true })
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.err.write(text),
      outputError: () => undefined,
      getOutHelpWidth: () => io.out.columns,
    })
    .exitOverride();
  const context = contextMaker(io, outcome);
  const commands = [
    registerAblate,
    registerAuth,
    registerBackfill,
    registerBacktest,
    registerBundle,
    registerCompare,
    registerConfig,
    registerCoverage,
    registerDb,
    registerDoctor,
    registerExplain,
    registerGates,
    registerHonesty,
    registerImport,
    registerIngest,
    registerKill,
    registerMontecarlo,
    registerProviders,
    registerRecord,
    registerQuarantine,
    registerRepair,
    registerReport,
    registerRules,
    registerSim,
    registerStatus,
    registerSweep,
    registerTrials,
    registerWalkforward,
    registerWorker,
  ];
  for (const register of commands) register(program, context);
  return program;
}
