import type { Page } from 'playwright-core';
import { inBrowser } from './in-browser.js';

/** What the server says of a minute, as far as these tests look at it. */
interface MinuteState {
  readonly chain: { readonly rows: readonly unknown[]; readonly atm: number; readonly pcr: number };
  readonly gates: readonly { readonly inPosition: boolean }[];
}

const DAY = '/replay?symbol=NIFTY&date=2026-01-13';

const barOf = async (page: Page): Promise<number> => Number(await page.getAttribute('.transport .clock', 'data-bar'));
const untilBar = (page: Page, bar: number) => page.waitForSelector(`.transport .clock[data-bar="${bar}"]`);
/** A playing session may pass a bar between two looks. */
const pastBar = (page: Page, bar: number) =>
  page.waitForFunction(
    (least) => Number(document.querySelector('.transport .clock')?.getAttribute('data-bar')) >= least,
    bar,
  );
const rangesOf = (page: Page): Promise<(string | undefined)[]> =>
  page.$$eval('.plot', (plots) =>
    plots.map((p) => `${p.getAttribute('data-from') ?? ''}-${p.getAttribute('data-to') ?? ''}`),
  );

/** What a request of the page says, as the server answers it. */
async function factsOf(page: Page): Promise<string> {
  return (await page.textContent('dl[aria-label="Figures of the chain"]')) ?? '';
}

/** Zooms in and pans away from the right edge, as a reader does. */
async function lookCloser(page: Page): Promise<void> {
  const box = await page.locator('.plot').first().boundingBox();
  if (box === null) throw new Error('expected a chart, found none');
  await page.mouse.move(box.x + box.width / 2, box.y + 100);
  for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -120);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 120, box.y + 100, { steps: 4 });
  await page.mouse.up();
  // The chart moves on its own frames: wait until it stands still.
  for (let last = '', same = 0; same < 3;) {
    await page.waitForTimeout(150);
    const now = (await rangesOf(page)).join(' ');
    same = now === last ? same + 1 : 0;
    last = now;
  }
}

inBrowser('replay', (open) => {
  test('a zoomed and panned view is the same after 50 updates, and the same in all charts', async () => {
    const { page, wrongs } = await open();
    await page.goto(`${DAY}&at=11:15`);
    await page.waitForSelector('.plot[data-from]:not([data-from=""])');
    await untilBar(page, 120);
    const whole = await rangesOf(page);
    await lookCloser(page);
    await page.mouse.move(20, 20);
    const call = page.locator('.plot').nth(1);
    const without = await call.screenshot();
    await page.mouse.move(200, 400);
    await page.waitForTimeout(200);
    // The pointer stands over the index; the call's chart shows the crosshair too.
    expect((await call.screenshot()).equals(without)).toBe(false);
    await page.mouse.move(20, 20);
    await page.waitForTimeout(200);
    expect((await call.screenshot()).equals(without)).toBe(true);
    const before = await rangesOf(page);
    expect(before[0]).not.toBe(whole[0]);
    expect(new Set(before).size).toBe(1);
    for (let i = 0; i < 50; i++) await page.keyboard.press('ArrowRight');
    await untilBar(page, 170);
    expect(await page.getAttribute('.plot', 'data-bars')).toBe('170');
    expect(await rangesOf(page)).toEqual(before);
    await page.click('button:has-text("5 min")');
    expect(await page.getAttribute('.plot', 'data-bars')).toBe('34');
    expect(wrongs).toEqual([]);
  });

  test('steps both ways, seeks, plays; a minute shows the same however it was reached', async () => {
    const { page, wrongs } = await open();
    await page.goto(`${DAY}&at=10:00`);
    await untilBar(page, 45);
    const there = [await factsOf(page), await page.textContent('.board tbody')];
    await page.keyboard.press('ArrowRight');
    await untilBar(page, 46);
    expect(new URL(page.url()).searchParams.get('at')).toBe('10:01');
    await page.keyboard.press('End');
    await untilBar(page, 375);
    await page.keyboard.press('Shift+ArrowLeft');
    await untilBar(page, 360);
    await page.goto(`${DAY}&at=10:01`);
    await untilBar(page, 46);
    await page.keyboard.press('ArrowLeft');
    await untilBar(page, 45);
    expect([await factsOf(page), await page.textContent('.board tbody')]).toEqual(there);
    await page.selectOption('.transport select', '200');
    await page.keyboard.press(' ');
    await pastBar(page, 47);
    await page.keyboard.press(' ');
    await page.waitForSelector('.transport .clock[data-status=paused]');
    expect(await barOf(page)).toBeGreaterThanOrEqual(47);
    expect(wrongs).toEqual([]);
  });

  test('what the page shows of a minute is what the server says of it', async () => {
    const { page } = await open();
    const minutes: MinuteState[] = [];
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const message = JSON.parse(String(payload)) as { type: string; minute: MinuteState };
        if (message.type === 'replay.history' || message.type === 'replay.minute') minutes.push(message.minute);
      }),
    );
    await page.goto(`${DAY}&at=11:30`);
    await untilBar(page, 135);
    const said = minutes.at(-1);
    const rows = await page.locator('.chain tbody tr').count();
    expect(rows).toBe(said?.chain.rows.length);
    expect(await page.locator('.chain tr.atm th').textContent()).toBe(String(said?.chain.atm));
    expect(await factsOf(page)).toContain(said?.chain.pcr.toFixed(2));
    expect(await page.locator('.board tbody tr').count()).toBe(18);
    expect(await page.locator('.board .in-position').count()).toBe(said?.gates.filter((g) => g.inPosition).length);
  });

  test('jumps to the next signal and puts the arrows of trades on their candles and prices', async () => {
    const { page } = await open();
    await page.goto(`${DAY}&at=09:20`);
    await untilBar(page, 5);
    await page.keyboard.press('n');
    await page.waitForSelector('.decisions .signal, .decisions .refused');
    const at = await page.textContent('.decisions li button');
    expect(await page.textContent('.transport .clock')).toContain(String(at));
    await page.keyboard.press('End');
    await untilBar(page, 375);
    const trades = await page.$$eval('section[aria-label="Positions and result"] tbody tr', (rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].map((td) => td.textContent ?? '')),
    );
    expect(trades.length).toBeGreaterThan(0);
    const arrows = ((await page.getAttribute('.plot', 'data-markers')) ?? '').split(' ').map((m) => m.split(':'));
    const clocks = (shape: string): string[] =>
      arrows
        .filter(([, s]) => s === shape)
        .map(([t]) => new Date(Number(t) * 1000).toISOString().slice(11, 16))
        .sort();
    expect(clocks('arrowUp')).toEqual(trades.map((t) => t[0] ?? '').sort());
    expect(clocks('arrowDown')).toEqual(trades.map((t) => t[1] ?? '').sort());
  });

  test('another strike takes its contracts to the charts, and the address keeps it', async () => {
    const { page } = await open();
    await page.goto(`${DAY}&at=10:30`);
    await untilBar(page, 75);
    const strike = (await page.locator('.chain tbody th button').nth(4).textContent()) ?? '';
    await page.locator('.chain tbody th button').nth(4).click();
    await page.waitForSelector(`figcaption strong:has-text("${strike}CE")`);
    expect(new URL(page.url()).searchParams.get('strike')).toBe(strike);
    await page.reload();
    await page.waitForSelector(`figcaption strong:has-text("${strike}PE")`);
    await untilBar(page, 75);
  });

  test('a lost connection greys the prices and resumes by sequence without a gap', async () => {
    const { page } = await open();
    let drop = async (): Promise<void> => undefined;
    await page.routeWebSocket('**/api/stream', (socket) => {
      const server = socket.connectToServer();
      drop = async () => {
        await socket.close();
        await server.close();
      };
    });
    await page.goto(`${DAY}&at=10:00`);
    await untilBar(page, 45);
    await page.selectOption('.transport select', '200');
    await page.keyboard.press(' ');
    await pastBar(page, 46);
    await drop();
    await page.waitForSelector('.desk-page.stale', { timeout: 5_000 });
    await page.waitForSelector('.desk-page:not(.stale)');
    await page.keyboard.press(' ');
    await page.waitForSelector('.transport .clock[data-status=paused]');
    const bar = await barOf(page);
    expect(bar).toBeGreaterThan(46);
    expect(await page.getAttribute('.plot', 'data-bars')).toBe(String(bar));
    expect(await page.locator('[role=alert]').count()).toBe(0);
  });

  test('a socket that sends garbage is told, and what was known stays', async () => {
    const { page } = await open();
    let garbage = (): void => undefined;
    await page.routeWebSocket('**/api/stream', (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => socket.send(message));
      garbage = () => socket.send('{"type":"<script>"}');
    });
    await page.goto(`${DAY}&at=10:00`);
    await untilBar(page, 45);
    garbage();
    await page.waitForSelector('[role=alert]');
    expect(await page.textContent('[role=alert]')).toContain('does not understand');
    expect(await page.locator('.chain tbody tr').count()).toBeGreaterThan(0);
  });

  test('live: simulated prices are impossible to miss and minutes come by themselves', async () => {
    const { page, wrongs } = await open();
    await page.goto('/?symbol=NIFTY');
    expect(await page.textContent('.mode.made strong', { timeout: 15_000 })).toBe('SIMULATED');
    await page.waitForSelector('.board tbody tr');
    const buttons = await page.$$eval('main button', (all) => all.map((b) => b.textContent ?? ''));
    // No order can be given yet, so nothing pretends to give one.
    expect(buttons.filter((b) => /buy|sell|kill|arm|flatten/i.test(b))).toEqual([]);
    expect(wrongs).toEqual([]);
  });
});
