import { isAppError, type EpochMs } from '@sos/domain';
import { openStore } from '@sos/store';
import { openGateLibrary } from '../gates/gate-library.js';
import { Markets } from '../market/markets.js';
import { storedData } from '../stored-data.js';
import { runForm } from './run-form.js';
import type { WorkerOrder, WorkerReport } from './worker-message.js';

const report = (message: WorkerReport): void => void process.send?.(message);

async function work({ form, databaseUrl, strategiesDir }: WorkerOrder): Promise<void> {
  const store = await openStore({ url: databaseUrl });
  try {
    const gates = await openGateLibrary(strategiesDir);
    const markets = new Markets(storedData(store));
    const onProgress = (p: { sessionsDone: number; sessionsTotal: number; date: string; trades: number }): void =>
      report({ kind: 'progress', ...p });
    const result = await runForm({ form, gates, markets, startedAt: Date.now() as EpochMs, onProgress });
    await store.saveRun(result);
    report({ kind: 'done', runId: result.runId, trades: result.trades.length });
  } finally {
    await store.close();
  }
}

process.once('message', (order: WorkerOrder) => {
  work(order)
    .catch((error: unknown) => {
      const known = isAppError(error) ? error.message : 'expected the backtest to finish, found an internal error';
      report({ kind: 'failed', message: known });
    })
    .finally(() => process.disconnect());
});
