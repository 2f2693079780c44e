import { inBrowser } from './in-browser.js';

inBrowser('backtests', (open) => {
  test('from the form to the report, to the day of a trade, to the comparison of two runs', async () => {
    const { page, wrongs } = await open();
    for (const seed of ['1', '2']) {
      await page.goto('/runs');
      await page.fill('label:has-text("From") input', '2026-01-12');
      await page.fill('label:has-text("To") input', '2026-01-12');
      await page.fill('label:has-text("Seed") input', seed);
      await page.selectOption('label:has-text("Prices") select', 'simulated');
      await page.click('button:has-text("Run backtest")');
      await page.waitForSelector('.progress');
      await page.waitForURL(/\/runs\/./, { timeout: 120_000 });
      await page.waitForSelector('.trades tbody tr');
      expect(await page.textContent('h1')).toContain('SIMULATED');
    }
    const facts = (await page.textContent('dl[aria-label="Figures of the run"]')) ?? '';
    expect(facts).toContain('Charges');
    const count = await page.locator('.trades tbody tr').count();
    expect(facts).toContain(`Trades${count}`);
    await page.locator('.trades tbody tr button').last().click();
    const contract = await page.locator('.trades tbody tr').last().locator('td').first().textContent();
    await page.waitForSelector(`#trade-day figcaption strong:has-text("${contract}")`);
    const spoken = await page.getAttribute('#trade-day .plot >> nth=1', 'data-markers');
    expect(spoken?.split(' ').every((m) => Number(m.split(':')[2]) > 0)).toBe(true);
    expect(await page.locator('caption:has-text("Results by gate")').count()).toBe(1);
    expect(await page.locator('caption:has-text("Costs by head")').count()).toBe(1);

    await page.goto('/runs');
    await page.locator('tbody input[type=checkbox]').nth(0).check();
    await page.locator('tbody input[type=checkbox]').nth(1).check();
    await page.click('button:has-text("Compare the two")');
    await page.waitForSelector('caption:has-text("Net ₹ by gate")');
    expect(await page.textContent('main')).toContain('different data');
    expect(wrongs).toEqual([]);
  });

  test('a form that cannot be run says why', async () => {
    const { page } = await open();
    await page.goto('/runs');
    await page.fill('label:has-text("From") input', '2026-01-16');
    await page.fill('label:has-text("To") input', '2026-01-12');
    await page.selectOption('label:has-text("Prices") select', 'simulated');
    await page.click('button:has-text("Run backtest")');
    await page.waitForSelector('[role=alert]');
    expect(await page.textContent('[role=alert]')).toContain(
      'expected a range that runs forward, found 2026-01-16 to 2026-01-12',
    );
  });
});
