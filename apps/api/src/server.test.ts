import {
  ChainPage,
  Coverage,
  DayCharts,
  GateCard,
  GateDay,
  Health,
  KnownDays,
  RunDetail,
  StoredData,
} from '@sos/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { RUN_ID, closeOf } from './fixtures/research-fixture.js';
import { testServer } from './fixtures/test-server.js';
import type { WorkerReport } from './jobs/worker-message.js';

const LOCAL = { host: '127.0.0.1:8640' };
let app: FastifyInstance;
let report: (message: WorkerReport) => void = () => undefined;

beforeEach(async () => {
  app = await testServer({
    startJob: (_form, onReport) => {
      report = onReport;
      return () => undefined;
    },
  });
});
afterEach(() => app.close());

const get = async (url: string): Promise<unknown> => {
  const answer = await app.inject({ url, headers: LOCAL });
  expect(answer.statusCode).toBe(200);
  return answer.json();
};

describe('HTTP', () => {
  test('says that it is well and forbids everything foreign to a page', async () => {
    const answer = await app.inject({ url: '/api/health', headers: LOCAL });
    expect(Health.parse(answer.json())).toMatchObject({ status: 'ok', version: '1.2.3', mode: 'research' });
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  test('serves runs and a run with its report', async () => {
    expect(await get('/api/runs')).toMatchObject([{ runId: RUN_ID, source: 'simulated', trades: 0, netPaise: 0 }]);
    const run = RunDetail.parse(await get(`/api/runs/${RUN_ID}`));
    expect(run).toMatchObject({ tradeList: [], netPaise: 0, startingCapitalPaise: 10_000_000 });
    expect(run.profitFactor).toEqual({ value: null, reason: 'no trades' });
    expect(run.costs.map((c) => c.paise)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test('serves the charts of a day with its label', async () => {
    const day = DayCharts.parse(await get('/api/day?symbol=NIFTY&date=2026-01-12'));
    expect(day).toMatchObject({
      source: 'simulated',
      index: { close: [25_701, 25_702, 25_703], volume: [null, null, null] },
    });
    expect(day.index.time[0]).toBe(closeOf(0));
  });

  test('a day that nobody imported is simulated, and says so', async () => {
    const day = DayCharts.parse(await get('/api/day?symbol=NIFTY&date=2026-01-13'));
    expect([day.source, day.origins[0], day.index.time.length]).toEqual([
      'simulated',
      'index (SIMULATED, seed 1)',
      375,
    ]);
  });

  test('the chain at a minute holds nothing that was known later', async () => {
    const page = ChainPage.parse(await get('/api/chain?symbol=NIFTY&date=2026-01-13&at=11:00&reach=3'));
    const { table, history } = page;
    expect(table?.rows.map((r) => r.strike)).toHaveLength(7);
    expect(table?.availableAt).toBeLessThanOrEqual(page.at);
    expect(history?.time.every((t) => t <= page.at)).toBe(true);
    expect(history?.heatTime.at(-1)).toBe(table?.eventTime);
    const middle = table?.rows[3];
    expect(middle?.strike).toBe(table?.atm);
    // Parity of Greeks: call delta − put delta = discount factor, close to 1 this near to expiry.
    expect((middle?.call.delta ?? 0) - (middle?.put.delta ?? 0)).toBeCloseTo(1, 2);
    expect(table?.straddle).toBeCloseTo((middle?.call.ltp ?? 0) + (middle?.put.ltp ?? 0), 9);
  });

  test('before the first page of the chain there is no table, and no invented one', async () => {
    const page = ChainPage.parse(await get('/api/chain?symbol=NIFTY&date=2026-01-13&at=09:00'));
    expect([page.table, page.history]).toEqual([null, null]);
  });

  test('serves the gates, and what one of them decided on a day with the reasons', async () => {
    const cards = z.array(GateCard).parse(await get('/api/gates'));
    expect(cards.filter((c) => !c.isExtra)).toHaveLength(18);
    const day = GateDay.parse(await get('/api/gates/BRF_SHORT/day?symbol=NIFTY&date=2026-01-13&at=11:00'));
    expect([day.phase, day.conditions.length > 0]).toEqual(['MOTHER', true]);
    expect(day.decisions.every((d) => d.gate === 'BRF_SHORT' && d.time <= (day.at ?? 0))).toBe(true);
  });

  test('checks a gate as text and names the places of its defects', async () => {
    const [card] = z.array(GateCard).parse(await get('/api/gates'));
    const check = (text: string) =>
      app.inject({ method: 'POST', url: '/api/gates/check', headers: LOCAL, payload: { text } });
    const good = await check(card?.text ?? '');
    expect(good.json<{ problems: { severity: string }[] }>().problems.filter((p) => p.severity === 'error')).toEqual(
      [],
    );
    const bad = await check('{\n  "id": 1,\n}');
    expect(bad.json()).toMatchObject({ problems: [{ line: 3, severity: 'error', rule: 'json' }] });
  });

  test('serves what is stored and what was refused', async () => {
    expect(StoredData.parse(await get('/api/data'))).toMatchObject({
      datasets: [{ dataset: 'fixture', days: 1 }],
      quarantine: [
        { reason: 'bad-price', rows: 2, example: '1,2' },
        { reason: 'bad-time', rows: 1 },
      ],
    });
    const coverage = Coverage.parse(await get('/api/data/coverage?symbol=NIFTY&year=2026'));
    const day = coverage.days.find((d) => d.date === '2026-01-12');
    expect([day?.expectedMinutes, day?.series[0]?.rows]).toEqual([375, 3]);
    expect(coverage.days.find((d) => d.date === '2026-01-13')?.series).toEqual([]);
    expect(KnownDays.parse(await get('/api/days?symbol=NIFTY'))).toMatchObject({
      imported: ['2026-01-12'],
      latest: '2026-01-12',
    });
    // Republic Day is no session; 20 January 2026 was a Tuesday.
    expect(KnownDays.parse(await get('/api/days?symbol=BANKNIFTY'))).toMatchObject({
      imported: [],
      latest: '2026-01-20',
      latestSource: 'simulated',
    });
  });

  test.each([
    ['/api/runs/nope', 404, 'SOS_UNKNOWN_RUN'],
    ['/api/gates/NOPE/day?symbol=NIFTY&date=2026-01-13', 404, 'SOS_UNKNOWN_GATE'],
    ['/api/day?symbol=NIFTY&date=2026-01-13&market=imported', 404, 'SOS_NO_DATA'],
    ['/api/day?symbol=NIFTY&date=2026-01-13&market=nowhere', 400, 'SOS_INPUT'],
    ['/api/day?symbol=NIFTY&date=2031-01-13', 400, 'SOS_DATE_RANGE'],
    ['/api/day?symbol=NFTY&date=2026-01-12', 400, 'SOS_INPUT'],
    ['/api/day?symbol=NIFTY&date=yesterday', 400, 'SOS_INPUT'],
    ['/api/day?symbol=NIFTY&date=2026-02-30', 400, 'SOS_INPUT'],
    ['/api/day?symbol=NIFTY&date=2026-01-12&contracts=NIFTY13JAN2625700CE', 404, 'SOS_NO_DATA'],
    ['/api/chain?symbol=NIFTY&date=2026-01-13&expiry=2026-01-14', 404, 'SOS_NO_DATA'],
    ['/api/backtests/nope', 404, 'SOS_UNKNOWN_RUN'],
  ])('%s answers %i %s and no stack', async (url, status, code) => {
    const answer = await app.inject({ url, headers: LOCAL });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(answer.body).not.toMatch(/\bat .*\.ts/);
  });

  test.each([{ host: 'evil.example' }, { host: '127.0.0.1:8640', origin: 'http://evil.example' }])(
    'refuses %j',
    async (headers) => {
      const answer = await app.inject({ url: '/api/runs', headers });
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([401, 'SOS_AUTH']);
    },
  );
});

describe('backtests of the form', () => {
  const form = {
    symbols: ['NIFTY'],
    from: '2026-01-12',
    to: '2026-01-13',
    gates: [],
    source: 'simulated',
    capitalRupees: 500_000,
    seed: 1,
  };
  const post = (payload: object) => app.inject({ method: 'POST', url: '/api/backtests', headers: LOCAL, payload });

  test('one runs at a time and says how far it is', async () => {
    const begun = (await post(form)).json<{ jobId: string; state: string }>();
    expect(begun.state).toBe('running');
    expect((await post(form)).statusCode).toBe(400);
    report({ kind: 'progress', sessionsDone: 1, sessionsTotal: 2, date: '2026-01-12', trades: 3 });
    expect(await get(`/api/backtests/${begun.jobId}`)).toMatchObject({ state: 'running', sessionsDone: 1, trades: 3 });
    report({ kind: 'done', runId: 'r1', trades: 5 });
    expect(await get(`/api/backtests/${begun.jobId}`)).toMatchObject({ state: 'done', runId: 'r1', trades: 5 });
    expect((await post(form)).statusCode).toBe(200);
  });

  test.each([
    [{ ...form, gates: ['BRF_SHROT'] }, 404, 'SOS_UNKNOWN_GATE'],
    [{ ...form, symbols: [] }, 400, 'SOS_INPUT'],
    [{ ...form, capitalRupees: -1 }, 400, 'SOS_INPUT'],
  ])('refuses %j', async (payload, status, code) => {
    const answer = await post(payload);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });
});
