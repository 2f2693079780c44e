// `npm run backtest -- …` and `npm run sos -- …`: on a fresh machine Node and git are all that is there.
import path from 'node:path';
import { ROOT, ensureBuilt, ensureInstalled, runNode } from './install.mjs';

ensureInstalled();
ensureBuilt();
process.exitCode = runNode([path.join(ROOT, 'apps/cli/dist/main.js'), ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? ROOT,
});
