import path from 'node:path';
import { stopDashboard, type Dashboard } from './dashboard-server.js';

// eslint-disable-next-line no-restricted-syntax -- Jest calls the default export.
export default async function tearDown(): Promise<void> {
  const text = process.env['SOS_E2E_DASHBOARD'];
  if (text !== undefined) await stopDashboard(JSON.parse(text) as Dashboard, path.resolve(__dirname, '../../..'));
}
