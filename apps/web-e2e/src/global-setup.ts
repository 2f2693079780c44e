import path from 'node:path';
import { startDashboard } from './dashboard-server.js';
import { findChromium } from './find-chromium.js';

// eslint-disable-next-line no-restricted-syntax -- Jest calls the default export.
export default async function setUp(): Promise<void> {
  if (findChromium() === null) return;
  const started = await startDashboard(path.resolve(__dirname, '../../..'));
  process.env['SOS_E2E_DASHBOARD'] = JSON.stringify(started);
}
