import { RunDetail, RunSummary } from '@sos/contracts';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResearchData } from '../research-data.js';
import { runDetailOf, runSummaryOf } from '../run-views.js';

const RunParams = z.object({ runId: z.string().min(1).max(100) });
const RunList = z.array(RunSummary);

/** `GET /api/runs`, `GET /api/runs/:runId`. */
export function runRoutes(app: FastifyInstance, data: ResearchData): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get('/api/runs', { schema: { response: { 200: RunList } } }, async () =>
    (await data.listRuns()).map(runSummaryOf),
  );
  typed.get('/api/runs/:runId', { schema: { params: RunParams, response: { 200: RunDetail } } }, async (request) =>
    runDetailOf(await data.loadRun(request.params.runId)),
  );
}
