// Measures the simulated market and the recorded sets with the same code and writes both into docs/simulated-market.md:
//   node --conditions=@sos/source --import tsx tools/bench/simulated/calibrate.ts [--print]
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { istDateOf, type BarColumns, type ChainTape, type EpochMs, type IstDate, type Underlying } from '@sos/domain';
import { createSimulatedMarket } from '@sos/market-data';
import { lotSize } from '@sos/rulebook';
import {
  SMILE,
  STEPS,
  chainStatistics,
  type ChainStatistics,
} from '../../../libs/market-data/src/simulated/calibration/chain-statistics.js';
import {
  LAGS,
  SEGMENTS,
  minuteCorrelation,
  returnStatistics,
  type ReturnStatistics,
} from '../../../libs/market-data/src/simulated/calibration/return-statistics.js';
import { recordedChains, recordedDays, recordedFolder } from './recorded.js';

const DOCUMENT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../docs/simulated-market.md');
const START = '<!-- statistics:start -->';
const END = '<!-- statistics:end -->';
const SEED = 'calibration';

const day = (text: string): IstDate => text as IstDate;
const number = (x: number, digits = 2): string => (Number.isNaN(x) ? '–' : x.toFixed(digits));
const list = (x: readonly number[], digits = 2): string => x.map((v) => number(v, digits)).join(' · ');
const percent = (x: readonly number[]): string => x.map((v) => `${Math.round(100 * v)} %`).join(' · ');

type Line<S> = readonly [name: string, text: (s: S) => string];

function table<S>(lines: readonly Line<S>[], columns: readonly (readonly [name: string, value: S])[]): string {
  const head = `| | ${columns.map(([name]) => name).join(' | ')} |\n| --- | ${columns.map(() => '--- | ').join('')}`;
  return [
    head.trimEnd(),
    ...lines.map(([name, text]) => `| ${name} | ${columns.map(([, v]) => text(v)).join(' | ')} |`),
  ].join('\n');
}

const RETURNS: readonly Line<ReturnStatistics>[] = [
  ['Sessions', (s) => String(s.sessions)],
  [
    'Deviation of a session’s minutes, basis points: root mean square (median)',
    (s) => `${number(s.sessionDeviation, 1)} (${number(s.medianSessionDeviation, 1)})`,
  ],
  ['Spread of its logarithm from day to day', (s) => number(s.logSpread)],
  ['Open to close, gap: standard deviation, basis points', (s) => `${number(s.openToClose, 1)}, ${number(s.gap, 1)}`],
  [
    'Kurtosis of 1-minute returns: all (without each first minute)',
    (s) => `${number(s.kurtosis, 1)} (${number(s.kurtosisAfterOpen, 1)})`,
  ],
  ['… freed of the day’s and the minute’s usual size', (s) => number(s.kurtosisFreed, 1)],
  ['Autocorrelation of returns, lag 1', (s) => number(s.echo, 3)],
  [`Autocorrelation of absolute returns, lags ${LAGS.join(' · ')}`, (s) => list(s.absolute)],
  ['… freed of the day’s and the minute’s usual size', (s) => list(s.absoluteFreed)],
  [
    `Size of returns in minutes ${SEGMENTS.map(([a, b]) => `${a}–${b}`).join(' · ')} over the day’s mean`,
    (s) => list(s.shape),
  ],
  ['Range of a bar over its absolute change', (s) => number(s.range)],
];

const CHAINS: readonly Line<ChainStatistics>[] = [
  ['Days to expiry', (s) => number(s.daysToExpiry, 1)],
  ['At-the-money volatility, % (start · middle · end)', (s) => list(s.atm, 1)],
  [`Volatility over at-the-money at ${SMILE.join(' · ')} standard deviations`, (s) => list(s.smile)],
  [`Median spread, rupees, at ${STEPS.join(' · ')} steps out of the money`, (s) => list(s.spread)],
  ['Median lots at the bid, same places', (s) => list(s.bidLots, 0)],
  ['Share of open interest in the five largest strikes: calls · puts', (s) => percent(s.topFive)],
  ['Open interest of strikes at multiples of ten steps over the others', (s) => number(s.roundness, 1)],
  ['PCR ±10 strikes: lowest · median · highest', (s) => list(s.pcr)],
  [
    'Calls, 5-minute changes: long buildup · short buildup · short covering · long unwinding',
    (s) => percent(s.callBuildups),
  ],
  ['Puts, same', (s) => percent(s.putBuildups)],
  ['One-minute differences of open interest that are zero', (s) => percent([s.still])],
  ['Volume of the day over open interest', (s) => number(s.turnover, 1)],
];

const market = createSimulatedMarket({ seed: SEED });

async function simulatedDays(underlying: Underlying, from: string, to: string): Promise<BarColumns[]> {
  const dates = await market.sessions(underlying, day(from), day(to));
  const tapes = await Promise.all(dates.map((date) => market.day(underlying, date)));
  return tapes.flatMap((tape) => (tape?.index.length === 375 ? [tape.index] : []));
}

async function simulatedChains(underlying: Underlying, date: string): Promise<readonly ChainTape[]> {
  return (await market.day(underlying, day(date)))?.chains ?? [];
}

function chainColumn(name: string, tape: ChainTape | undefined): (readonly [string, ChainStatistics])[] {
  if (tape === undefined) return [];
  const date = istDateOf(tape.eventTime[0] as EpochMs);
  return [[name, chainStatistics(tape, lotSize(tape.underlying, tape.expiry, date))]];
}

/** Jump of the index out of the closing auction, points. */
function auctionJumps(days: readonly BarColumns[]): number[] {
  return days.map((d) => Math.abs((d.close[374] as number) - (d.close[365] as number))).sort((a, b) => a - b);
}

async function sections(folder: string): Promise<string[]> {
  const nifty = await recordedDays(folder, 'index-1m-2021-2023', 'NIFTY');
  const bank = await recordedDays(folder, 'index-1m-2021-2023', 'BANKNIFTY');
  const [ownNifty, ownBank] = [
    await simulatedDays('NIFTY', '2021-01-01', '2023-01-31'),
    await simulatedDays('BANKNIFTY', '2021-01-01', '2023-01-31'),
  ];
  const returns = table(RETURNS, [
    ['NIFTY recorded', returnStatistics(nifty)],
    ['NIFTY simulated', returnStatistics(ownNifty)],
    ['BANKNIFTY recorded', returnStatistics(bank)],
    ['BANKNIFTY simulated', returnStatistics(ownBank)],
  ]);
  const times = new Set(bank.map((d) => d.time[0]));
  const shared = nifty.filter((d) => times.has(d.time[0]));
  const sharedTimes = new Set(shared.map((d) => d.time[0]));
  const real = minuteCorrelation(
    shared,
    bank.filter((d) => sharedTimes.has(d.time[0])),
  );
  const own = minuteCorrelation(ownNifty, ownBank);
  const together = `NIFTY and BANKNIFTY, 1-minute returns: correlation ${number(real.correlation)} recorded, ${number(own.correlation)} simulated; BANKNIFTY moves ${number(real.slope)} per 1 of NIFTY recorded, ${number(own.slope)} simulated.`;
  const auctions = auctionJumps(
    await recordedDays(folder, 'index-1m-2026-08', 'NIFTY').then((d) =>
      d.filter((x) => istDateOf(x.time[0] as EpochMs) >= '2026-08-03'),
    ),
  );
  const ownAuctions = auctionJumps(await simulatedDays('NIFTY', '2026-08-03', '2026-11-20'));
  const mean = (x: readonly number[]): string => number(x.reduce((a, b) => a + b, 0) / x.length, 0);
  const auction = `Jump of NIFTY out of the closing auction, points: mean ${mean(auctions)}, largest ${number(auctions.at(-1) ?? Number.NaN, 0)} over ${auctions.length} recorded sessions; mean ${mean(ownAuctions)}, largest ${number(ownAuctions.at(-1) ?? Number.NaN, 0)} over ${ownAuctions.length} simulated ones.`;
  const recorded = await recordedChains(folder, 'chain-1m-2025-08-29', 'NIFTY');
  const recordedBank = await recordedChains(folder, 'chain-1m-2025-08-29', 'BANKNIFTY');
  const at = (tapes: readonly ChainTape[], i: number): ChainTape | undefined =>
    [...tapes].sort((a, b) => (a.expiry < b.expiry ? -1 : 1))[i];
  const simulated = await simulatedChains('NIFTY', '2025-08-29');
  const simulatedBank = await simulatedChains('BANKNIFTY', '2025-08-29');
  const chains = table(CHAINS, [
    ...chainColumn('NIFTY weekly recorded', at(recorded, 0)),
    ...chainColumn('NIFTY weekly simulated', at(simulated, 0)),
    ...chainColumn('NIFTY next week recorded', at(recorded, 1)),
    ...chainColumn('NIFTY next week simulated', at(simulated, 1)),
    ...chainColumn('BANKNIFTY monthly recorded', at(recordedBank, 0)),
    ...chainColumn('BANKNIFTY monthly simulated', at(simulatedBank, 0)),
  ]);
  return [
    '## Returns of the index, 2021-01 to 2023-01',
    returns,
    together,
    auction,
    '## Option chains of 2025-08-29',
    chains,
    await spread(),
  ];
}

/** What one day cannot show: how PCR, volatility and buildups vary over simulated days. */
async function spread(): Promise<string> {
  const dates = await market.sessions('NIFTY', day('2025-07-01'), day('2025-12-31'));
  const found: ChainStatistics[] = [];
  for (const date of dates.filter((_, i) => i % 4 === 0)) {
    const tape = (await market.day('NIFTY', date))?.chains[0];
    if (tape !== undefined && tape.length > 300) found.push(chainStatistics(tape, lotSize('NIFTY', tape.expiry, date)));
  }
  const range = (value: (s: ChainStatistics) => number, digits = 2): string => {
    const sorted = found.map(value).sort((a, b) => a - b);
    const at = (q: number): number => sorted[Math.round(q * (sorted.length - 1))] ?? Number.NaN;
    return `${number(at(0), digits)} to ${number(at(1), digits)} (median ${number(at(0.5), digits)})`;
  };
  return `Over ${found.length} simulated NIFTY sessions of 2025: PCR ±10 at mid-session ${range((s) => s.pcr[1])}; at-the-money volatility ${range((s) => s.atm[1], 1)} %; share of long buildup in calls ${range((s) => s.callBuildups[0] as number)}, short buildup ${range((s) => s.callBuildups[1] as number)}, short covering ${range((s) => s.callBuildups[2] as number)}, long unwinding ${range((s) => s.callBuildups[3] as number)}.`;
}

const folder = recordedFolder();
if (folder === null) throw new Error('expected recorded data in ../shared/data or SOS_SHARED_DATA, found none');
const text = (await sections(folder)).join('\n\n');
if (process.argv.includes('--print')) process.stdout.write(`${text}\n`);
else {
  const before = readFileSync(DOCUMENT, 'utf8');
  const [head = '', rest = ''] = before.split(START);
  writeFileSync(DOCUMENT, `${head}${START}\n\n${text}\n\n${END}${rest.split(END)[1] ?? ''}`);
}
