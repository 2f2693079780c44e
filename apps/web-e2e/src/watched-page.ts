import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A page and everything wrong that happened on it. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors, uncaught errors, requests to other origins, answers of other origins. */
  readonly wrongs: string[];
}

/** How a page is opened. */
export interface PageOptions {
  readonly origin: string;
  readonly theme?: 'dark' | 'light';
  readonly width?: number;
  readonly height?: number;
}

/** A page of its own context that notes every console error and every request that leaves the origin. */
export async function openPage(browser: Browser, options: PageOptions): Promise<WatchedPage> {
  const { origin, theme = 'dark', width = 1440, height = 900 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    baseURL: origin,
    locale: 'en-IN',
  });
  // Machines that test are busy.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const wrongs: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrongs.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrongs.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== 'blob:' && url.protocol !== 'data:')
      wrongs.push(`request to ${url.href}`);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(origin).host) wrongs.push(`socket to ${socket.url()}`);
  });
  return { page, context, wrongs };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/**
 * Serious and critical accessibility violations of a page (WCAG 2.2 AA), in words.
 * @param rules only these rules, e.g. of colours where only the theme changed
 */
export async function seriousViolations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  // Evaluated by the debugger: the page's own policy forbids it to run text.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(AXE);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const runOnly = rules.length > 0 ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  const found: AxeResult = await page.evaluate(`axe.run(document, ${options})`);
  return found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map(
      (v) =>
        `${v.id}: ${v.nodes
          .slice(0, 3)
          .map((n) => `${n.html.slice(0, 160)} (${n.failureSummary?.replaceAll('\n', ' ') ?? ''})`)
          .join(' | ')}`,
    );
}
