// `npm run bench [-- name …]`
import { ensureBuilt, ensureInstalled, runNode } from './install.mjs';

ensureInstalled();
ensureBuilt();
process.exitCode = runNode([
  '--conditions=@sos/source',
  '--import',
  'tsx',
  'tools/bench/run.ts',
  ...process.argv.slice(2),
]);
