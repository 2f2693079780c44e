#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AppError, istInstant, parseIstDate } from '@sos/domain';
import { createSimulatedMarket, recordedMessages } from '@sos/market-data';
import { createExchangeServer } from './exchange-server.js';
import { FaultScript } from './fault-script.js';
import { createNseServer } from './nse/nse-server.js';
import { runningClock } from './sim-clock.js';
import { createTradingViewServer } from './tradingview/tradingview-server.js';
import { createTrendlyneServer } from './trendlyne/trendlyne-server.js';

const TURN_MS = 1_000;
const DEFAULT_PORT = 8650;

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new AppError('SOS_INPUT', `expected --${name} to be a positive number, found "${text}"`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      date: { type: 'string', default: '2026-01-12' },
      time: { type: 'string', default: '09:14' },
      speed: { type: 'string', default: '1' },
      seed: { type: 'string', default: 'exchange-sim' },
      port: { type: 'string', default: String(DEFAULT_PORT) },
      faults: { type: 'string' },
      recorded: { type: 'string' },
      master: { type: 'string' },
      token: { type: 'string', multiple: true, default: [] },
    },
  });
  const speed = numberOf('speed', values.speed);
  const script =
    values.faults === undefined ? {} : FaultScript.parse(JSON.parse(await readFile(values.faults, 'utf8')));
  const market = {
    market: createSimulatedMarket({ seed: values.seed }),
    clock: runningClock(istInstant(parseIstDate(values.date), values.time), speed),
    faults: script,
  };
  const recorded = values.recorded === undefined ? undefined : await recordedMessages(values.recorded, values.master);
  const server = createExchangeServer({ ...market, tokens: values.token, ...(recorded ? { recorded } : {}) });
  const [nse, trendlyne] = [createNseServer(market), createTrendlyneServer(market)];
  const tradingView = createTradingViewServer({ ...market, tokens: values.token });
  const port = numberOf('port', values.port);
  const [address, nseAddress, trendlyneAddress, tradingViewAddress] = [
    await server.listen(port),
    await nse.listen(port + 1),
    await trendlyne.listen(port + 2),
    await tradingView.listen(port + 3),
  ];
  const timer = setInterval(() => {
    void server.turn();
    void tradingView.turn();
  }, TURN_MS / speed);
  const stop = (): void => {
    clearInterval(timer);
    for (const one of [server, nse, trendlyne, tradingView]) void one.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stdout.write(
    `Stand-ins of Upstox on ${address}, NSE on ${nseAddress}, Trendlyne on ${trendlyneAddress}, TradingView on ${tradingViewAddress}: ` +
      `SIMULATED market, seed ${values.seed} (Ctrl+C ends them)\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
