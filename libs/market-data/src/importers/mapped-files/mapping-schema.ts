import { z } from 'zod';

const name = z.string().min(1);
const quantity = z.enum(['units', 'lots']);

const timeSchema = z.strictObject({
  /** One column, or several that are joined by a blank (a date and a clock). */
  column: z.union([name, z.array(name).min(1)]),
  /** `iso`, `epoch-ms`, `epoch-s`, or a pattern of YYYY MM MMM DD HH mm ss. */
  format: name.default('iso'),
  /** Zone of stamps that write none: `+05:30`, `IST`, `UTC`. */
  zone: z
    .string()
    .regex(/^(IST|UTC|[+-]\d{2}:\d{2})$/, 'expected IST, UTC or an offset such as +05:30')
    .default('IST'),
});

const unitsSchema = z.strictObject({ volume: quantity, openInterest: quantity });
const OHLC = { open: name, high: name, low: name, close: name };
const SIDE = {
  ltp: name.optional(),
  bid: name.optional(),
  ask: name.optional(),
  bidQty: name.optional(),
  askQty: name.optional(),
  volume: name.optional(),
  openInterest: name.optional(),
};

const shared = {
  format: z.enum(['csv', 'ndjson', 'json', 'parquet']),
  /** Names of the files it is for, with `*`; all files of the format when left out. */
  files: name.optional(),
  delimiter: z.string().length(1).default(','),
};

const barsSchema = z.strictObject({
  ...shared,
  rows: z.literal('bars'),
  minutes: z.int().min(1).max(1440).default(1),
  /** Canonical ids: one for all, from a column, or by the file's name. */
  contract: z.union([name, z.strictObject({ column: name }), z.strictObject({ files: z.record(name, name) })]),
  time: timeSchema.extend({ stamp: z.enum(['start', 'end']) }),
  columns: z.strictObject({ ...OHLC, volume: name.optional(), openInterest: name.optional() }),
  units: unitsSchema.partial().default({}),
});

const chainSchema = z.strictObject({
  ...shared,
  rows: z.literal('chain'),
  /** A name for all, or the column that names it. */
  underlying: z.union([name, z.strictObject({ column: name })]),
  /** When a row could be known. */
  time: timeSchema,
  columns: z.strictObject({
    expiry: name,
    strike: name,
    spot: name.optional(),
    /** Column of CE or PE where calls and puts are rows of their own. */
    right: name.optional(),
    ...SIDE,
    call: z.strictObject(SIDE).optional(),
    put: z.strictObject(SIDE).optional(),
  }),
  units: unitsSchema,
});

/** What a mapping file says: which columns of a data file mean what. */
export const mappingSchema = z.discriminatedUnion('rows', [barsSchema, chainSchema]);

/** A checked mapping. */
export type Mapping = z.infer<typeof mappingSchema>;

/** A mapping of rows that are bars. */
export type BarMapping = Extract<Mapping, { rows: 'bars' }>;

/** A mapping of rows that are parts of option chains. */
export type ChainMapping = Extract<Mapping, { rows: 'chain' }>;

/** How a mapping says what time a row is of. */
export type TimeMapping = z.infer<typeof timeSchema>;

const SIDE_KEYS = Object.keys(SIDE);

/** The keys that a mapping may have at a path (`columns`, `columns.call`); for suggestions. */
export const KNOWN_KEYS: Readonly<Record<string, readonly string[]>> = {
  '': [...new Set([...Object.keys(barsSchema.shape), ...Object.keys(chainSchema.shape)])],
  time: [...Object.keys(timeSchema.shape), 'stamp'],
  contract: ['column', 'files'],
  underlying: ['column'],
  units: ['volume', 'openInterest'],
  columns: [...Object.keys(barsSchema.shape.columns.shape), ...Object.keys(chainSchema.shape.columns.shape)],
  'columns.call': SIDE_KEYS,
  'columns.put': SIDE_KEYS,
};
