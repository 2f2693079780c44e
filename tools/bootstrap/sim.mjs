// `sos sim`: builds the stand-ins of the vendors and runs them in this process, so that a signal reaches them. `sos` runs, so all is installed.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, ensureBuilt } from './install.mjs';

ensureBuilt('apps/exchange-sim/tsconfig.app.json');
await import(pathToFileURL(path.join(ROOT, 'apps/exchange-sim/dist/main.js')).href);
