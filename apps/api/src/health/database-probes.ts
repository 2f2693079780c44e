import { openStore } from '@sos/store';
import type { ReadinessProbe } from './readiness.js';

/**
 * Asks the database anew each time, over a connection of its own, so that it also notices what the pool does not.
 * @param schemaVersion the schema that this server brought the database to when it started, epoch ms
 */
export function databaseProbes(url: string, schemaVersion: number): Readonly<Record<string, ReadinessProbe>> {
  return {
    database: async () => {
      const store = await openStore({ url, migrate: false });
      await store.close();
      return `answers; schema brought to ${new Date(schemaVersion).toISOString().slice(0, 16)} (head) at start, no newer SOS wrote it since`;
    },
  };
}
