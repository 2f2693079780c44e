import path from 'node:path';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { openJournal } from '@sos/brokers';
import { istInstant, paise, parseIstDate, units } from '@sos/domain';
import { orderTag, type DeskRecord } from '@sos/engine';
import { optionContract } from '@sos/symbol-master';
import { runInMemory } from '../fixtures/memory-io.js';

const DAY = parseIstDate('2026-11-20');
const NOW = istInstant(DAY, '10:00');
let data = '';

beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'sos-desk-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

const sos = (...argv: string[]) => runInMemory([...argv, '--data-dir', data]);
const json = async (...argv: string[]): Promise<{ desks: Record<string, unknown>[] }> =>
  JSON.parse((await sos(...argv, '--json')).out) as { desks: Record<string, unknown>[] };

describe('sos kill', () => {
  test('throws the switch of every desk, and only the typed words release it', async () => {
    expect((await sos('kill', '--reason', 'runaway')).out).toBe(
      'paper: killed (runaway); no entry leaves, orders are withdrawn, positions are left\nlive: killed (runaway); no entry leaves, orders are withdrawn, positions are left\n',
    );
    const refused = await sos('kill', '--release', 'yes');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(
      'expected the words "RELEASE THE KILL SWITCH" to release the kill switch, found "yes"',
    );
    expect((await json('kill', '--release', 'RELEASE THE KILL SWITCH')).desks).toEqual([
      { desk: 'paper', killed: null },
      { desk: 'live', killed: null },
    ]);
  });

  test('of one desk leaves the other alone; another name is refused', async () => {
    await sos('kill', '--desk', 'live');
    expect((await json('status')).desks.map(({ killed }) => killed)).toEqual([null, 'sos kill']);
    expect((await sos('kill', '--desk', 'lve')).err).toContain('expected --desk to be one of paper, live, found "lve"');
  });
});

describe('sos status', () => {
  const contract = optionContract({
    underlying: 'NIFTY',
    expiry: parseIstDate('2026-11-24'),
    strike: 25_000,
    right: 'CE',
  });
  const tag = orderTag('entry');
  const records: DeskRecord[] = [
    {
      kind: 'position',
      time: NOW,
      id: 'wish',
      gate: 'momentum',
      contract,
      lot: units(65),
      units: units(130),
      stop: paise(9_000),
    },
    {
      kind: 'intent',
      time: NOW,
      tag,
      position: 'wish',
      purpose: 'entry',
      contract: contract.id,
      side: 'BUY',
      units: units(130),
      limit: paise(10_065),
      trigger: null,
    },
    {
      kind: 'order',
      time: NOW,
      tag,
      orderId: 'B1',
      status: 'working',
      filledUnits: units(65),
      averagePrice: 100.1,
      trigger: null,
      reason: '',
    },
    {
      kind: 'veto',
      time: NOW,
      intent: 'next',
      reason: 'max-positions',
      detail: 'expected open positions of at most 1, found 2',
    },
  ];
  const written = async (): Promise<string> => {
    const folder = path.join(data, 'desk', 'paper');
    const { journal } = await openJournal({ folder, date: DAY, now: NOW });
    await journal.append(records);
    await journal.close();
    return journal.file;
  };

  test('says so where no desk has traded', async () => {
    const { out, code } = await sos('status', '--desk', 'paper');
    expect([code, out]).toEqual([0, expect.stringMatching(/journal[\s│]+none yet/) as string]);
  });

  test('tells positions, orders and vetoes of the newest journal', async () => {
    await written();
    expect((await json('status', '--desk', 'paper')).desks).toEqual([
      {
        desk: 'paper',
        pid: null,
        killed: null,
        day: '2026-11-20',
        records: 5,
        realised_paise: 0,
        positions: [{ gate: 'momentum', contract: 'NIFTY24NOV2625000CE', units: 65, stop_paise: 9_000, leaving: '' }],
        orders_open: 1,
        orders_unknown: 0,
        quarantined: {},
        vetoes: { 'max-positions': 1 },
      },
    ]);
    const { out } = await sos('status', '--desk', 'paper');
    expect(out).toMatch(/position[\s│]+momentum: 65 NIFTY24NOV2625000CE, stop 90\.00/);
    expect(out).toMatch(/2026-11-20, 5 records, every line proven/);
  });

  test('prints the audit trail of the days that are asked for', async () => {
    await written();
    const trail = await sos('status', '--desk', 'paper', '--trail', '--from-date', '2026-11-20');
    const lines = trail.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ date, line, kind }) => [date, line, kind])).toEqual(
      ['day', 'position', 'intent', 'order', 'veto'].map((kind, i) => ['2026-11-20', i + 1, kind]),
    );
    expect((await sos('status', '--desk', 'paper', '--trail', '--from-date', '2026-11-21')).out).toBe('');
  });

  test('does not show a journal that somebody changed', async () => {
    await appendFile(await written(), 'forged line\n');
    const { code, err } = await sos('status');
    expect(code).toBe(1);
    expect(err).toContain('expected line 6 of the journal to follow the line before');
  });
});
