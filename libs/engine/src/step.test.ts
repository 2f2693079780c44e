import { makeChainTape, parseIstDate, type ChainTape } from '@sos/domain';
import { makeEffects } from './effects.js';
import { DAY, Desk, OPEN } from './fixtures/desk.js';
import { PLAIN_RULES } from './fixtures/plain-rules.js';
import { ScriptedSignals, gateProfile } from './fixtures/scripted-signals.js';
import { makeEngineConfig } from './engine-config.js';
import { makeEngineState } from './state/engine-state.js';
import { step } from './step.js';

const head = (seq: number, at: number) => ({ seq, eventTime: at, availableAt: at });

describe('the order of events', () => {
  it('must not go back in time, nor repeat a number', () => {
    const { state, out } = new Desk().minute();
    const close = { kind: 'session-close' as const, underlying: 0 };
    expect(() => step(state, { ...close, ...head(99, OPEN) }, out)).toThrow('expected an event after 2 at');
    expect(() => step(state, { ...close, ...head(2, OPEN + 60_000) }, out)).toThrow('expected an event after 2 at');
    expect(() => step(state, { ...close, ...head(3, Number.NaN) }, out)).toThrow('found event 3 at NaN');
  });

  it('must name a book', () => {
    const { state, out } = new Desk();
    expect(() => step(state, { kind: 'session-close', underlying: 1, ...head(9, OPEN) }, out)).toThrow(
      'expected one of 1 books, found book 1',
    );
  });

  it('must close a session before the next one', () => {
    const { state, out } = new Desk();
    const open = { kind: 'session-open' as const, underlying: 0, date: DAY, previousClose: 1 };
    expect(() => step(state, { ...open, ...head(9, OPEN) }, out)).toThrow('expected session 2026-01-12 closed first');
  });
});

describe('what gates say', () => {
  it('is recorded as decisions in words', () => {
    const desk = new Desk();
    desk.signals.moves.push((sink) => {
      sink.advanced(0, 1);
      sink.vetoed(0, 1, true);
      sink.vetoed(0, 0, false);
      sink.reset(0, 2, 'timeout');
    });
    desk.minute();
    expect(desk.out.decisions.map((d) => [d.kind, d.reason, d.detail])).toEqual([
      ['advanced', 'phase', 'phase 1'],
      ['vetoed', 'unknown', 'trigger'],
      ['vetoed', 'filter', 'filter'],
      ['reset', 'timeout', 'phase 2'],
    ]);
  });

  it('is left out when only orders are to be recorded', () => {
    const desk = new Desk({ config: { decisions: 'orders' } });
    desk.signals.moves.push((sink) => {
      sink.advanced(0, 1);
      sink.vetoed(0, 1, true);
      sink.reset(0, 2, 'timeout');
    });
    desk.minute({ signal: {} });
    expect(desk.verdicts).toEqual(['signal admitted']);
  });
});

describe('the choice of the contract', () => {
  const chainOf = (strikes: number[], expiry = '2026-01-20'): ChainTape => {
    const chain = makeChainTape({
      underlying: 'NIFTY',
      expiry: parseIstDate(expiry),
      source: 'recorded',
      strikes: Float64Array.from(strikes),
      length: 1,
    });
    return chain;
  };
  const contractOf = (steps: number, chain: ChainTape | null): string | undefined => {
    const desk = new Desk({ gates: [gateProfile({ option: { steps, expiry: 'nearest' } })] });
    if (chain)
      step(desk.state, { kind: 'chain', underlying: 0, tape: chain, snapshot: 0, ...head(1.5, OPEN) }, desk.out);
    return desk.minute({ index: 25_010, signal: {} }).watched[0]?.id;
  };

  it('counts listed strikes when a chain is known, the strike step when none is', () => {
    expect(contractOf(1, null)).toBe('NIFTY20JAN2625050CE');
    expect(contractOf(1, chainOf([24_900, 25_000, 25_100]))).toBe('NIFTY20JAN2625100CE');
    expect(contractOf(-1, chainOf([24_900, 25_000, 25_100]))).toBe('NIFTY20JAN2624900CE');
  });

  it('does not clamp to the edge of a chain that ends before the index', () => {
    expect(contractOf(0, chainOf([24_000, 24_050, 24_100]))).toBe('NIFTY20JAN2625000CE');
  });

  it('ignores the chain of another expiry', () => {
    expect(contractOf(1, chainOf([24_900, 25_000, 25_100], '2026-01-27'))).toBe('NIFTY20JAN2625050CE');
  });

  it('is refused where the ladder ends', () => {
    const desk = new Desk({ gates: [gateProfile({ option: { steps: 5, expiry: 'nearest' } })] });
    const chain = chainOf([24_950, 25_000, 25_050]);
    step(desk.state, { kind: 'chain', underlying: 0, tape: chain, snapshot: 0, ...head(1.5, OPEN) }, desk.out);
    expect(desk.minute({ signal: {} }).verdicts).toEqual(['refused no-contract']);
  });
});

describe('a chain', () => {
  it('gives the forward by parity: a premium of the future over the index moves the levels with it', () => {
    const stopWith = (basis: number): number => {
      const desk = new Desk();
      const strikes = [24_900, 24_950, 25_000, 25_050, 25_100];
      const chain = makeChainTape({
        underlying: 'NIFTY',
        expiry: parseIstDate('2026-01-20'),
        source: 'recorded',
        strikes: Float64Array.from(strikes),
        length: 1,
      });
      chain.spot[0] = 25_000;
      strikes.forEach((strike, k) => {
        const gap = 25_000 + basis - strike;
        [chain.call.bid[k], chain.call.ask[k]] = [200 + gap / 2 - 0.1, 200 + gap / 2 + 0.1];
        [chain.put.bid[k], chain.put.ask[k]] = [200 - gap / 2 - 0.1, 200 - gap / 2 + 0.1];
      });
      step(desk.state, { kind: 'chain', underlying: 0, tape: chain, snapshot: 0, ...head(1.5, OPEN) }, desk.out);
      return desk.entered().position.stop;
    };
    // by hand (scripted bisection): 126.21 with σ = 10.0 % at a forward of 25,000; 118.43 at 25,100
    expect([stopWith(0), stopWith(100)]).toEqual([126.2, 118.45]);
  });
});

describe('the setup', () => {
  it('takes each underlying once', () => {
    const config = makeEngineConfig();
    const feed = { underlying: 'NIFTY' as const, signals: new ScriptedSignals([]) };
    expect(() => makeEngineState({ config, rules: PLAIN_RULES, underlyings: [feed, feed] })).toThrow(
      'expected each underlying once, found NIFTY, NIFTY',
    );
    expect(() => makeEngineState({ config, rules: PLAIN_RULES, underlyings: [] })).toThrow('found none');
  });

  it('starts with no effects', () => {
    expect(makeEffects()).toEqual({ decisions: [], orders: [], fills: [], trades: [], requests: [] });
  });
});
