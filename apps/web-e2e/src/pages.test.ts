import type { Page } from 'playwright-core';
import { dashboard, inBrowser } from './in-browser.js';
import { seriousViolations } from './watched-page.js';

// What must be seen on each page before it counts as drawn.
const PAGES = [
  ['/?symbol=NIFTY', '.plot canvas'],
  ['/replay?symbol=NIFTY&date=2026-01-13&at=10:30', '.chain tbody tr'],
  ['/runs', 'form.card'],
  ['/chain?symbol=NIFTY&date=2026-01-13&at=11:00', '.heat canvas'],
  ['/gates', '.flow li'],
  ['/data', '.calendar .day'],
  ['/health', 'table'],
] as const;

async function textOf(page: Page): Promise<string> {
  return (await page.textContent('main')) ?? '';
}

inBrowser('every page', (open) => {
  test.each(PAGES)('%s is drawn from this origin alone, without an error, for everybody', async (address, sign) => {
    const { page, wrongs } = await open();
    const answer = await page.goto(address);
    expect(answer?.headers()['content-security-policy']).toContain("default-src 'none'");
    await page.waitForSelector(sign);
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('t');
    expect(await page.getAttribute('html', 'data-theme')).toBe('light');
    expect(await seriousViolations(page, ['color-contrast'])).toEqual([]);
    expect(wrongs).toEqual([]);
  });

  test.each([
    ['/runs/no-such-run', 'expected'],
    ['/gates/NO_SUCH_GATE', 'expected the id of a gate, found "NO_SUCH_GATE"'],
    ['/replay?symbol=NIFTY&date=2026-01-26', 'expected a session of NIFTY on 2026-01-26'],
    ['/replay?symbol=NIFTY&date=2031-01-01', 'expected'],
    ['/chain?symbol=NFTY&date=2026-01-13', 'Invalid option'],
    ['/nowhere', 'There is no page at /nowhere'],
  ])('%s says what is wrong instead of going blank', async (address, words) => {
    const { page } = await open();
    await page.goto(address);
    await page.waitForSelector('[role=alert]');
    expect(await textOf(page)).toContain(words);
    expect(await page.isVisible('nav[aria-label=Pages]')).toBe(true);
  });

  test('works from the keyboard and tells its shortcuts', async () => {
    const { page, wrongs } = await open();
    await page.goto('/health');
    await page.waitForSelector('table');
    await page.keyboard.press('?');
    expect(await page.isVisible('dialog[open] .shortcuts')).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.isVisible('dialog[open]')).toBe(false);
    await page.keyboard.press('5');
    await page.waitForSelector('.flow li');
    expect(new URL(page.url()).pathname).toBe('/gates');
    expect(wrongs).toEqual([]);
  });

  test.each([
    [1280, 800],
    [3840, 2160],
    [390, 844],
  ])('nothing runs off the page at %i × %i', async (width, height) => {
    const { page } = await open({ width, height });
    await page.goto('/?symbol=NIFTY');
    await page.waitForSelector('.board tbody tr');
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });

  test('the server that is gone is told as such, and the page stays', async () => {
    const { page } = await open();
    await page.route('**/api/**', (route) => route.abort());
    await page.goto('/runs');
    await page.waitForSelector('[role=alert]');
    expect(await textOf(page)).toContain('The server does not answer. Start it with: npm run dashboard');
  });

  test('an answer that is garbage is not shown', async () => {
    const { page } = await open();
    await page.route('**/api/runs', (route) => route.fulfill({ json: [{ runId: 7 }] }));
    await page.goto('/runs');
    await page.waitForSelector('[role=alert]');
    expect(await textOf(page)).toContain('something this page does not understand');
  });

  test('a gate is checked while it is typed, with the place of each defect', async () => {
    const { page, wrongs } = await open();
    await page.goto('/gates/BRF_SHORT');
    await page.waitForSelector('output[data-checked=true][data-errors="0"]');
    const text = await page.inputValue('.editor textarea');
    await page.fill('.editor textarea', text.replace('"bias": "bearish"', '"bias": "sideways"'));
    await page.waitForSelector('.problems .error');
    const line = text.split('\n').findIndex((l) => l.includes('"bias"')) + 1;
    expect(await page.textContent('.problems .error button')).toBe(
      `${line}:${(text.split('\n')[line - 1] ?? '').indexOf('"bearish"') + 1}`,
    );
    expect((await page.textContent('.gutter .error'))?.trim()).toContain(String(line));
    await page.fill('.editor textarea', '<img src=x onerror=alert(1)>');
    await page.waitForSelector('output[data-errors="1"]');
    expect(await page.locator('.problems img').count()).toBe(0);
    expect(wrongs).toEqual([]);
  });

  test('why a gate did not act is told with value, threshold and what is missing', async () => {
    const { page } = await open();
    await page.goto('/gates/BRF_SHORT');
    await page.waitForSelector('section[aria-label="Decisions of a day"] table tbody tr');
    expect(await page.textContent('section[aria-label="Decisions of a day"] caption')).toContain('Why it stood in');
    expect(await page.locator('section[aria-label="Decisions of a day"] tbody tr').count()).toBeGreaterThan(1);
  });

  test('another site may not use the server', async () => {
    const { origin } = dashboard();
    const answer = await fetch(`${origin}/api/runs`, { headers: { origin: 'http://evil.example' } });
    expect(answer.status).toBe(401);
  });
});
