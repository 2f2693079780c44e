import {
  ChainPage,
  Coverage,
  DayCharts,
  Failure,
  GateCard,
  GateCheck,
  GateDay,
  Health,
  JobView,
  KnownDays,
  RunDetail,
  RunSummary,
  StoredData,
  type BacktestForm,
} from '@sos/contracts';
import { z } from 'zod';

const RunList = z.array(RunSummary);
const Cards = z.array(GateCard);

async function ask<T>(path: string, schema: z.ZodType<T>, init?: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch {
    throw new Error('The server does not answer. Start it with: npm run dashboard');
  }
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const failure = Failure.safeParse(body);
    throw new Error(failure.success ? failure.data.message : `The server answered with status ${answer.status}.`);
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Error('The server sent something this page does not understand. Reload the page.');
}

const post = <T>(path: string, schema: z.ZodType<T>, body: unknown): Promise<T> =>
  ask(path, schema, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

function query(parts: Readonly<Record<string, string | number | undefined>>): string {
  const known = Object.entries(parts).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(known.map(([name, value]) => [name, String(value)])).toString();
}

/** The stored runs, newest first. */
export const fetchRuns = (): Promise<RunSummary[]> => ask('/api/runs', RunList);

/** One run with its report and trades. */
export const fetchRun = (runId: string): Promise<RunDetail> => ask(`/api/runs/${encodeURIComponent(runId)}`, RunDetail);

/** Which day of which market. */
export interface DayRequest {
  readonly symbol: string;
  readonly date: string;
  readonly market?: string | undefined;
  readonly contracts?: readonly string[];
}

/** The charts of one session. */
export const fetchDay = ({ contracts, ...rest }: DayRequest): Promise<DayCharts> =>
  ask(`/api/day?${query({ ...rest, contracts: contracts?.join(',') })}`, DayCharts);

/** Which chain at which minute. */
export interface ChainRequest {
  readonly symbol: string;
  readonly date: string;
  readonly market?: string | undefined;
  readonly at?: string | undefined;
  readonly expiry?: string | undefined;
}

/** The option chain at a minute. */
export const fetchChain = (request: ChainRequest): Promise<ChainPage> =>
  ask(`/api/chain?${query({ ...request })}`, ChainPage);

/** Which days can be shown. */
export const fetchDays = (symbol: string): Promise<KnownDays> => ask(`/api/days?${query({ symbol })}`, KnownDays);

/** The gates of the strategies folder. */
export const fetchGates = (): Promise<GateCard[]> => ask('/api/gates', Cards);

/** Checks a text as a gate. */
export const checkGate = (text: string): Promise<GateCheck> => post('/api/gates/check', GateCheck, { text });

/** What a gate decided on a day, and why it stood where it stood. */
export const fetchGateDay = (id: string, request: ChainRequest): Promise<GateDay> =>
  ask(`/api/gates/${encodeURIComponent(id)}/day?${query({ ...request })}`, GateDay);

/** What is stored of an underlying in a year. */
export const fetchCoverage = (symbol: string, year: number): Promise<Coverage> =>
  ask(`/api/data/coverage?${query({ symbol, year })}`, Coverage);

/** What was imported and what was refused. */
export const fetchStoredData = (): Promise<StoredData> => ask('/api/data', StoredData);

/** Health and settings of the server. */
export const fetchHealth = (): Promise<Health> => ask('/api/health', Health);

/** Starts a backtest. */
export const startBacktest = (form: BacktestForm): Promise<JobView> => post('/api/backtests', JobView, form);

/** How far a backtest has come. */
export const fetchJob = (jobId: string): Promise<JobView> =>
  ask(`/api/backtests/${encodeURIComponent(jobId)}`, JobView);
