// `npm run dashboard`: builds the dashboard and its server, starts both on this machine.
import path from 'node:path';
import { ROOT, ensureBuilt, ensureInstalled, fail, runNode } from './install.mjs';

ensureInstalled();
ensureBuilt('apps/api/tsconfig.app.json');
const vite = runNode([path.join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', 'apps/web', '--logLevel', 'warn'], {
  stdio: ['ignore', 2, 2],
});
if (vite !== 0) fail('expected the dashboard to build, found the errors above');
process.exitCode = runNode([path.join(ROOT, 'apps/api/dist/main.js'), ...process.argv.slice(2)]);
