import { DayCharts, Failure, RunDetail, RunSummary } from '@sos/contracts';
import { z } from 'zod';

const RunList = z.array(RunSummary);

async function get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path);
  } catch {
    throw new Error('The server does not answer. Start it with: npm run dashboard');
  }
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return schema.parse(body);
  const failure = Failure.safeParse(body);
  throw new Error(failure.success ? failure.data.message : `The server answered with status ${answer.status}.`);
}

/** The stored runs, newest first. */
export const fetchRuns = (): Promise<RunSummary[]> => get('/api/runs', RunList);

/** One run with its trades. */
export const fetchRun = (runId: string): Promise<RunDetail> => get(`/api/runs/${encodeURIComponent(runId)}`, RunDetail);

export interface DayRequest {
  readonly symbol: string;
  readonly date: string;
  readonly contracts?: readonly string[];
}

/** The charts of one session. */
export function fetchDay(request: DayRequest): Promise<DayCharts> {
  const query = new URLSearchParams({ symbol: request.symbol, date: request.date });
  if (request.contracts !== undefined && request.contracts.length > 0)
    query.set('contracts', request.contracts.join(','));
  return get(`/api/day?${query.toString()}`, DayCharts);
}
