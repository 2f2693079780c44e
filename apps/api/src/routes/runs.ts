import { BacktestForm, JobView, RunDetail, RunSummary } from '@sos/contracts';
import { AppError } from '@sos/domain';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { runDetailOf, runSummaryOf } from '../run-views.js';
import type { ServerParts } from '../server-parts.js';

const RunParams = z.object({ runId: z.string().min(1).max(100) });
const JobParams = z.object({ jobId: z.string().min(1).max(60) });
const RunList = z.array(RunSummary);

/** `GET /api/runs`, `GET /api/runs/:runId`, `POST /api/backtests`, `GET /api/backtests/:jobId`. */
export function runRoutes(app: FastifyInstance, { data, jobs, gates }: ServerParts): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get('/api/runs', { schema: { response: { 200: RunList } } }, async () =>
    (await data.listRuns()).map(runSummaryOf),
  );
  typed.get('/api/runs/:runId', { schema: { params: RunParams, response: { 200: RunDetail } } }, async (request) =>
    runDetailOf(await data.loadRun(request.params.runId)),
  );
  typed.post('/api/backtests', { schema: { body: BacktestForm, response: { 200: JobView } } }, async (request) => {
    // A misspelt gate is told at once, not by a process that fails.
    gates.compiled(request.body.gates);
    return jobs.begin(request.body);
  });
  typed.get('/api/backtests/:jobId', { schema: { params: JobParams, response: { 200: JobView } } }, async (request) => {
    const job = jobs.job(request.params.jobId);
    if (job === null)
      throw new AppError('SOS_UNKNOWN_RUN', `expected a backtest of this server, found "${request.params.jobId}"`);
    return job;
  });
}
