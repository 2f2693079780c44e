import { AppError, istInstant, makeBarColumns, parseIstDate, type EpochMs } from '@sos/domain';
import { parseContractId } from '@sos/symbol-master';
import type { CandleRequest, ProvidedCandles, Provider } from '../providers/provider.js';
import type { IngestSource } from './ingest-source.js';
import { MemoryIngestStore } from './fixtures/memory-ingest-store.js';
import { runIngest, type IngestRequest } from './run-ingest.js';
import { createSimulatedProvider } from './simulated-provider.js';

const [MONDAY, TUESDAY, WEDNESDAY] = ['2026-01-12', '2026-01-13', '2026-01-14'].map(parseIstDate) as [
  ReturnType<typeof parseIstDate>,
  ReturnType<typeof parseIstDate>,
  ReturnType<typeof parseIstDate>,
];
const LATER = istInstant(parseIstDate('2026-01-20'), '10:00');
const simulated = createSimulatedProvider({ seed: 'ingest', now: () => LATER });

/** A vendor with the candles of the simulated market as if recorded, with what a test wants to happen before an answer. */
function vendor(
  id: string,
  {
    before = () => undefined,
    hide = () => false,
    now = LATER,
  }: {
    before?: (request: CandleRequest, count: number) => void;
    hide?: (request: CandleRequest, time: number) => boolean;
    now?: EpochMs;
  } = {},
): IngestSource & { readonly asked: string[] } {
  const asked: string[] = [];
  const market = now === LATER ? simulated : createSimulatedProvider({ seed: 'ingest', now: () => now });
  const provider: Provider = {
    id,
    capabilities: simulated.capabilities,
    session: () => ({ state: 'valid', expiresAt: null, nextStep: null }),
    async *candles(request): AsyncGenerator<ProvidedCandles> {
      asked.push(`${request.contract.id} ${request.from}..${request.to}`);
      before(request, asked.length);
      for await (const { candles, quarantined } of market.candles?.(request) ?? []) {
        const rows = [...candles.bars.time.keys()].filter((i) => !hide(request, candles.bars.time[i] as number));
        const bars = makeBarColumns(rows.length);
        for (const name of ['time', 'open', 'high', 'low', 'close', 'volume', 'openInterest'] as const)
          rows.forEach((row, i) => (bars[name][i] = candles.bars[name][row] as number));
        yield { candles: { ...candles, bars, source: 'recorded' }, quarantined };
      }
    },
  };
  return { provider, source: 'recorded', dataset: id, asked };
}

const ingest = (store: MemoryIngestStore, sources: readonly IngestSource[], more: Partial<IngestRequest> = {}) =>
  runIngest({
    underlyings: ['NIFTY'],
    from: MONDAY,
    to: WEDNESDAY,
    sources,
    store,
    now: () => LATER,
    strikeBand: 1,
    expiries: 1,
    ...more,
  });

test('index, front future, options around each day’s path and their chains; a second run asks for nothing', async () => {
  const [store, source] = [new MemoryIngestStore(), vendor('one')];
  const first = await ingest(store, [source]);
  expect(first).toMatchObject({ stopped: null, failures: [], gaps: [], requests: { failed: 0 } });
  expect(source.asked.slice(0, 2)).toEqual(['NIFTY 2026-01-12..2026-01-14', 'NIFTY27JAN26FUT 2026-01-12..2026-01-14']);
  // The 13th is an expiry: options of it are asked for up to that day, those of the next one for the 14th.
  expect(source.asked.filter((a) => a.startsWith('NIFTY13JAN26') && a.endsWith('..2026-01-14'))).toEqual([]);
  expect(source.asked.some((a) => a.startsWith('NIFTY20JAN26') && a.endsWith('2026-01-14..2026-01-14'))).toBe(true);
  expect(first.written.bars).toBe(3 * 375 * 2);
  expect(first.contractDays.missing).toBe(0);
  expect(first.providers).toEqual([
    { provider: 'one', dataset: 'one', requests: source.asked.length, bars: first.rowsRead, notListed: 0 },
  ]);
  expect([...store.tapes.keys()].sort()).toEqual([
    'one NIFTY 2026-01-13 2026-01-12',
    'one NIFTY 2026-01-13 2026-01-13',
    'one NIFTY 2026-01-20 2026-01-14',
    'one NIFTY 2026-01-27 2026-01-12',
    'one NIFTY 2026-01-27 2026-01-13',
    'one NIFTY 2026-01-27 2026-01-14',
  ]);
  const again = vendor('one');
  const second = await ingest(store, [again]);
  expect(again.asked).toEqual([]);
  expect(second).toMatchObject({ rowsRead: 0, requests: { made: 0 }, written: { chainRows: 0 } });
  expect(second.contractDays).toMatchObject({ wanted: first.contractDays.wanted, held: first.contractDays.wanted });
});

test('killed within any unit and run again: the same rows, and no answer but the one under way asked for twice', async () => {
  const [whole, quiet] = [new MemoryIngestStore(), vendor('one')];
  await ingest(whole, [quiet]);
  for (const crashAt of [1, 2, 7, quiet.asked.length]) {
    const [store, first, second] = [new MemoryIngestStore(), vendor('one'), vendor('one')];
    store.crashAt = crashAt;
    await expect(ingest(store, [first])).rejects.toThrow('killed');
    await ingest(store, [second]);
    expect(store.rows()).toEqual(whole.rows());
    expect([...store.tapes.keys()].sort()).toEqual([...whole.tapes.keys()].sort());
    expect(first.asked.length + second.asked.length).toBeLessThanOrEqual(quiet.asked.length + 1);
    expect(second.asked.filter((a) => first.asked.slice(0, -1).includes(a))).toEqual([]);
  }
});

test('a refused login ends the run with what to do next; with a new one it goes on where it stopped', async () => {
  const store = new MemoryIngestStore();
  const dies = vendor('one', {
    before: (_, count) => {
      if (count > 3) throw new AppError('SOS_AUTH', 'expected a login, found none; run `sos auth one`');
    },
  });
  const cut = await ingest(store, [dies]);
  expect(cut.stopped?.message).toContain('sos auth one');
  expect(dies.asked).toHaveLength(4);
  const alive = vendor('one');
  expect(await ingest(store, [alive])).toMatchObject({ stopped: null, failures: [] });
  const [whole, quiet] = [new MemoryIngestStore(), vendor('one')];
  await ingest(whole, [quiet]);
  expect(store.rows()).toEqual(whole.rows());
  expect(alive.asked.length + 3).toBe(quiet.asked.length);
});

test('what the first provider does not have is asked of the next, each row under the name of who gave it', async () => {
  const store = new MemoryIngestStore();
  const short = vendor('short', { hide: ({ contract }, time) => contract.kind === 'index' && time % 600_000 === 0 });
  const full = vendor('full');
  const summary = await ingest(store, [short, full]);
  expect(full.asked).toEqual(['NIFTY 2026-01-12..2026-01-14']);
  expect(summary.contractDays.missing).toBe(0);
  const index = (dataset: string): number =>
    store.rows().filter((row) => row.startsWith(`NIFTY recorded ${dataset} `)).length;
  expect([index('full'), index('short')]).toEqual([3 * 375, 3 * 337]);
  expect(summary.gaps.length).toBe(3 * 38);
});

test('a provider that does not answer is left for the next one for the rest of the run', async () => {
  const store = new MemoryIngestStore();
  const down = vendor('down', {
    before: () => {
      throw new AppError('SOS_NETWORK', 'expected an answer of down, found none');
    },
  });
  const up = vendor('up');
  const summary = await ingest(store, [down, up]);
  expect(down.asked).toHaveLength(1);
  expect(summary).toMatchObject({ requests: { failed: 1 }, contractDays: { missing: 0 }, stopped: null });
  expect(summary.failures.map((f) => f.code)).toEqual(['SOS_NETWORK']);
  const alone = await ingest(new MemoryIngestStore(), [down]);
  expect(alone.contractDays.missing).toBe(alone.contractDays.wanted);
});

test('a contract that no provider lists is told once and not asked for again', async () => {
  const store = new MemoryIngestStore();
  const before = ({ contract }: CandleRequest): void => {
    if (contract.kind === 'future') throw new AppError('SOS_UNKNOWN_SYMBOL', 'expected a listed contract');
  };
  const first = vendor('one', { before });
  expect((await ingest(store, [first])).providers[0]?.notListed).toBe(1);
  const second = vendor('one', { before });
  expect((await ingest(store, [second])).contractDays.missing).toBe(0);
  expect(second.asked).toEqual([]);
});

test('a day that is not over is asked for again, also when the clock here is ahead of the vendor’s', async () => {
  const store = new MemoryIngestStore();
  const days = { from: TUESDAY, to: TUESDAY };
  const noon = istInstant(TUESDAY, '12:00');
  const morning = await ingest(store, [vendor('one', { now: noon })], { ...days, now: () => noon });
  expect(morning.written.bars).toBe(2 * 165);
  const ahead = istInstant(TUESDAY, '16:30');
  await ingest(store, [vendor('one', { now: noon })], { ...days, now: () => ahead });
  const evening = vendor('one');
  const rest = await ingest(store, [evening], { ...days, now: () => ahead });
  expect(evening.asked.length).toBeGreaterThan(10);
  expect(rest.contractDays.missing).toBe(0);
  expect(await ingest(store, [vendor('one')], { ...days, now: () => ahead })).toMatchObject({ requests: { made: 0 } });
});

test('bars off the tick and misprints go to quarantine with their request', async () => {
  const store = new MemoryIngestStore();
  const source = vendor('one');
  const provider: Provider = {
    ...source.provider,
    async *candles(request): AsyncGenerator<ProvidedCandles> {
      for await (const piece of source.provider.candles?.(request) ?? []) {
        if (request.contract.kind === 'future') {
          piece.candles.bars.close[5] = (piece.candles.bars.close[5] as number) + 0.013;
          piece.candles.bars.high[5] = (piece.candles.bars.high[5] as number) + 10;
        }
        yield piece;
      }
    },
  };
  const summary = await ingest(store, [{ ...source, provider }], { from: MONDAY, to: MONDAY });
  expect(summary.quarantined).toEqual({ 'off-tick': 1 });
  expect(store.refused).toMatchObject([{ file: 'one NIFTY27JAN26FUT', reason: 'off-tick' }]);
});

test('--full-options needs a provider that lists contracts', async () => {
  const store = new MemoryIngestStore();
  const mute = ingest(new MemoryIngestStore(), [vendor('one')], { fullOptions: true });
  await expect(mute).rejects.toMatchObject({ code: 'SOS_INPUT' });
  const own: IngestSource = { provider: simulated, source: 'simulated', dataset: 'SIMULATED' };
  const summary = await ingest(store, [own], { fullOptions: true, from: MONDAY, to: MONDAY });
  expect(summary.contractDays.missing).toBe(0);
  expect(store.tapes.get('SIMULATED NIFTY 2026-01-13 2026-01-12')).toMatchObject({ source: 'simulated', length: 375 });
  expect(store.rows().filter((row) => !row.includes(' simulated SIMULATED'))).toEqual([]);
});

test('holes of an index are asked for again on demand, named days of named contracts always, with the chains they belong to', async () => {
  const store = new MemoryIngestStore();
  const days = { from: MONDAY, to: MONDAY };
  const chains = (): number => store.units.filter((unit) => unit.startsWith('ingest-chain')).length;
  const holes = vendor('one', { hide: ({ contract }, time) => contract.kind === 'index' && time % 600_000 === 0 });
  await ingest(store, [holes], days);
  const usual = vendor('one');
  await ingest(store, [usual], days);
  expect(usual.asked).toEqual([]);
  expect(chains()).toBe(2);
  const filling = vendor('one');
  const filled = await ingest(store, [filling], { ...days, fillHoles: true });
  expect(filling.asked).toEqual(['NIFTY 2026-01-12..2026-01-12']);
  expect(filled).toMatchObject({ contractDays: { missing: 0 }, gaps: [] });
  // The spot of the chains is the index: they are made anew.
  expect(chains()).toBe(4);
  const [option = ''] = holes.asked.filter((a) => a.startsWith('NIFTY13JAN26'));
  const again = vendor('one');
  const need = { contract: parseContractId(option.split(' ')[0] ?? ''), days: [MONDAY] };
  const before = store.rows();
  await ingest(store, [again], { ...days, again: [need] });
  expect(again.asked).toEqual([option]);
  expect(store.rows()).toEqual(before);
  expect(chains()).toBe(4);
});
