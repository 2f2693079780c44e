import { createHash } from 'node:crypto';
import {
  AppError,
  MS_PER_MINUTE,
  formatIstClock,
  istDateOf,
  parseIstDate,
  type ChainTape,
  type EpochMs,
  type IstDate,
} from '@sos/domain';
import type { Provider } from '@sos/market-data';
import type { Store } from '@sos/store';
import { parseUnderlying } from '@sos/symbol-master';
import type { Underlying } from '@sos/domain';
import type { CommandContext } from '../commands/command-context.js';
import { loadConfig } from '../config/load-config.js';
import { withStore } from '../db/with-store.js';
import { parseList } from '../options/lists.js';
import { sourcesOf } from '../providers/provider-registry.js';
import { figures, renderTable } from '../render/table.js';
import { loadRulebook } from '../rules/load-rulebook.js';
import { startProgress } from '../terminal/progress.js';

/** Options of `sos backfill trendlyne` as given. */
export interface BackfillOptions {
  readonly symbol: string;
  readonly date?: string;
  readonly json?: boolean;
}

/** What a backfill did with the pages of one expiry. */
export interface BackfilledChain {
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly pages: number;
  readonly kept: number;
  /** Pages that were there before. */
  readonly held: number;
  /** Pages on which the vendor had nothing. */
  readonly empty: number;
}

interface Page {
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly at: EpochMs;
}

const KIND = 'backfill-trendlyne';
const REVISION = 1;
const CADENCE = 3 * MS_PER_MINUTE;

/** A page is asked for once: its name says which, whatever it held. */
function unitOf({ underlying, expiry, at }: Page, date: IstDate) {
  const name = `trendlyne/${underlying} ${expiry} ${date}T${formatIstClock(at)}`;
  return { kind: KIND, name, size: 0, sha256: createHash('sha256').update(name).digest('hex'), revision: REVISION };
}

async function keepPage(store: Store, unit: ReturnType<typeof unitOf>, tape: ChainTape): Promise<void> {
  await store.importFile(unit, async (tx) => {
    if (tape.length > 0) await tx.writeChains([tape], 'trendlyne');
    tx.count({ read: tape.length * tape.strikes.length });
  });
}

interface Work {
  readonly store: Store;
  readonly provider: Required<Pick<Provider, 'openInterest'>>;
  readonly date: IstDate;
  readonly isOver: boolean;
  readonly tell: (page: Page) => void;
}

async function chain(
  { store, provider, date, isOver, tell }: Work,
  pages: readonly Page[],
): Promise<Omit<BackfilledChain, 'underlying' | 'expiry'>> {
  let [kept, held, empty] = [0, 0, 0];
  for (const page of pages) {
    tell(page);
    const unit = unitOf(page, date);
    if ((await store.importedAlready(unit)) !== null) {
      held++;
      continue;
    }
    const { tape } = await provider.openInterest(page);
    // An empty page of a running day may still be filled; one of a day that is over will not.
    if (tape.length > 0 || isOver) await keepPage(store, unit, tape);
    if (tape.length === 0) empty++;
    else kept++;
  }
  return { pages: pages.length, kept, held, empty };
}

function required(text: string | undefined): IstDate {
  if (text !== undefined && text !== '') return parseIstDate(text);
  throw new AppError('SOS_INPUT', 'expected --date <day>, found nothing');
}

async function pagesOf(context: CommandContext, underlying: Underlying, date: IstDate): Promise<Page[][]> {
  const { rulebook } = await loadRulebook(context.settings.dataDir);
  const session = rulebook.sessionOf(date);
  if (session === null) throw new AppError('SOS_DATE_RANGE', `expected a trading day, found ${date}: no session`);
  const { expiries } = loadConfig(context.io).settings.ingest;
  const alive = rulebook
    .listedExpiries(underlying, date)
    .map((e) => e.finalDate)
    .filter((e) => e >= date)
    .sort();
  const until = Math.min(session.close, context.io.now());
  const times: EpochMs[] = [];
  for (let at = session.open + CADENCE; at <= until; at += CADENCE) times.push(at as EpochMs);
  return [...new Set(alive)].slice(0, expiries).map((expiry) => times.map((at) => ({ underlying, expiry, at })));
}

/** `sos backfill trendlyne`: every page of open interest of a day, one transaction each. */
export async function backfillTrendlyne(context: CommandContext, options: BackfillOptions): Promise<void> {
  const date = required(options.date);
  const underlyings = parseList(options.symbol).map(parseUnderlying);
  const { settings } = loadConfig(context.io);
  const [source] = await sourcesOf(context, { settings: settings.providers, named: ['trendlyne'] });
  const provider = source?.provider;
  if (provider?.openInterest === undefined)
    throw new AppError('SOS_INVARIANT', 'expected open interest of trendlyne, found none');
  const open = provider.openInterest.bind(provider);
  const isOver = date < istDateOf(context.io.now());
  const chains = (await Promise.all(underlyings.map((u) => pagesOf(context, u, date)))).flat();
  const total = chains.reduce((sum, pages) => sum + pages.length, 0);
  const done = await withStore(context, async (store) => {
    const progress = await startProgress(context.io, 'Backfill (pages)');
    let at = 0;
    const tell = ({ underlying, at: time }: Page): void =>
      progress.update(at++, total, `${underlying} ${formatIstClock(time)}`);
    const found: BackfilledChain[] = [];
    try {
      for (const pages of chains) {
        const [first] = pages;
        if (first === undefined) continue;
        const { underlying, expiry } = first;
        found.push({
          underlying,
          expiry,
          ...(await chain({ store, provider: { openInterest: open }, date, isOver, tell }, pages)),
        });
      }
      return found;
    } finally {
      progress.stop();
    }
  });
  if (options.json === true) return context.print(JSON.stringify(done, null, 2));
  const rows = done.map((c) => [c.underlying, c.expiry, ...[c.pages, c.kept, c.held, c.empty].map(String)]);
  const columns = [{ name: 'Symbol' }, { name: 'Expiry' }, ...figures('Pages', 'Kept', 'Held before', 'Empty')];
  context.print(renderTable(columns, rows));
}
