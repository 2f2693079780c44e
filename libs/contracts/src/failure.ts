import { z } from 'zod';

/** Body of every answer that is not a success: what was expected and found, never a stack. */
export const Failure = z.object({ code: z.string(), message: z.string() });
/** Body of every answer that is not a success. */
export type Failure = z.infer<typeof Failure>;

/** One setting in force and where it came from. Secrets are masked. */
export const SettingView = z.object({
  name: z.string(),
  value: z.string(),
  /** `default`, or the environment variable that set it. */
  origin: z.string(),
  meaning: z.string(),
});
/** One setting in force and where it came from. */
export type SettingView = z.infer<typeof SettingView>;

/** Answer of the health check. */
export const Health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  mode: z.enum(['research', 'paper', 'live']),
  rulebookVersion: z.string(),
  rulebookReviewed: z.string(),
  engineVersion: z.string(),
  gates: z.number().int(),
  settings: z.array(SettingView),
});
/** Answer of the health check. */
export type Health = z.infer<typeof Health>;
