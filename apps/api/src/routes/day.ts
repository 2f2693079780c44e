import { AppError, type DayTape, type OptionSeries } from '@sos/domain';
import { DayCharts, DayQuery, barsPayloadOf, type ContractBars } from '@sos/contracts';
import { parseContractId } from '@sos/symbol-master';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ServerParts } from '../server-parts.js';

const MOST_CONTRACTS = 8;

function seriesOf(tape: DayTape, id: string): OptionSeries {
  const contract = parseContractId(id);
  const series = contract.kind === 'option' ? tape.option(contract) : null;
  if (series === null) throw new AppError('SOS_NO_DATA', `expected stored prices of ${id} on ${tape.date}, found none`);
  return series;
}

function contractBars(tape: DayTape, id: string): ContractBars {
  const series = seriesOf(tape, id);
  return { contract: id, source: series.source, bars: barsPayloadOf(series) };
}

/** `GET /api/day?symbol=&date=&market=&contracts=`: the charts of one session. */
export function dayRoutes(app: FastifyInstance, { shelf }: ServerParts): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .get('/api/day', { schema: { querystring: DayQuery, response: { 200: DayCharts } } }, async (request) => {
      const { tape } = await shelf.day(request.query);
      const ids = (request.query.contracts ?? '').split(',').filter((id) => id !== '');
      if (ids.length > MOST_CONTRACTS)
        throw new AppError('SOS_INPUT', `expected at most ${MOST_CONTRACTS} contracts, found ${ids.length}`);
      return {
        symbol: tape.underlying,
        date: tape.date,
        source: tape.indexSource,
        origins: [...tape.origins],
        index: barsPayloadOf(tape.index),
        contracts: ids.map((id) => contractBars(tape, id)),
      };
    });
}
