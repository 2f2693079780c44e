import type { EngineConfig } from '../engine-config.js';
import { Desk } from '../fixtures/desk.js';
import { gateProfile } from '../fixtures/scripted-signals.js';

const TWO = [gateProfile(), gateProfile({ id: 'UP-B' })];
const BOTH_WAYS = [gateProfile(), gateProfile({ id: 'DOWN', bias: 'bearish' })];
const DOWN = { gate: 1, stop: 25_050, target: 24_900 };

/** Reason of the last decision. */
const last = (desk: Desk): string | undefined => desk.verdicts.at(-1);

/** A desk whose first trade lost at its stop in the minute before. */
function afterLoss(config: Partial<EngineConfig> = {}, gates = TWO): Desk {
  const desk = new Desk({ config, gates }).entered().minute({ option: { open: 150, low: 100, close: 120 } });
  expect(desk.out.trades).toHaveLength(1);
  return desk;
}

describe('levels', () => {
  it.each([
    ['a stop above the entry', { stop: 25_010 }],
    ['a target below the entry', { target: 24_990 }],
    ['an unknown stop', { stop: Number.NaN }],
    ['an unknown target', { target: Number.NaN }],
    ['an unknown entry', { entry: Number.NaN }],
    ['no size', { sizeMultiplier: 0 }],
    ['an unknown size', { sizeMultiplier: Number.NaN }],
  ])('%s refuses the signal: nothing is mirrored into a right one', (_what, signal) => {
    expect(last(new Desk().minute({ signal }))).toBe('refused levels');
  });

  it('are mirrored for a bearish gate', () => {
    expect(last(new Desk({ gates: BOTH_WAYS }).minute({ signal: { gate: 1 } }))).toBe('refused levels');
    expect(last(new Desk({ gates: BOTH_WAYS }).minute({ signal: DOWN }))).toBe('signal admitted');
  });
});

describe('one position for each gate', () => {
  it('holds while an entry waits and while a position is open', () => {
    const desk = new Desk().minute({ signal: {} });
    expect(last(desk.minute({ signal: {}, option: { open: 150 } }))).toBe('refused position-open');
    expect(last(desk.minute({ signal: {}, option: { open: 150 } }))).toBe('refused position-open');
  });

  it('lets another gate hold the same contract, each with its own position', () => {
    const desk = new Desk({ gates: TWO }).entered().minute({ signal: { gate: 1 }, option: { open: 150 } });
    desk.minute({ option: { open: 150 } });
    expect(desk.positions.map((p) => [p.gate, p.contract.id])).toEqual([
      [0, 'NIFTY20JAN2625000CE'],
      [1, 'NIFTY20JAN2625000CE'],
    ]);
    expect(desk.out.requests.map((r) => r.action)).toEqual(['watch']);
  });
});

describe('the entry window', () => {
  it('is the gate’s own', () => {
    const desk = new Desk({ gates: [gateProfile({ entryFromMinute: 9 * 60 + 17, entryToMinute: 9 * 60 + 18 })] });
    const said = [1, 2, 3, 4].map(() => last(desk.minute({ signal: {}, option: { open: 150 } })));
    expect(said).toEqual(['refused entry-window', 'signal admitted', 'refused position-open', 'refused position-open']);
  });

  it('ends ten minutes before the square-off', () => {
    const desk = new Desk({ gates: [gateProfile({ entryToMinute: 1439 })] });
    for (let i = 0; i < 349; i++) desk.minute();
    expect(last(desk.minute({ signal: {} }))).toBe('refused entry-window');
  });
});

describe('daily limits', () => {
  it('count entries, pending ones included', () => {
    const desk = new Desk({ gates: TWO, config: { maxTradesPerDay: 1 } }).minute({ signal: {} });
    expect(last(desk.minute({ signal: { gate: 1 } }))).toBe('refused daily-trades');
  });

  it('stop entries once realised losses reach the limit', () => {
    const desk = afterLoss({ dailyLossShare: 0.002, cooldownMinutes: 0 });
    expect(last(desk.minute({ signal: { gate: 1 } }))).toBe('refused daily-loss');
    expect(last(afterLoss({ cooldownMinutes: 0 }).minute({ signal: { gate: 1 } }))).toBe('signal admitted');
  });

  it('count open losses too, and stay halted when the price comes back', () => {
    const desk = new Desk({ gates: TWO, config: { dailyLossShare: 0.002 } }).entered();
    desk.minute({ option: { open: 150, low: 126, close: 126 } });
    expect(last(desk.minute({ signal: { gate: 1 }, option: { open: 160 } }))).toBe('refused daily-loss');
  });

  it('may also flatten what is open', () => {
    const config = { dailyLossShare: 0.002, flattenOnDailyLoss: true };
    const desk = new Desk({ config }).entered().minute({ option: { open: 150, low: 126, close: 126 } });
    desk.minute({ option: { open: 130 } });
    expect(desk.out.trades[0]).toMatchObject({ exitReason: 'square-off', exitPrice: 12_980 });
  });
});

describe('rests', () => {
  it('a gate rests after its loss, another does not', () => {
    const desk = afterLoss();
    expect(last(desk.minute({ signal: {} }))).toBe('refused cooldown');
    expect(last(desk.minute({ signal: { gate: 1 } }))).toBe('signal admitted');
  });

  it('ends after the configured minutes', () => {
    const desk = afterLoss({ cooldownMinutes: 2 });
    expect([1, 2].map(() => last(desk.minute({ signal: {} })))).toEqual(['refused cooldown', 'signal admitted']);
  });

  it('all gates rest after losses in a row', () => {
    const desk = afterLoss({ lossesInRow: 1, lossPauseMinutes: 2, cooldownMinutes: 0 });
    const said = [1, 2].map(() => last(desk.minute({ signal: { gate: 1 } })));
    expect(said).toEqual(['refused cooldown', 'signal admitted']);
  });
});

describe('portfolio caps', () => {
  it('limit open and pending positions', () => {
    const desk = new Desk({ gates: BOTH_WAYS, config: { maxPositions: 1 } }).minute({ signal: {} });
    expect(last(desk.minute({ signal: DOWN }))).toBe('refused max-positions');
  });

  it('limit one direction apart from the other', () => {
    const gates = [...BOTH_WAYS, gateProfile({ id: 'UP-B' })];
    const desk = new Desk({ gates, config: { maxSameDirection: 1 } }).minute({ signal: {} });
    expect(last(desk.minute({ signal: { gate: 2 } }))).toBe('refused max-direction');
    expect(last(desk.minute({ signal: DOWN }))).toBe('signal admitted');
  });
});

describe('arbitration', () => {
  it('asks the higher priority first, then the lower id, whatever order they fired in', () => {
    const gates = [gateProfile({ id: 'C' }), gateProfile({ id: 'B' }), gateProfile({ id: 'A', priority: -1 })];
    const desk = new Desk({ gates, config: { maxPositions: 2 } });
    for (const gate of [2, 0, 1])
      desk.signals.queued.push({
        gate,
        regime: 'BULLISH',
        entry: 25_000,
        stop: 24_950,
        target: 25_100,
        sizeMultiplier: 1,
      });
    desk.minute();
    expect(desk.out.decisions.map((d) => `${d.gate} ${d.reason}`)).toEqual([
      'B admitted',
      'C admitted',
      'A max-positions',
    ]);
  });
});

describe('commands', () => {
  it('pause refuses entries until resume', () => {
    const desk = new Desk().command('pause');
    expect(last(desk.minute({ signal: {} }))).toBe('refused halted');
    expect(last(desk.command('resume').minute({ signal: {} }))).toBe('signal admitted');
  });

  it('flatten cancels what waits and leaves what is open at its next price', () => {
    const desk = new Desk({ gates: TWO })
      .entered()
      .minute({ signal: { gate: 1 } })
      .command('flatten');
    expect(last(desk)).toBe('unfilled flatten');
    desk.minute({ option: { open: 150 } });
    expect(desk.out.trades[0]).toMatchObject({ exitReason: 'square-off' });
  });

  it('kill lasts: resume does not lift it', () => {
    const desk = new Desk()
      .entered()
      .command('kill')
      .command('resume')
      .minute({ option: { open: 150 } });
    expect(desk.out.trades).toHaveLength(1);
    expect(last(desk.minute({ signal: {} }))).toBe('refused halted');
  });
});
