export type { CoverageRange, ResearchData, StoredRun } from './research-data.js';
export { openGateLibrary, type GateLibrary } from './gates/gate-library.js';
export { buildServer, type ServerOptions } from './server.js';
