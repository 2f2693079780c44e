import { z } from 'zod';

const expression = z.union([z.string(), z.number()]).transform(String);

const regimeSchema = z.looseObject({
  allow_entry: z.boolean().nullish(),
  quantity_mod: z.number().nullish(),
  tp_mult: z.number().nullish(),
  buffer_atr: z.number().nullish(),
});

const phaseSchema = z.looseObject({
  id: z.string().min(1),
  conditions: z.array(
    z.union([z.string(), z.boolean()]).transform((text) => (text === true ? 'True' : text === false ? 'False' : text)),
  ),
  capture: z.record(z.string(), expression).nullish(),
  timeout: z.number().min(0).nullish(),
});

/** A strategy file of the first seed (seed-systems.md §2.2). Keys that it does not know are kept, so that they can be named. */
export const seedFileSchema = z.looseObject({
  pattern_id: z.string().min(1),
  description: z.string().nullish(),
  regime_config: z.record(z.string(), regimeSchema).nullish(),
  phases: z.array(phaseSchema).min(1),
  execution: z.looseObject({
    side: z.enum(['BUY', 'SELL']),
    entry: expression,
    sl: expression,
    tp: expression,
    option_selection: z.string().nullish(),
  }),
});

export type SeedFile = z.infer<typeof seedFileSchema>;
export type SeedPhase = SeedFile['phases'][number];

/** Keys that something reads, by the place they stand at. */
export const READ_KEYS: Readonly<Record<'file' | 'regime' | 'phase' | 'execution', readonly string[]>> = {
  file: ['pattern_id', 'description', 'regime_config', 'phases', 'execution', '$schema'],
  regime: ['allow_entry', 'quantity_mod', 'tp_mult', 'buffer_atr'],
  phase: ['id', 'conditions', 'capture', 'timeout', 'description'],
  execution: ['side', 'entry', 'sl', 'tp', 'option_selection'],
};
