import { Alive, Ready } from '@sos/contracts';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ServerMetrics } from '../metrics/server-metrics.js';
import type { Readiness } from './readiness.js';

const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const ALIVE: Alive = { status: 'up' };

/** `GET /healthz`, `GET /readyz`, `GET /metrics`. */
export function healthRoutes(app: FastifyInstance, readiness: Readiness, metrics: ServerMetrics): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/healthz',
    { schema: { tags: ['operation'], summary: 'The process is up', response: { 200: Alive } } },
    async () => ALIVE,
  );
  typed.get(
    '/readyz',
    {
      schema: {
        tags: ['operation'],
        summary: 'Whether it can work, with reasons',
        response: { 200: Ready, 503: Ready },
      },
    },
    async (_request, reply) => {
      const ready = await readiness.ready();
      return reply.status(ready.ready ? 200 : 503).send(ready);
    },
  );
  typed.get(
    '/metrics',
    {
      schema: {
        tags: ['operation'],
        summary: 'Figures for Prometheus',
        produces: ['text/plain'],
        response: { 200: z.string() },
      },
    },
    async (_request, reply) => reply.type(METRICS_TYPE).serializer(String).send(metrics.registry.text()),
  );
}
