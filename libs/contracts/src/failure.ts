import { z } from 'zod';

/** Body of every answer that is not a success: what was expected and found, never a stack. */
export const Failure = z.object({ code: z.string(), message: z.string() });
export type Failure = z.infer<typeof Failure>;

/** Answer of the health check. */
export const Health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  mode: z.enum(['research', 'paper', 'live']),
});
export type Health = z.infer<typeof Health>;
