import { readFileSync, writeFileSync } from 'node:fs';
import { istInstant, paise, type ContractId, type EpochMs, type IstDate } from '@sos/domain';
import { buildReport } from '../report/build-report.js';
import type { ReportInput } from '../report/report-input.js';
import { quotedRun } from '../fixtures/quoted-run.js';
import { escapeMarkup, html } from './markup.js';
import { tearSheet } from './tear-sheet.js';

const GOLDEN = new URL('../fixtures/tear-sheet.html.golden', import.meta.url);
const EXPIRY = '2026-01-13' as IstDate;
const sheetOf = (run: ReportInput, extra: Partial<Parameters<typeof tearSheet>[1]> = {}): string =>
  tearSheet(buildReport(run, { expiryOf: () => EXPIRY }), { trades: run.trades, ...extra });

/** Everything in a page that a browser would fetch, follow or run. */
function reachesOf(page: string): string[] {
  return [
    ...page.matchAll(/\s(?:src|href|srcset|action|data|poster|xlink:href)="([^"]*)"|url\(([^)]*)\)|@import[^;]*/g),
  ].map((m) => m[1] ?? m[2] ?? m[0]);
}

describe('the tear sheet', () => {
  const page = sheetOf(quotedRun());

  it('is one file that asks for nothing: no script, no address, links to its own trades and to the dashboard only', () => {
    expect(page).not.toMatch(/https?:|\/\/[a-z]|<script|<link|<iframe|<img|<object|@import|url\(|\son[a-z]+=/i);
    const reaches = reachesOf(page);
    expect(reaches.filter((to) => !/^#trade-\d+$|^\/runs\/run-1\?trade=\d+$/.test(to))).toEqual([]);
    for (const { seq } of quotedRun().trades) {
      expect(reaches).toContain(`/runs/run-1?trade=${seq}`);
      expect(reaches).toContain(`#trade-${seq}`);
      expect(page).toContain(`id="trade-${seq}"`);
    }
  });

  it('stays as it is: what readers compared yesterday looks the same today', () => {
    // After a change that is meant: SOS_UPDATE_GOLDEN=1 npx jest -c libs/analytics/jest.config.cjs tear-sheet
    if (process.env['SOS_UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, page);
    expect(page).toBe(readFileSync(GOLDEN, 'utf8'));
  });

  it('says how often the data were tried, what the gates die at, and shows every split with its counts', () => {
    expect(page).toContain('deflated by 1 trial (not counted)');
    expect(page).toContain('dies at a spread of');
    const captions = [...page.matchAll(/<caption>\s*([^<]*?)\s*<\/caption>/g)].map((m) => m[1]);
    for (const name of ['Gate', 'Regime', 'Weekday', '15 minutes from (IST)', 'Days to expiry', 'Exit'])
      expect(captions).toContain(`By ${name}`);
    expect(captions).toContain('By Gate × 15 minutes from (IST)');
    expect(page.match(/<svg /g)?.length).toBe(3 + 2 + 1);
    const searched = tearSheet(
      buildReport(quotedRun(), { trials: { count: 240, sharpeVariance: null, origin: 'trial ledger' } }),
      { trades: [] },
    );
    expect(searched).toContain('deflated by 240 trials (trial ledger): no probability, shown from 20 sessions on');
  });

  it('is well-formed: every element that is opened is closed in order', () => {
    const open: string[] = [];
    const empty = new Set(['meta', 'br', 'line', 'path', 'polyline']);
    for (const [, slash, name = '', rest = ''] of page.matchAll(/<(\/?)([a-z0-9]+)((?:"[^"]*"|[^">])*)>/g)) {
      if (slash === '/') expect(open.pop()).toBe(name);
      else if (!empty.has(name) && !rest.endsWith('/')) open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('follows light and dark, and prints', () => {
    expect(page).toContain('@media (prefers-color-scheme:dark)');
    expect(page).toContain('@media print');
    expect(page).toContain('color-scheme:light dark');
  });

  it.each(['simulated', 'modelled'] as const)(
    'says that data are %s in its title, every heading and a line that stays',
    (source) => {
      const run = quotedRun();
      const coverage = run.coverage.map((c) => ({ ...c, indexSource: source, premiumSource: source }));
      const loud = sheetOf({ ...run, source, coverage });
      const label = source.toUpperCase();
      expect(loud).toMatch(new RegExp(`<title>${label}: `));
      expect(loud).toMatch(new RegExp(`<p class="label" role="alert">${label}: `));
      const headings = loud.match(/<h[12]>.*?<\/h[12]>/gs) ?? [];
      expect(headings).toHaveLength(13);
      expect(headings.filter((one) => !one.includes(`<small>${label}</small>`))).toEqual([]);
      expect(page).not.toMatch(/SIMULATED|MODELLED/);
    },
  );

  it('escapes whatever gates, contracts and data are called', () => {
    const evil = `<script>alert("1" & '2')</script>`;
    const run = quotedRun();
    const trades = run.trades.map((t) => ({ ...t, gate: evil, contract: evil as ContractId }));
    const coverage = run.coverage.map((c) => ({ ...c, origins: [evil] }));
    const vetoes = run.vetoes.map((v) => ({ ...v, gate: evil, condition: 'close < vwap && close > 1' }));
    const odd = sheetOf({ ...run, runId: `run"><b>`, gates: [evil], trades, coverage, vetoes }, { stamps: [evil] });
    expect(odd).not.toContain('<script');
    expect(odd).not.toContain('run"><b>');
    expect(odd).toContain('&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;');
    expect(odd).toContain('close &lt; vwap &amp;&amp; close &gt; 1');
    expect(odd).toContain('href="/runs/run%22%3E%3Cb%3E?trade=1"');
  });

  it('is small, and bounded however many trades there are', () => {
    expect(page.length).toBeLessThan(60_000);
    const run = quotedRun();
    const [first] = run.trades;
    if (first === undefined) throw new Error('expected trades in the fixture');
    const trades = Array.from({ length: 6_000 }, (_, i) => ({ ...first, seq: i + 1 }));
    const large = sheetOf({ ...run, trades });
    expect(large.length).toBeLessThan(1_500_000);
    expect(large).toContain('4000 more trades are in trades.csv of the run.');
    expect(large).toContain('the first 5000 of 6000 trades');
    expect(sheetOf(run, { tradeRows: 1 })).toContain('more trades are in trades.csv');
  });

  it('stands without trades, without sessions, and without quotes', () => {
    const run = quotedRun();
    const none = sheetOf({ ...run, trades: [], fills: [] });
    expect(none).toContain('No trade.');
    expect(sheetOf({ ...run, trades: [], fills: [], coverage: [] })).toContain('No session.');
    const bare = { ...run, fills: undefined };
    expect(sheetOf(bare)).toContain('Not known: the fills of the run are not known.');
    for (const one of [none, sheetOf(bare)]) expect(one).not.toMatch(/NaN|undefined|Infinity/);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('draws one session, and a loss on each of them', () => {
    const run = quotedRun();
    const entryTime = istInstant(EXPIRY, '10:00');
    const lost = run.trades.map((t) => ({ ...t, entryTime, exitTime: (entryTime + 60_000) as EpochMs }));
    const one = sheetOf({ ...run, trades: lost, coverage: run.coverage.slice(1) });
    expect(one).not.toMatch(/NaN|Infinity/);
  });
});

describe('markup', () => {
  it('escapes values and keeps markup, lists and nothing as they are', () => {
    expect(html`<b>${'<'}</b>${[html`<i>${1}</i>`, null, '&']}`.text).toBe('<b>&lt;</b><i>1</i>&amp;');
    expect(escapeMarkup(`a\u0000b<>&"'`)).toBe('a�b&lt;&gt;&amp;&quot;&#39;');
  });

  it('takes the indentation out of templates, never out of values', () => {
    const value = 'a\n   b';
    // prettier-ignore
    expect(html`<p>
        ${value}
      </p>`.text).toBe('<p>\na\n   b\n</p>');
  });
});

test('the fixture adds up', () => {
  const { totals } = buildReport(quotedRun());
  expect(totals.netPaise).toBe(paise(quotedRun().trades.reduce((sum, t) => sum + t.net, 0)));
});
