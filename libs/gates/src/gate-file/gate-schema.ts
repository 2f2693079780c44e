import { REGIMES } from '@sos/domain';
import { z } from 'zod';
import { UNITS } from '../language/units.js';

const NAME = /^[a-z][A-Za-z0-9]*$/;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const MONEYNESS = /^(ATM|(?:OTM|ITM)(?:[1-9]|1\d|20))$/;

const expression = z.string().min(1).max(500);
const conditions = z.array(expression).min(1).max(20);
const clock = z.string().regex(CLOCK, 'expected a time of day such as "09:20"');

const parameterSchema = z
  .strictObject({
    value: z.number().describe('Value in use.'),
    unit: z.enum(UNITS).describe('What it measures; checked wherever the parameter is used.'),
    min: z.number().describe('Smallest sensible value: a sweep stays inside.'),
    max: z.number().describe('Largest sensible value.'),
    description: z.string().min(1).max(300).optional(),
  })
  .describe('A number that research may vary.');

const regimeSchema = z
  .strictObject({
    allow: z.boolean().describe('Whether the gate may arm and fire in this regime.'),
    sizeMultiplier: z.number().positive().max(2.5).describe('Position size multiplier, at most 2.5.'),
    targetMultiple: z.number().min(0.1).max(20).describe('Target in multiples of the risk, as regime.targetMultiple.'),
    bufferAtr: z.number().min(0).max(5).describe('Buffer in average true ranges, as regime.bufferAtr.'),
  })
  .describe('What the gate does in one regime.');

const timeoutSchema = z
  .strictObject({
    bars: z
      .int()
      .positive()
      .max(375)
      .optional()
      .describe('The phase must pass within so many bars after it was entered.'),
    minutes: z.number().positive().max(375).optional().describe('The phase must pass within so many minutes.'),
  })
  .refine((t) => t.bars !== undefined || t.minutes !== undefined, 'expected "bars" or "minutes"')
  .describe('When the wait in this phase is over; every phase after the first has one.');

const phaseSchema = z
  .strictObject({
    id: z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/, 'expected a phase name such as TRIGGER'),
    when: conditions.describe('Conditions that must all hold on one closed bar.'),
    capture: z
      .record(z.string().regex(NAME, 'expected a name such as rangeHigh'), expression)
      .optional()
      .describe('Values kept when the phase passes, in order; later ones may use earlier ones as captured.<name>.'),
    timeout: timeoutSchema.optional(),
    sameBar: z
      .boolean()
      .optional()
      .describe('Evaluate this phase on the very bar on which the phase before it passed; default: on the next bar.'),
  })
  .describe('One step of the set-up; the last one is the trigger.');

const chase = {
  bufferPoints: z.number().min(0).max(100).optional().describe('Rupees beyond the far side of the book, or …'),
  bufferShare: z.number().min(0).max(0.5).optional().describe('… this share of the premium, whichever is more.'),
  stepTicks: z.int().min(0).max(200).optional().describe('A re-price gives at least so many ticks more.'),
  intervalMs: z.int().min(250).max(60_000).optional().describe('Milliseconds between two prices.'),
  maxChase: z
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe('Re-prices after the first price; then an entry is given up and an exit goes to the edge of its collar.'),
  collarShare: z.number().gt(0).max(1).optional().describe('No price lies further than this share from the market.'),
};

const executionSchema = z
  .strictObject({
    entry: z.strictObject(chase).optional(),
    exit: z
      .strictObject({
        ...chase,
        escalation: z.number().min(1).max(10).optional().describe('Factor on the buffer for each re-price.'),
        bandPoints: z
          .number()
          .min(0)
          .max(100)
          .optional()
          .describe('Rupees from the trigger of the stop to its limit, or …'),
        bandShare: z.number().min(0).max(0.5).optional().describe('… this share of the trigger, whichever is more.'),
      })
      .optional(),
  })
  .describe('How the orders of this gate are worked, where it differs from the defaults of the day.');

/** A gate file: one JSON strategy. Unknown keys are errors. */
export const gateSchema = z
  .strictObject({
    $schema: z.string().describe('Path of gate.schema.json, so that editors complete and check this file.'),
    id: z.string().regex(/^[A-Z][A-Z0-9_]{2,59}$/, 'expected an id such as BRF_SHORT'),
    version: z.int().positive().describe('Raised whenever the decisions of the gate change.'),
    title: z.string().min(1).max(80),
    description: z.string().min(1).max(1500),
    origin: z.string().min(1).max(120).describe('Where the idea comes from: a seed gate, or "mirror of X".'),
    bias: z.enum(['bullish', 'bearish']).describe('A bullish gate buys calls, a bearish gate buys puts.'),
    priority: z
      .int()
      .min(0)
      .max(1000)
      .describe('Who goes first when several gates fire on one bar: higher, then by id.'),
    params: z.record(z.string().regex(NAME, 'expected a name such as fastBars'), parameterSchema).optional(),
    option: z
      .strictObject({
        moneyness: z.string().regex(MONEYNESS, 'expected ATM, OTM1..OTM20 or ITM1..ITM20'),
        expiry: z.enum(['nearest', 'next', 'monthly']),
      })
      .describe('Which option is bought, in listed strikes from the money at the moment of the entry.'),
    session: z
      .strictObject({ entryFrom: clock, entryTo: clock })
      .describe('No entry before or after these times (IST, time of the bar close).'),
    filter: conditions.describe('The option chain must agree: needed to arm the gate and asked again at the trigger.'),
    regimes: z.strictObject(
      Object.fromEntries(REGIMES.map((regime) => [regime, regimeSchema])) as Record<
        (typeof REGIMES)[number],
        typeof regimeSchema
      >,
    ),
    phases: z.array(phaseSchema).min(1).max(10),
    levels: z
      .strictObject({
        entry: expression.describe('Index level at which the idea is entered.'),
        stop: expression.describe('Index level at which the idea is wrong; may use entry.'),
        target: expression.describe('Index level at which the profit is taken; may use entry, stop and risk.'),
      })
      .describe('Evaluated on the bar of the trigger.'),
    exits: z.strictObject({
      timeMinutes: z.int().min(1).max(375).describe('Minutes in position after which it is closed.'),
      breakEvenAt: z
        .number()
        .gt(0)
        .lt(1)
        .nullable()
        .describe(
          'Share of the way to the target at which the stop moves to break-even including costs; null = never.',
        ),
    }),
    execution: executionSchema.optional(),
  })
  .describe('A gate of SOS: phases of conditions on the index, admitted only when the option chain agrees.');

/** A gate as written in its file. */
export type GateFile = z.infer<typeof gateSchema>;

/** The JSON Schema (2020-12) of a gate file, as editors use it. */
export function gateJsonSchema(): Record<string, unknown> {
  return { $id: 'gate.schema.json', title: 'SOS gate', ...z.toJSONSchema(gateSchema, { io: 'input' }) };
}
