import { AppError, addDays, istDateOf, parseIstDate, type IstDate, type Underlying } from '@sos/domain';
import type { Store } from '@sos/store';
import { parseUnderlying } from '@sos/symbol-master';
import type { CommandContext } from '../commands/command-context.js';
import { loadConfig } from '../config/load-config.js';
import { withStore } from '../db/with-store.js';
import { parseList } from '../options/lists.js';
import { loadRulebook } from '../rules/load-rulebook.js';
import { calendarText } from './calendar-text.js';
import { shareOf, storedCoverage, type DayCoverage } from './stored-coverage.js';

/** Options of `sos coverage` as given. */
export interface CoverageOptions {
  readonly symbol: string;
  readonly month?: string;
  readonly source: string;
  readonly json?: boolean;
}

/** A month of one underlying. */
export interface MonthCoverage {
  readonly underlying: Underlying;
  /** YYYY-MM. */
  readonly month: string;
  readonly days: readonly DayCoverage[];
}

function lastDay(month: string): IstDate {
  const next = addDays(parseIstDate(`${month}-28`), 4);
  return addDays(parseIstDate(`${next.slice(0, 7)}-01`), -1);
}

function monthOf(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new AppError('SOS_INPUT', `expected --month YYYY-MM, found "${text}"`);
}

async function latestMonth(store: Store, underlying: Underlying, source: string): Promise<string> {
  const known = (await store.datasets()).filter((d) => d.underlying === underlying);
  const isReal = (d: (typeof known)[number]): boolean => d.source === 'recorded' || d.source === 'derived';
  const own = known.filter((d) =>
    source === 'imported' ? isReal(d) : source === 'simulated' ? !isReal(d) : d.dataset === source,
  );
  const last = own
    .map((d) => d.to)
    .sort()
    .at(-1);
  if (last !== undefined) return last.slice(0, 7);
  throw new AppError('SOS_NO_DATA', `expected stored data of ${underlying} (${source}), found none`, {
    context: { remedy: 'Bring some in with `sos ingest` or `sos import`, or name another --source or --month.' },
  });
}

async function monthsOf(context: CommandContext, store: Store, options: CoverageOptions): Promise<MonthCoverage[]> {
  const { settings } = loadConfig(context.io);
  const { rulebook } = await loadRulebook(context.settings.dataDir);
  const found: MonthCoverage[] = [];
  for (const underlying of parseList(options.symbol).map(parseUnderlying)) {
    const month = options.month ?? (await latestMonth(store, underlying, options.source));
    const today = istDateOf(context.io.now());
    const days = rulebook.tradingDays(parseIstDate(`${month}-01`), lastDay(month)).filter((day) => day <= today);
    const request = { underlying, days, filter: options.source, rulebook, hasOptions: true, monthly: true };
    const { strikes, pageMinutes } = settings.coverage;
    found.push({ underlying, month, days: await storedCoverage(store, { ...request, strikes, pageMinutes }) });
  }
  return found;
}

/** `sos coverage`: a calendar of what is stored, and the classes of all contract-minutes. */
export async function showCoverage(context: CommandContext, options: CoverageOptions): Promise<void> {
  if (options.month !== undefined) monthOf(options.month);
  const months = await withStore(context, (store) => monthsOf(context, store, options));
  if (options.json === true) {
    const told = months.map((one) => ({ ...one, universe: shareOf(one.days) }));
    return context.print(JSON.stringify(told, null, 2));
  }
  for (const month of months) context.io.out.write(calendarText(month, context.palette));
}
