import { MS_PER_DAY, startOfIstDay, type IstDate, type OptionSeries, type Underlying } from '@sos/domain';

import type { Queryable } from '../client.js';
import type { DataSource } from '../data-source.js';
import { optionDays } from '../market/coverage.js';
import { readOptions } from '../market/read-candles.js';

/** The options of one expiry on one day, from one source. */
export interface OptionDayQuery extends DataSource {
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly date: IstDate;
}

/** Stored bars of all options of an expiry on a day, by contract; contracts without bars are left out. */
export async function optionsOfDay(sql: Queryable, query: OptionDayQuery): Promise<OptionSeries[]> {
  const { underlying, expiry, date, source, dataset } = query;
  const days = await optionDays(sql, underlying, date);
  const options = days.filter((d) => d.contract.expiry === expiry && d.source === source && d.dataset === dataset);
  const [first] = options;
  if (first === undefined) return [];
  const from = startOfIstDay(date);
  return readOptions(sql, {
    sourceId: first.sourceId,
    source,
    options,
    expectedRows: options.reduce((sum, o) => sum + o.rows, 0),
    from,
    to: from + MS_PER_DAY,
  });
}
