import type { BarColumns, Contract, IstDate, Underlying } from '@sos/domain';
import { MS_PER_DAY, startOfIstDay, type EpochMs } from '@sos/domain';
import {
  classifyMinutes,
  countClasses,
  noMinutes,
  universeOf,
  type ClassCounts,
  type SeenMinutes,
} from '@sos/market-data';
import type { Rulebook } from '@sos/rulebook';
import type { ContractDay, ContractMinutes, SourceFilter, Store } from '@sos/store';
import { indexContract } from '@sos/symbol-master';

/** Whose coverage is asked for. */
export interface CoverageRequest {
  readonly underlying: Underlying;
  /** Trading days, ascending. */
  readonly days: readonly IstDate[];
  readonly filter: SourceFilter;
  /** False: only the index counts, as premiums are modelled. */
  readonly hasOptions: boolean;
  /** A gate trades the monthly expiry. */
  readonly monthly: boolean;
  /** Strikes on either side of each day's path. */
  readonly strikes: number;
  /** How long a chain page stands. */
  readonly pageMinutes: number;
  readonly rulebook: Rulebook;
}

/** The universe of one day by class of its contract-minutes. */
export interface DayCoverage {
  readonly underlying: Underlying;
  readonly day: IstDate;
  readonly contracts: number;
  readonly counts: ClassCounts;
}

const NONE: readonly never[] = [];

function grouped<T extends { readonly day: IstDate; readonly contract: string }>(rows: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const key = `${row.day} ${row.contract}`;
    const same = found.get(key);
    if (same === undefined) found.set(key, [row]);
    else same.push(row);
  }
  return found;
}

/** The index's bars of a day from the source that has most of them. */
async function indexOf(store: Store, underlying: Underlying, held: readonly ContractDay[]): Promise<BarColumns | null> {
  const best = held.reduce<ContractDay | null>((most, one) => (one.bars > (most?.bars ?? 0) ? one : most), null);
  if (best === null) return null;
  const from = startOfIstDay(best.day);
  const { source, dataset } = best;
  const range = { from, to: (from + MS_PER_DAY) as EpochMs };
  return store.readCandles({ contract: indexContract(underlying).id, ...range, source: { source, dataset } });
}

interface Known {
  readonly minutes: ReadonlyMap<string, ContractMinutes[]>;
  readonly held: ReadonlyMap<string, ContractDay[]>;
}

function classesOf(contract: Contract, day: IstDate, { known, pageMinutes }: { known: Known; pageMinutes: number }) {
  const key = `${day} ${contract.id}`;
  const shown: readonly SeenMinutes[] = known.minutes.get(key) ?? NONE;
  const answers = (known.held.get(key) ?? NONE).flatMap((one: ContractDay) => one.answer ?? []);
  return classifyMinutes({ contract, day, shown, answers, pageMinutes });
}

async function month(store: Store, request: CoverageRequest, days: readonly IstDate[]): Promise<DayCoverage[]> {
  const { underlying, filter, hasOptions, monthly, strikes, rulebook, pageMinutes } = request;
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return [];
  const range = { underlying, from, to, filter };
  const known: Known = {
    minutes: grouped(await store.minuteStates({ ...range, indexOnly: !hasOptions })),
    held: grouped(await store.contractDays(range)),
  };
  const found: DayCoverage[] = [];
  for (const day of days) {
    const own = known.held.get(`${day} ${indexContract(underlying).id}`) ?? NONE;
    const index = hasOptions ? await indexOf(store, underlying, own) : null;
    const universe = universeOf({ underlying, day, index, hasOptions, monthly, strikes, rulebook });
    const counts = noMinutes();
    for (const contract of universe) countClasses(counts, classesOf(contract, day, { known, pageMinutes }));
    found.push({ underlying, day, contracts: universe.length, counts });
  }
  return found;
}

/** What is stored of the universe of each day, month by month so that years take no more room than a month. */
export async function storedCoverage(store: Store, request: CoverageRequest): Promise<DayCoverage[]> {
  const months = [...new Set(request.days.map((day) => day.slice(0, 7)))];
  const found: DayCoverage[] = [];
  for (const days of months.map((name) => request.days.filter((day) => day.startsWith(name))))
    found.push(...(await month(store, request, days)));
  return found;
}

/** Contract-minutes that count, and those of them that are missing. */
export interface UniverseShare {
  readonly minutes: number;
  readonly missing: number;
  /** Of 100. */
  readonly missingPercent: number;
}

/**
 * The share of a universe that is missing. A day without an index has no path and so no strikes: it counts as many missing contracts as the widest
 * day has, so that whole days cannot hide behind days with many strikes.
 */
export function shareOf(days: readonly DayCoverage[]): UniverseShare {
  const widest = days.reduce((most, day) => Math.max(most, day.contracts), 1);
  let [minutes, missing] = [0, 0];
  for (const { contracts, counts } of days) {
    const weight = contracts === 1 ? widest : 1;
    const lost = counts.missing;
    minutes += weight * (Object.values(counts).reduce((sum, n) => sum + n, 0) - counts['not-listed']);
    missing += weight * lost;
  }
  return { minutes, missing, missingPercent: minutes === 0 ? 100 : (100 * missing) / minutes };
}
