import { day } from '../dated/ist-day.js';
import type { Confidence } from '../dated/dated-row.js';
import type { ChargeRateRow, RatedHead } from '../rows/charge-rows.js';

type Rate = readonly [
  from: string,
  to: string | null,
  rupeesPerCrore: number | null,
  confidence: Confidence,
  source: string,
  note?: string,
];

interface HeadTable {
  readonly head: RatedHead;
  readonly exchange: ChargeRateRow['exchange'];
  readonly rates: readonly Rate[];
}

const ACT_2024 = 'Finance (No. 2) Act 2024';
const ACT_2026 = 'Finance Act 2026';

const TABLES: readonly HeadTable[] = [
  {
    head: 'stt-sell',
    exchange: null,
    rates: [
      ['2016-06-01', '2023-03-31', 5_000, 'high', 'Finance Act 2016'],
      ['2023-04-01', '2024-09-30', 6_250, 'high', 'Finance Act 2023'],
      ['2024-10-01', '2026-03-31', 10_000, 'high', `${ACT_2024}; 41 contract notes of 2025`],
      ['2026-04-01', null, 15_000, 'high', `${ACT_2026}; zerodha.com/charges (2026-10-04)`],
    ],
  },
  {
    head: 'stt-exercise',
    exchange: null,
    rates: [
      [
        '2016-06-01',
        '2019-08-31',
        12_500,
        'high',
        'Finance Act 2016',
        'on the whole settlement value, not on the intrinsic value',
      ],
      [
        '2019-09-01',
        '2026-03-31',
        12_500,
        'high',
        'Finance Act 2019',
        'on the intrinsic value; not seen on a contract note',
      ],
      ['2026-04-01', null, 15_000, 'high', ACT_2026, 'on the intrinsic value; not seen on a contract note'],
    ],
  },
  {
    head: 'stt-future-sell',
    exchange: null,
    rates: [
      ['2016-06-01', '2023-03-31', 1_000, 'high', 'Finance Act 2016'],
      ['2023-04-01', '2024-09-30', 1_250, 'high', 'Finance Act 2023'],
      ['2024-10-01', '2026-03-31', 2_000, 'high', ACT_2024],
      ['2026-04-01', null, 5_000, 'high', ACT_2026],
    ],
  },
  {
    head: 'exchange',
    exchange: 'NSE',
    rates: [
      ['2019-01-01', '2020-12-31', 5_000, 'medium', 'broker pages (top of the slabs)'],
      ['2021-01-01', '2023-03-31', 5_300, 'medium', 'rise of 6 % on 2021-01-01, taken back by NSE/FA/56129'],
      ['2023-04-01', '2024-03-31', 5_000, 'medium', 'broker pass-through, contains the IPFT'],
      ['2024-04-01', '2024-09-30', 4_950, 'medium', 'Upstox page; cut of 1 % from 2024-04-01, contains the IPFT'],
      ['2024-10-01', '2026-02-28', 3_503, 'high', 'NSE/FA/64323 after SEBI 2024-07-01'],
      ['2026-03-01', null, 3_552, 'high', 'NSE/FA/73061 (2026-02-27)'],
    ],
  },
  {
    head: 'ipft',
    exchange: 'NSE',
    rates: [
      ['2019-01-01', '2023-03-31', 1, 'medium', 'about one rupee a crore'],
      ['2023-04-01', '2024-09-30', 0, 'medium', 'contained in the transaction charge that brokers passed through'],
      ['2024-10-01', '2026-02-28', 50, 'high', 'NSE: Rs 50 a crore'],
      ['2026-03-01', null, 1, 'high', 'NSE/FA/73061 (2026-02-27)'],
    ],
  },
  {
    head: 'exchange',
    exchange: 'BSE',
    rates: [
      ['2023-05-15', '2024-09-30', null, 'low', 'slabs that changed several times: not established'],
      ['2024-10-01', null, 3_250, 'high', 'BSE members, TFEquity; no IPFT line'],
    ],
  },
  { head: 'ipft', exchange: 'BSE', rates: [['2023-05-15', null, 0, 'high', 'BSE bills no IPFT line']] },
  {
    head: 'sebi',
    exchange: null,
    rates: [
      ['2019-01-01', '2019-03-31', 15, 'low', 'memory: Rs 15 a crore before 2019-04-01'],
      ['2019-04-01', '2020-05-31', 10, 'medium', 'SEBI fee regulations: Rs 10 a crore'],
      ['2020-06-01', '2021-03-31', 5, 'medium', 'SEBI relief of 2020: Rs 5 a crore'],
      ['2021-04-01', null, 10, 'high', 'SEBI fee regulations: Rs 10 a crore'],
    ],
  },
  {
    head: 'stamp-buy',
    exchange: null,
    rates: [
      [
        '2019-01-01',
        '2020-06-30',
        0,
        'low',
        'each state had its own duty',
        'not modelled: charged as nothing, so costs are understated',
      ],
      ['2020-07-01', null, 300, 'high', 'Indian Stamp Act as amended 2019: 0.003 %'],
    ],
  },
  {
    head: 'gst',
    exchange: null,
    rates: [
      [
        '2017-07-01',
        null,
        1_800_000,
        'high',
        '18 % of brokerage + transaction charge + IPFT + SEBI fee; contract notes',
      ],
    ],
  },
];

function toRow(table: HeadTable, rate: Rate): ChargeRateRow {
  const [from, to, rupeesPerCrore, confidence, source, note] = rate;
  const unmodelled = note?.startsWith('not modelled') === true ? { unmodelled: true } : {};
  return {
    head: table.head,
    exchange: table.exchange,
    from: day(from),
    to: to === null ? null : day(to),
    rupeesPerCrore,
    confidence,
    source,
    note,
    ...unmodelled,
  };
}

/** Every rate of every charge head. */
export function chargeRateRows(): ChargeRateRow[] {
  return TABLES.flatMap((table) => table.rates.map((rate) => toRow(table, rate)));
}
