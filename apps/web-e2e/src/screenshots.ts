// Started by ../screenshots.mjs.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startDashboard, stopDashboard } from './dashboard-server.js';
import { findChromium } from './find-chromium.js';
import { openPage } from './watched-page.js';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const OUT = path.join(ROOT, 'docs/screenshots');
const DAY = 'symbol=NIFTY&date=2026-01-13';

interface Picture {
  readonly name: string;
  readonly address: string;
  /** What must be seen before the picture is taken. */
  readonly sign: string;
  readonly height: number;
}

const PICTURES: readonly Picture[] = [
  { name: 'live', address: '/?symbol=NIFTY', sign: '.board tbody tr', height: 1000 },
  { name: 'replay', address: `/replay?${DAY}&at=12:10`, sign: '.chain tbody tr', height: 1800 },
  { name: 'backtests', address: '/runs', sign: 'form.card', height: 700 },
  { name: 'chain', address: `/chain?${DAY}&at=11:00`, sign: '.heat canvas', height: 1700 },
  { name: 'gates', address: '/gates/BRF_SHORT', sign: 'output[data-checked=true]', height: 1400 },
  { name: 'data', address: '/data', sign: '.calendar .day', height: 900 },
  { name: 'health', address: '/health', sign: 'table', height: 600 },
];

/** Runs a backtest through the form, so that there is one to show. @returns the address of its page */
async function runOne(page: Page): Promise<string> {
  await page.goto('/runs');
  await page.selectOption('label:has-text("Prices") select', 'simulated');
  await page.click('button:has-text("Run backtest")');
  await page.waitForURL(/\/runs\/./, { timeout: 120_000 });
  return new URL(page.url()).pathname;
}

/** Runs in the page: shows other words in place of folders. */
function hidePaths(places: Readonly<Record<string, string>>): void {
  for (const cell of document.querySelectorAll('td code'))
    for (const [place, words] of Object.entries(places))
      if (cell.textContent.startsWith(place)) cell.textContent = words + cell.textContent.slice(place.length);
}

async function take(browser: Browser, origin: string, picture: Picture): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    const { page, context } = await openPage(browser, { origin, theme, width: 1440, height: picture.height });
    await page.goto(picture.address);
    await page.waitForSelector(picture.sign, { timeout: 60_000 });
    // Charts draw on their own frames.
    await page.waitForTimeout(1_200);
    // Whose machine made the picture is nobody's business.
    await page.evaluate(hidePaths, { [ROOT]: '~/sos', [tmpdir()]: '~' });
    await page.screenshot({ path: path.join(OUT, `${picture.name}-${theme}.png`) });
    await context.close();
  }
}

async function main(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('expected a Chromium, found none: install one or set SOS_CHROMIUM');
  mkdirSync(OUT, { recursive: true });
  const dashboard = await startDashboard(ROOT);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const { page, context } = await openPage(browser, { origin: dashboard.origin });
    const run = await runOne(page);
    await context.close();
    const all = [...PICTURES, { name: 'run', address: run, sign: '#trade-day .plot canvas', height: 1700 }];
    for (const picture of all) await take(browser, dashboard.origin, picture);
  } finally {
    await browser.close();
    await stopDashboard(dashboard, ROOT);
  }
}

await main();
