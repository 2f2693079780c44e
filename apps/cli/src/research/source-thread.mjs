// Starts a thread from TypeScript sources: `--import tsx` does not reach worker threads of Node 20.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.entry);
