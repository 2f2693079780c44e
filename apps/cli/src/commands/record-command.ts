import type { Command } from 'commander';
import type { ContextOf } from '../program.js';
import type { RecordOptions } from '../recording/record-options.js';

const EXAMPLES = `
Examples:
  sos record --symbol NIFTY
  sos record --symbol NIFTY,BANKNIFTY --raw
  sos record --symbol NIFTY --until 12:30 --strikes 30 --expiries 3

Records index, front future and options around the money to 1-minute bars with quotes and open interest, and to chain snapshots.
Ctrl+C ends it and keeps everything. Killed, it loses at most the minute in progress, with --raw the last second; the same command
goes on. A recorded day is data like any other: sos backtest --source imported, or --source upstox-live.
Raw frames are in <data folder>/recordings and are read again by: sos import upstox-frames <folder>`;

/** `sos record`. */
export function registerRecord(program: Command, contextOf: ContextOf): void {
  program
    .command('record')
    .description('record the live market into the database')
    .option('--symbol <names>', 'underlyings, separated by commas: NIFTY, BANKNIFTY, … (required)')
    .option('--until <time>', 'when to end, HH:MM Indian time (default: after the close)')
    .option('--raw', 'also keep every frame as it came')
    .option('--provider <name>', 'where the feed comes from', 'upstox')
    .option('--strikes <count>', 'strikes on each side of the money', '20')
    .option('--expiries <count>', 'nearest expiries', '2')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: RecordOptions, command: Command) => {
      const { record } = await import('../recording/record.js');
      await record(contextOf(command), options);
    });
}
