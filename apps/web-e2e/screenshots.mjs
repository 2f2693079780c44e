// `node apps/web-e2e/screenshots.mjs`: pictures of every page in both themes into docs/screenshots, from the simulated market.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const script = path.join(import.meta.dirname, 'src/screenshots.ts');
const done = spawnSync(process.execPath, ['--import', 'tsx', script], { stdio: 'inherit' });
process.exitCode = done.status ?? 1;
