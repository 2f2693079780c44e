import { z } from 'zod';

/** The process is up and answers; it says nothing about its database. */
export const Alive = z.object({ status: z.literal('up') });
/** The process is up and answers. */
export type Alive = z.infer<typeof Alive>;

/** One thing the server needs for its work, and what was found of it. */
export const ReadyCheck = z.object({ name: z.string(), ok: z.boolean(), reason: z.string() });
/** One thing the server needs for its work. */
export type ReadyCheck = z.infer<typeof ReadyCheck>;

/** Whether the server can work: every check is ok. */
export const Ready = z.object({ ready: z.boolean(), checks: z.array(ReadyCheck) });
/** Whether the server can work. */
export type Ready = z.infer<typeof Ready>;
