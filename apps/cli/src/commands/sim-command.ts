import type { Command } from 'commander';
import type { ContextOf } from '../program.js';
import type { SimOptions } from '../sim/sim-arguments.js';

const EXAMPLES = `
Examples:
  sos sim --token my-token
  sos sim --date 2026-01-12 --time 09:14 --speed 20 --faults faults.json
  sos sim --recorded ./upstox-ticks-2025-12-15 --date 2025-12-15 --time 09:30 --speed 20

A local exchange and broker that speaks Upstox: orders, books, positions, funds, market feed and portfolio stream, on a SIMULATED or
recorded day; beside it NSE, Trendlyne and TradingView on the next three ports. Nothing leaves this machine. Clients log in with client id
sim-key and secret sim-secret, or bring a token of --token. Faults: see apps/exchange-sim/README.md. Ctrl+C ends it.`;

/** `sos sim`. */
export function registerSim(program: Command, contextOf: ContextOf): void {
  program
    .command('sim')
    .description('start a local exchange and broker to trade against')
    .option('--date <day>', 'day of the market, YYYY-MM-DD (default: 2026-01-12)')
    .option('--time <time>', 'Indian time at which it begins, HH:MM (default: 09:14)')
    .option('--speed <factor>', 'times the speed of the real day, up to 100 (default: 1)')
    .option('--seed <text>', 'seed of the simulated market')
    .option('--recorded <folder>', 'play recorded feed messages of the day instead (upstox-ticks)')
    .option('--master <file>', 'instrument master of the recording (default: the nearest beside it)')
    .option('--cash <rupees>', 'money of the account (default: 1000000)')
    .option('--token <tokens>', 'tokens that are valid without a login, separated by commas')
    .option('--faults <file>', 'fault script, JSON')
    .option('--port <number>', 'first of four ports (default: 8650)')
    .addHelpText('after', EXAMPLES)
    .action(async (options: SimOptions, command: Command) => {
      const { sim } = await import('../sim/sim.js');
      await sim(contextOf(command), options);
    });
}
