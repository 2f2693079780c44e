#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AppError, istInstant, parseIstDate } from '@sos/domain';
import { createSimulatedMarket, recordedMessages } from '@sos/market-data';
import { z } from 'zod';
import { createExchangeServer } from './exchange-server.js';
import { FaultScript, type FaultScriptInput } from './fault-script.js';
import { createNseServer } from './nse/nse-server.js';
import { runningClock } from './sim-clock.js';
import { createTradingViewServer } from './tradingview/tradingview-server.js';
import { createTrendlyneServer } from './trendlyne/trendlyne-server.js';

const TURN_MS = 1_000;
const DEFAULT_PORT = 8650;

const MOST_SPEED = 100;

const HELP = `Stand-ins of Upstox (REST, orders, market feed, portfolio stream), NSE, Trendlyne and TradingView on this machine.

  --date YYYY-MM-DD   day of the market (2026-01-12)
  --time HH:MM        Indian time at which it begins (09:14)
  --speed N           how much faster than the real day it runs, up to 100 (1)
  --seed TEXT         seed of the simulated market (exchange-sim)
  --recorded FOLDER   play recorded feed messages of that day instead (upstox-ticks)
  --master FILE       instrument master of the recording
  --cash RUPEES       money of the account (1000000)
  --token TOKEN       a token that is valid without a login; may be repeated
  --faults FILE       fault script, JSON
  --port N            first of four ports (8650)
`;

function numberOf(name: string, text: string, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0 && value <= most) return value;
  const expected = most < Number.MAX_SAFE_INTEGER ? `a number above 0, at most ${most}` : 'a positive number';
  throw new AppError('SOS_INPUT', `expected --${name} to be ${expected}, found "${text}"`);
}

/** The script of a file; the server that it is for says what is wrong with it. */
async function scriptOf(file: string | undefined): Promise<FaultScriptInput> {
  if (file === undefined) return {};
  const parsed = FaultScript.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success)
    throw new AppError('SOS_INPUT', `expected a fault script in ${file}, found: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function options() {
  return parseArgs({
    options: {
      date: { type: 'string', default: '2026-01-12' },
      time: { type: 'string', default: '09:14' },
      speed: { type: 'string', default: '1' },
      seed: { type: 'string', default: 'exchange-sim' },
      port: { type: 'string', default: String(DEFAULT_PORT) },
      cash: { type: 'string', default: '1000000' },
      faults: { type: 'string' },
      recorded: { type: 'string' },
      master: { type: 'string' },
      token: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

async function main(): Promise<void> {
  const values = options();
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const speed = numberOf('speed', values.speed, MOST_SPEED);
  const [port, cashRupees] = [numberOf('port', values.port), numberOf('cash', values.cash)];
  const faults = await scriptOf(values.faults);
  const recorded = values.recorded === undefined ? undefined : await recordedMessages(values.recorded, values.master);
  const market = {
    market: createSimulatedMarket({ seed: values.seed }),
    clock: runningClock(istInstant(parseIstDate(values.date), values.time), speed),
    faults,
  };
  const server = createExchangeServer({
    ...market,
    tokens: values.token,
    cashRupees,
    ...(recorded ? { recorded } : {}),
  });
  const [nse, trendlyne] = [createNseServer(market), createTrendlyneServer(market)];
  const tradingView = createTradingViewServer({ ...market, tokens: values.token });
  const sites = [nse, trendlyne, tradingView];
  const address = await server.listen(port);
  const others = await Promise.all(sites.map((site, i) => site.listen(port + 1 + i)));
  let isTurning = false;
  const timer = setInterval(() => {
    // A turn that takes longer than its time is not begun twice.
    if (isTurning) return;
    isTurning = true;
    void Promise.all([server.turn(), tradingView.turn()]).finally(() => {
      isTurning = false;
    });
  }, TURN_MS / speed);
  const stop = (): void => {
    clearInterval(timer);
    for (const one of [server, ...sites]) void one.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const played = recorded === undefined ? `SIMULATED market, seed ${values.seed}` : `RECORDED day ${recorded.date}`;
  process.stdout.write(
    `Stand-ins of Upstox on ${address}, NSE on ${others[0]}, Trendlyne on ${others[1]}, TradingView on ${others[2]}: ` +
      `${played}, ${speed}x from ${values.date} ${values.time} IST (Ctrl+C ends them)\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
