export type { ResearchData, StoredRun } from './research-data.js';
export { buildServer, type ServerOptions } from './server.js';
