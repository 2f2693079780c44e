import { and, asc, between, count, eq, max, min, sum } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import {
  isUnderlying,
  parseIstDate,
  SERIES_SOURCES,
  type IstDate,
  type SeriesSource,
  type Underlying,
} from '@sos/domain';

import { admits, type DataSource, type SourceFilter } from '../data-source.js';
import { candleCoverage } from '../schema/candle-coverage.js';
import { chainCoverage } from '../schema/chain-coverage.js';
import { instruments } from '../schema/instruments.js';
import { marketSources } from '../schema/market-sources.js';
import { optionChains } from '../schema/option-chains.js';

/** What one source holds of one kind of series of an underlying on one day. `rows` are bars, or snapshots summed over the expiries. */
export interface SeriesCoverage extends DataSource {
  readonly day: IstDate;
  readonly series: 'index' | 'future' | 'option' | 'chain';
  /** Contracts, or expiries for chains. */
  readonly contracts: number;
  readonly rows: number;
}

/** Which days of an underlying, both included, and which sources (all by default). */
export interface CoverageQuery {
  readonly underlying: Underlying;
  readonly from: IstDate;
  readonly to: IstDate;
  readonly filter?: SourceFilter;
}

/** What one data set holds of one underlying. */
export interface DatasetSummary extends DataSource {
  readonly underlying: Underlying;
  readonly days: number;
  readonly from: IstDate;
  readonly to: IstDate;
}

interface CoverageRow {
  readonly source: string;
  readonly dataset: string;
  readonly day: string;
  readonly series: string;
  readonly contracts: number;
  readonly rows: string | null;
}

const asSource = (text: string): SeriesSource => SERIES_SOURCES.find((s) => s === text) ?? 'simulated';
const asSeries = (text: string): SeriesCoverage['series'] =>
  text === 'future' || text === 'option' || text === 'chain' ? text : 'index';

/** Coverage of an underlying by day, series and source. */
export async function listCoverage(db: PostgresJsDatabase, query: CoverageQuery): Promise<SeriesCoverage[]> {
  const { underlying, from, to, filter } = query;
  const [candles, chains] = await Promise.all([candleRows(db, query), chainRows(db, { underlying, from, to })]);
  const all = [...candles, ...chains].map((r) => ({
    day: parseIstDate(r.day),
    series: asSeries(r.series),
    source: asSource(r.source),
    dataset: r.dataset,
    contracts: r.contracts,
    rows: Number(r.rows ?? 0),
  }));
  return all
    .filter((c) => filter === undefined || admits(filter, c))
    .sort((a, b) => compare(`${a.day}${a.series}${a.dataset}`, `${b.day}${b.series}${b.dataset}`));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function candleRows(db: PostgresJsDatabase, { underlying, from, to }: CoverageQuery): Promise<CoverageRow[]> {
  const { source, dataset } = marketSources;
  const { day } = candleCoverage;
  return db
    .select({ source, dataset, day, series: instruments.kind, contracts: count(), rows: sum(candleCoverage.bars) })
    .from(candleCoverage)
    .innerJoin(instruments, eq(instruments.id, candleCoverage.instrumentId))
    .innerJoin(marketSources, eq(marketSources.id, candleCoverage.sourceId))
    .where(and(eq(instruments.underlying, underlying), between(day, from, to)))
    .groupBy(source, dataset, day, instruments.kind)
    .orderBy(asc(day));
}

async function chainRows(db: PostgresJsDatabase, { underlying, from, to }: CoverageQuery): Promise<CoverageRow[]> {
  const { source, dataset } = marketSources;
  const { day } = chainCoverage;
  const rows = await db
    .select({ source, dataset, day, contracts: count(), rows: sum(chainCoverage.snapshots) })
    .from(chainCoverage)
    .innerJoin(optionChains, eq(optionChains.id, chainCoverage.chainId))
    .innerJoin(marketSources, eq(marketSources.id, chainCoverage.sourceId))
    .where(and(eq(optionChains.underlying, underlying), between(day, from, to)))
    .groupBy(source, dataset, day)
    .orderBy(asc(day));
  return rows.map((r) => ({ ...r, series: 'chain' }));
}

/** The data sets of the store with the underlyings and days that they have index bars for. */
export async function listDatasets(db: PostgresJsDatabase): Promise<DatasetSummary[]> {
  const { source, dataset } = marketSources;
  const rows = await db
    .select({
      source,
      dataset,
      underlying: instruments.underlying,
      days: count(),
      from: min(candleCoverage.day),
      to: max(candleCoverage.day),
    })
    .from(candleCoverage)
    .innerJoin(instruments, eq(instruments.id, candleCoverage.instrumentId))
    .innerJoin(marketSources, eq(marketSources.id, candleCoverage.sourceId))
    .where(eq(instruments.kind, 'index'))
    .groupBy(source, dataset, instruments.underlying)
    .orderBy(dataset, source, instruments.underlying);
  return rows.flatMap((r) =>
    isUnderlying(r.underlying) && r.from !== null && r.to !== null
      ? {
          source: asSource(r.source),
          dataset: r.dataset,
          underlying: r.underlying,
          days: r.days,
          from: parseIstDate(r.from),
          to: parseIstDate(r.to),
        }
      : [],
  );
}
