import { AppError, UNDERLYINGS, parseIstDate, type IstDate } from '@sos/domain';
import { z } from 'zod';

function isRealDay(text: string): boolean {
  try {
    parseIstDate(text);
    return true;
  } catch {
    return false;
  }
}

const date = z.custom<IstDate>((v) => typeof v === 'string' && isRealDay(v), 'expected a date as YYYY-MM-DD');
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time as HH:MM');
const provenance = {
  confidence: z.enum(['high', 'medium', 'low']),
  source: z.string().min(1),
  note: z.string().optional(),
};
const period = { from: date, to: date.nullable() };
const underlying = z.enum(UNDERLYINGS);
const count = z.number().int().min(0);
const positive = z.number().int().min(1);
const rupees = z.number().min(0);
const share = z.number().min(0).max(1);
const chaseDefaults = z.strictObject({
  bufferPoints: rupees,
  bufferShare: share,
  stepTicks: count,
  intervalMs: z.number().int().min(250).max(60_000),
  maxChase: z.number().int().min(0).max(100),
  escalation: z.number().min(1).max(10),
  collarShare: share,
  bandPoints: rupees,
  bandShare: share,
  quoteMaxAgeMs: positive,
});

function calendarRows() {
  return [
    z.strictObject({ table: z.literal('coverage'), from: date, to: date, ...provenance }),
    z.strictObject({
      table: z.literal('holiday'),
      date,
      name: z.string().min(1),
      closed: z.boolean(),
      knownFrom: date,
      ...provenance,
    }),
    z.strictObject({
      table: z.literal('specialSession'),
      date,
      name: z.string().min(1),
      kind: z.enum(['muhurat', 'special']),
      windows: z.array(z.tuple([clock, clock])).min(1),
      ...provenance,
    }),
    z.strictObject({ table: z.literal('disruption'), date, what: z.string().min(1), ...provenance }),
    z.strictObject({
      table: z.literal('tradingHours'),
      ...period,
      value: z.strictObject({
        open: clock,
        close: clock,
        indexUsableUntil: clock.nullable(),
        settlementFixed: clock,
      }),
      ...provenance,
    }),
  ] as const;
}

function contractRows() {
  return [
    z.strictObject({
      table: z.literal('expiryWeekday'),
      underlying,
      cycle: z.enum(['weekly', 'monthly']),
      expiryFrom: date,
      weekday: z.literal([1, 2, 3, 4, 5]).nullable(),
      knownFrom: date,
      ...provenance,
    }),
    z.strictObject({
      table: z.literal('listing'),
      underlying,
      ...period,
      value: z.strictObject({ weeklies: count, months: count, quarters: count, halfYears: count }),
      ...provenance,
    }),
    z.strictObject({
      table: z.literal('lot'),
      underlying,
      lot: positive,
      weeklyFrom: date.nullable(),
      monthlyFrom: date,
      switchAfter: date.nullable(),
      switches: z.enum(['long-dated', 'all']),
      ...provenance,
    }),
    z.strictObject({ table: z.literal('freeze'), underlying, ...period, units: positive, ...provenance }),
    z.strictObject({
      table: z.literal('tick'),
      underlying,
      kind: z.enum(['option', 'future']),
      ...period,
      paise: positive,
      ...provenance,
    }),
    z.strictObject({
      table: z.literal('strikeStep'),
      underlying,
      ...period,
      step: z.number().positive(),
      ...provenance,
    }),
  ] as const;
}

function moneyAndOrderRows() {
  return [
    z.strictObject({
      table: z.literal('chargeRate'),
      head: z.enum(['stt-sell', 'stt-exercise', 'stt-future-sell', 'exchange', 'ipft', 'sebi', 'stamp-buy', 'gst']),
      exchange: z.enum(['NSE', 'BSE']).nullable(),
      ...period,
      rupeesPerCrore: count.nullable(),
      unmodelled: z.boolean().optional(),
      ...provenance,
    }),
    z.strictObject({
      table: z.literal('brokerage'),
      plan: z.enum(['zerodha', 'upstox']),
      ...period,
      flatPaise: count,
      ...provenance,
    }),
    z.strictObject({
      table: z.literal('orderType'),
      ...period,
      types: z.array(z.enum(['LIMIT', 'MARKET', 'SL-LIMIT'])).min(1),
      validities: z.array(z.enum(['DAY', 'IOC'])).min(1),
      ...provenance,
    }),
    z.strictObject({
      table: z.literal('orderRate'),
      scope: z.enum(['exchange', 'upstox', 'zerodha']),
      ...period,
      perSecond: positive,
      perMinute: positive.nullable(),
      perHalfHour: positive.nullable(),
      perDay: positive.nullable(),
      modificationsPerOrder: positive.nullable(),
      ...provenance,
    }),
    z.strictObject({
      table: z.literal('priceProtection'),
      exchange: z.enum(['NSE', 'BSE']),
      ...period,
      percent: z.number().positive(),
      minimumPaise: count,
      ...provenance,
    }),
    z.strictObject({ table: z.literal('squareOff'), ...period, minutesBeforeClose: count, ...provenance }),
    z.strictObject({
      table: z.literal('execution'),
      ...period,
      entry: chaseDefaults,
      exit: chaseDefaults,
      noEntryBeforeExpiryMinutes: count,
      ...provenance,
    }),
  ] as const;
}

function fileSchema() {
  return z.strictObject({
    $schema: z.string().optional(),
    rows: z.array(z.discriminatedUnion('table', [...calendarRows(), ...contractRows(), ...moneyAndOrderRows()])),
  });
}

/** One row that a user adds to the rulebook; `table` names the table it joins. */
export type RuleRow = z.infer<ReturnType<typeof fileSchema>>['rows'][number];

/**
 * Reads the rows of one `rulebook.d` file, already parsed from JSON as `{ "rows": [...] }`.
 * @param file its name, for the message
 * @throws SOS_CONFIG naming the path of the first wrong value
 */
export function parseRuleRows(json: unknown, file: string): RuleRow[] {
  const result = fileSchema().safeParse(json);
  if (result.success) return result.data.rows;
  const issue = result.error.issues[0];
  const path = issue === undefined || issue.path.length === 0 ? '(root)' : issue.path.join('.');
  throw new AppError('SOS_CONFIG', `${file}: ${path}: ${issue?.message ?? 'not a rulebook file'}`, {
    context: { file, path },
    cause: result.error,
  });
}
