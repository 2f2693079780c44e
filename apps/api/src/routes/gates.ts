import { GateCard, GateCheck, GateDay, GateDayQuery, GateTextToCheck } from '@sos/contracts';
import { istInstant, parseIstDate } from '@sos/domain';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DayRun } from '../day-run/day-run.js';
import { barsUntil } from '../day-run/known-rows.js';
import { checkGate } from '../gates/gate-library.js';
import type { ServerParts } from '../server-parts.js';

const GateParams = z.object({ id: z.string().min(1).max(80) });
const Cards = z.array(GateCard);
const maybe = (x: number): number | null => (Number.isFinite(x) ? x : null);

async function gateDay({ shelf, gates }: ServerParts, id: string, query: GateDayQuery): Promise<GateDay> {
  const compiled = gates.compiled([id]);
  const day = await shelf.day(query);
  const { time, length } = day.tape.index;
  const asked = query.at === undefined ? null : istInstant(parseIstDate(query.date), query.at);
  // One bar before the end: at the end of the session every gate is back in its first phase.
  const wanted = asked === null ? length - 1 : barsUntil(time, asked);
  const run = new DayRun(day, compiled);
  run.advanceTo(wanted);
  const why = run.explain(id);
  const at = run.bar === 0 ? null : run.time;
  if (asked === null) run.advanceTo(length);
  return {
    gate: id,
    source: day.tape.indexSource,
    decisions: run.decisions(),
    at,
    phase: why?.phase ?? '',
    regime: why?.regime ?? 'UNKNOWN',
    regimeAllows: why?.regimeAllows ?? false,
    chainAgeMinutes: maybe(why?.chainAgeMinutes ?? Number.NaN),
    conditions: (why?.conditions ?? []).map(({ stage, text, passes, tests }) => ({
      stage,
      text,
      passes,
      tests: tests.map((t) => ({
        ...t,
        value: maybe(t.value),
        threshold: maybe(t.threshold),
        distance: maybe(t.distance),
      })),
    })),
  };
}

/** `GET /api/gates`, `POST /api/gates/check`, `GET /api/gates/:id/day`. */
export function gateRoutes(app: FastifyInstance, parts: ServerParts): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get('/api/gates', { schema: { response: { 200: Cards } } }, async () => [...parts.gates.cards]);
  typed.post(
    '/api/gates/check',
    { schema: { body: GateTextToCheck, response: { 200: GateCheck } } },
    async (request) => ({ problems: checkGate(request.body.text) }),
  );
  typed.get(
    '/api/gates/:id/day',
    { schema: { params: GateParams, querystring: GateDayQuery, response: { 200: GateDay } } },
    async (request) => gateDay(parts, request.params.id, request.query),
  );
}
