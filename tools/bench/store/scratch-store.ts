import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureDatabase, openStore, stopDatabase, type Store } from '@sos/store';

export interface ScratchStore {
  readonly store: Store;
  readonly url: string;
  readonly folder: string;
}

/** A store on an embedded server of its own, removed afterwards. */
export async function withScratchStore<T>(work: (scratch: ScratchStore) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sos-bench-'));
  try {
    const { url } = await ensureDatabase({ dataDir: folder });
    const store = await openStore({ url });
    try {
      return await work({ store, url, folder });
    } finally {
      await store.close();
    }
  } finally {
    await stopDatabase({ dataDir: folder });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Middle of some figures. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Milliseconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
