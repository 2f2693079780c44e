import { chromium, type Browser } from 'playwright-core';
import type { Dashboard } from './dashboard-server.js';
import { findChromium } from './find-chromium.js';
import { openPage, type PageOptions, type WatchedPage } from './watched-page.js';

/** The dashboard of this test run. */
export function dashboard(): Dashboard {
  return JSON.parse(process.env['SOS_E2E_DASHBOARD'] ?? '{}') as Dashboard;
}

/**
 * Tests that need a browser. Without Chromium they are skipped and say so, unless `SOS_REQUIRE_BROWSER=1`.
 * @param work registers the tests; `open` gives each a page of its own
 */
export function inBrowser(
  name: string,
  work: (open: (options?: Partial<PageOptions>) => Promise<WatchedPage>) => void,
): void {
  const executablePath = findChromium();
  if (executablePath === null && process.env['SOS_REQUIRE_BROWSER'] !== '1') {
    describe.skip(`${name} [no browser: install Chromium or set SOS_CHROMIUM]`, () =>
      work(() => Promise.reject(new Error('no browser'))));
    return;
  }
  describe(name, () => {
    let browser: Browser;
    const opened: WatchedPage[] = [];
    beforeAll(async () => {
      if (executablePath === null)
        throw new Error('expected a Chromium (SOS_REQUIRE_BROWSER=1), found none: install one or set SOS_CHROMIUM');
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    });
    afterEach(async () => {
      for (const { context } of opened.splice(0)) await context.close();
    });
    afterAll(() => browser?.close());
    work(async (options = {}) => {
      const page = await openPage(browser, { origin: dashboard().origin, ...options });
      opened.push(page);
      return page;
    });
  });
}
