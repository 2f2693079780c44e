import type { DayTape, OptionSeries } from '@sos/domain';
import { AppError, parseIstDate } from '@sos/domain';
import { DayCharts, DayQuery, barsPayloadOf, type ContractBars } from '@sos/contracts';
import { parseContractId } from '@sos/symbol-master';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ResearchData } from '../research-data.js';

const MOST_CONTRACTS = 8;

/** Loads a stored session. @throws SOS_NO_DATA when nothing is known of it */
export async function loadDay(data: ResearchData, query: DayQuery): Promise<DayTape> {
  const date = parseIstDate(query.date);
  const tape = await data.market().day(query.symbol, date);
  if (tape === null)
    throw new AppError(
      'SOS_NO_DATA',
      `expected stored data of ${query.symbol} on ${date}, found none: import or ingest that day`,
    );
  return tape;
}

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

/** `GET /api/day?symbol=&date=&contracts=`: the charts of one session. */
export function dayRoutes(app: FastifyInstance, data: ResearchData): void {
  app
    .withTypeProvider<ZodTypeProvider>()
    .get('/api/day', { schema: { querystring: DayQuery, response: { 200: DayCharts } } }, async (request) => {
      const tape = await loadDay(data, request.query);
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
