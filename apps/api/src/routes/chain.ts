import { ChainPage, ChainQuery } from '@sos/contracts';
import { AppError, istInstant, parseIstDate, type ChainTape, type DayTape } from '@sos/domain';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { chainHistory } from '../chain/chain-history.js';
import { chainTable } from '../chain/chain-table.js';
import type { ServerParts } from '../server-parts.js';

const DEFAULT_REACH = 12;

function chainOf({ chains, date }: DayTape, expiry: string | undefined): ChainTape | null {
  if (expiry === undefined) return chains[0] ?? null;
  const chain = chains.find((c) => c.expiry === expiry);
  if (chain !== undefined) return chain;
  const known = chains.map((c) => c.expiry).join(', ') || 'none';
  throw new AppError('SOS_NO_DATA', `expected a chain that expires ${expiry} on ${date}, found ${known}`);
}

/** `GET /api/chain?symbol=&date=&at=&expiry=&reach=`: the option chain as it was known at a minute. */
export function chainRoutes(app: FastifyInstance, { shelf }: ServerParts): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .get('/api/chain', { schema: { querystring: ChainQuery, response: { 200: ChainPage } } }, async (request) => {
      const { at: clock, expiry, reach = DEFAULT_REACH } = request.query;
      const { tape } = await shelf.day(request.query);
      const minutes = Array.from(tape.index.time);
      const last = minutes.at(-1) ?? 0;
      const at = clock === undefined ? last : istInstant(parseIstDate(request.query.date), clock);
      const chain = chainOf(tape, expiry);
      return {
        symbol: tape.underlying,
        date: tape.date,
        source: chain?.source ?? tape.indexSource,
        minutes,
        at,
        expiries: tape.chains.map((c) => c.expiry),
        table: chain === null ? null : chainTable(chain, { at, reach }),
        history: chain === null ? null : chainHistory(chain, { at, reach }),
      };
    });
}
