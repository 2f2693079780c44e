import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** A Chromium of this machine: `SOS_CHROMIUM`, the usual places, or the one that Playwright installed; null without one. */
export function findChromium(): string | null {
  const asked = process.env['SOS_CHROMIUM'];
  if (asked !== undefined && asked !== '') return existsSync(asked) ? asked : null;
  return [...PLACES, chromium.executablePath()].find((place) => existsSync(place)) ?? null;
}
