import {
  Coverage,
  CoverageQuery,
  DaysQuery,
  KnownDays,
  StoredData,
  type CoverageDay,
  type QuarantineCount,
} from '@sos/contracts';
import { istDateOf, parseIstDate, type EpochMs, type IstDate, type Underlying } from '@sos/domain';
import { sessionOf, tradingDays } from '@sos/rulebook';
import type { QuarantinedRow, SeriesCoverage } from '@sos/store';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ServerParts } from '../server-parts.js';

// The years of the rulebook's calendar: outside them no session can be simulated.
const CALENDAR_FROM = parseIstDate('2019-01-01');
const CALENDAR_TO = parseIstDate('2026-12-31');
const SIMULATED_FROM = parseIstDate('2019-02-01');

function newestSession(today: IstDate): IstDate {
  const until = today < CALENDAR_TO ? today : CALENDAR_TO;
  return tradingDays(CALENDAR_FROM, until).at(-1) ?? CALENDAR_TO;
}

async function knownDays({ data, now }: ServerParts, symbol: Underlying): Promise<KnownDays> {
  const imported = await data.stored('imported').sessions(symbol, CALENDAR_FROM, CALENDAR_TO);
  const newest = imported.at(-1);
  return {
    symbol,
    imported,
    simulatedFrom: SIMULATED_FROM,
    simulatedTo: CALENDAR_TO,
    latest: newest ?? newestSession(istDateOf(now() as EpochMs)),
    latestSource: newest === undefined ? 'simulated' : 'recorded',
  };
}

function dayOf(date: IstDate, known: readonly SeriesCoverage[]): CoverageDay {
  return {
    date,
    expectedMinutes: sessionOf(date)?.minutes ?? 0,
    series: known.map(({ series, source, dataset, contracts, rows }) => ({ series, source, dataset, contracts, rows })),
  };
}

async function coverageOf({ data }: ServerParts, { symbol, year }: CoverageQuery): Promise<Coverage> {
  const [from, to] = [parseIstDate(`${year}-01-01`), parseIstDate(`${year}-12-31`)];
  const rows = await data.coverage({ underlying: symbol, from, to });
  const byDay = new Map<IstDate, SeriesCoverage[]>();
  const isKnownYear = from >= CALENDAR_FROM && to <= CALENDAR_TO;
  for (const date of isKnownYear ? tradingDays(from, to) : []) byDay.set(date, []);
  for (const row of rows) byDay.set(row.day, [...(byDay.get(row.day) ?? []), row]);
  const days = [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, known]) => dayOf(date, known));
  return { symbol, year, days };
}

function quarantineCounts(rows: readonly QuarantinedRow[]): QuarantineCount[] {
  const counts = new Map<string, QuarantineCount>();
  for (const { kind, reason, row } of rows) {
    const key = `${kind}\n${reason}`;
    const before = counts.get(key);
    if (before === undefined) counts.set(key, { kind, reason, rows: 1, example: row.slice(0, 200) });
    else before.rows += 1;
  }
  return [...counts.values()].sort((a, b) => b.rows - a.rows);
}

/** `GET /api/days`, `GET /api/data/coverage`, `GET /api/data`. */
export function storedDataRoutes(app: FastifyInstance, parts: ServerParts): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get('/api/days', { schema: { querystring: DaysQuery, response: { 200: KnownDays } } }, async (request) =>
    knownDays(parts, request.query.symbol),
  );
  typed.get(
    '/api/data/coverage',
    { schema: { querystring: CoverageQuery, response: { 200: Coverage } } },
    async (request) => coverageOf(parts, request.query),
  );
  typed.get('/api/data', { schema: { response: { 200: StoredData } } }, async () => {
    const { data } = parts;
    const [datasets, imports, refused] = await Promise.all([data.datasets(), data.importedFiles(), data.quarantined()]);
    return { datasets: [...datasets], imports: [...imports], quarantine: quarantineCounts(refused) };
  });
}
