import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDashboard, stopDashboard, type Dashboard } from './dashboard-server.js';
import { findChromium } from './find-chromium.js';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

// `start` prints the dashboard as JSON, or nothing without a browser to open it; `stop` takes that JSON.
const [verb, text] = process.argv.slice(2);
if (verb === 'start' && findChromium() !== null) process.stdout.write(JSON.stringify(await startDashboard(ROOT)));
if (verb === 'stop' && text !== undefined) await stopDashboard(JSON.parse(text) as Dashboard, ROOT);
