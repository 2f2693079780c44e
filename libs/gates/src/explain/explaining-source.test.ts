import { DecisionLog } from '../fixtures/decision-log.js';
import { runFixture } from '../fixtures/gate-fixture.js';
import { playSession, type PlayedSession } from '../fixtures/play-session.js';
import { MISSING_DATA, realSessions } from '../fixtures/real-session.js';
import { compileStrategies, readFixtures } from '../fixtures/strategy-files.js';
import { compileTiny, type TinyGate } from '../fixtures/tiny-gate.js';
import { createSignalSource } from '../machine/create-signal-source.js';
import type { SignalSource } from '../signal-source.js';
import { ExplainingSource, type ExplainOptions } from './explaining-source.js';
import type { Evaluated, GateEvaluation } from './gate-evaluation.js';
import { whatWouldPass } from './what-would-pass.js';
import { WhyNot } from './why-not.js';

const onData = MISSING_DATA === null ? test : test.skip;
const { gates } = compileStrategies();
const sessions = realSessions(7);

function linesOf(source: SignalSource, days: readonly PlayedSession[]): string[] {
  const log = new DecisionLog();
  const [first, ...rest] = days;
  if (first !== undefined) source.warmUp(first.bars);
  for (const day of rest) playSession(source, { ...day, onBar: (row) => void (log.bar = row) }, log);
  return log.lines;
}

onData(
  `the plain gates decide what the fast machine decides, line by line, and every evaluation is seen ${MISSING_DATA ?? ''}`,
  () => {
    const evaluated: Evaluated[] = [];
    const plain = new ExplainingSource(gates, { observe: (one) => void evaluated.push(one) });
    const fast = linesOf(createSignalSource(gates), sessions);
    expect(linesOf(plain, sessions)).toEqual(fast);
    expect(fast.length).toBeGreaterThan(500);
    const bars = sessions.slice(1).reduce((sum, day) => sum + day.bars.length, 0);
    expect(evaluated).toHaveLength(bars * gates.gates.length);
    expect(evaluated.filter(({ outcome }) => outcome === 'fired').length).toBe(
      fast.filter((line) => line.includes('signal')).length,
    );
    for (const { outcome, stop } of evaluated)
      expect(stop === null).toBe(outcome === 'fired' || (outcome === 'advanced' && stop === null));
  },
);

test('a gate on its fixture is explained at the bar on which it fires: every condition with value, threshold, age and source', () => {
  const fixture = readFixtures().get('VWAP_EMA_GATE_LONG');
  if (fixture === undefined) throw new Error('expected a fixture');
  const fired: GateEvaluation[] = [];
  const observe: ExplainOptions['observe'] = (one, source) => {
    if (one.outcome === 'fired') fired.push(source.describe(one));
  };
  const source = Object.assign(new ExplainingSource(gates, { select: ['VWAP_EMA_GATE_LONG'], observe }), {
    warmUpBars: 0,
    breadth: () => undefined,
    explain: () => {
      throw new Error('not asked');
    },
  });
  runFixture(source, fixture, fixture.chain);
  expect(fired).toHaveLength(1);
  const [only] = fired;
  if (only === undefined) throw new Error('expected a signal');
  expect(only).toMatchObject({
    gate: 'VWAP_EMA_GATE_LONG',
    phase: 'TRIGGER',
    outcome: 'fired',
    regimeAllows: true,
    isEntryTime: true,
  });
  const { conditions, chainAgeMinutes } = only;
  expect(conditions.map(({ phase, text, passes }) => [phase, text, passes])).toEqual([
    ['FILTER', 'chain.smartTrend in [LONG_BUILDUP, SHORT_COVERING, NEUTRAL]', true],
    ['FILTER', 'chain.pcr > params.minPcr', true],
    ['TRIGGER', 'volume > params.effort * sma(volume, 20)', true],
    ['TRIGGER', 'close > captured.setupEma', true],
    ['TRIGGER', 'close > captured.setupVwap', true],
  ]);
  const [, pcr, volume] = conditions;
  expect(pcr?.tests).toMatchObject([{ left: 'chain.pcr', operator: '>', threshold: 0.8, passes: true }]);
  expect(pcr?.sources).toEqual([
    { word: 'chain.pcr', anchor: 'chain', source: 'option chain of the nearest expiry', ageMinutes: chainAgeMinutes },
  ]);
  expect(volume?.sources).toMatchObject([{ word: 'volume', ageMinutes: 0 }]);
  for (const { tests } of conditions) for (const { value, threshold } of tests) expect(value + threshold).not.toBeNaN();
});

function lastOf(tiny: TinyGate, values: ReadonlyMap<string, number> | null, day: PlayedSession): GateEvaluation {
  const compiled = compileTiny(tiny).gates;
  const at = day.bars.time[60] as number;
  let found: GateEvaluation | null = null;
  const source = new ExplainingSource(compiled, {
    observe: (one, from) => {
      if (one.time === at) found = from.describe(one);
    },
    ...(values === null ? {} : { whatIf: { time: at, values } }),
  });
  playSession(source, day, new DecisionLog());
  if (found === null) throw new Error('expected an evaluation');
  return found;
}

onData(`what would have made a gate fire is proved by evaluating the bar again ${MISSING_DATA ?? ''}`, () => {
  const day = sessions[3] as PlayedSession;
  const ask = (tiny: TinyGate) => whatWouldPass(lastOf(tiny, null, day), (values) => lastOf(tiny, values, day));
  const pcr = ask({ filter: ['chain.pcr > 3'] });
  expect(pcr).toMatchObject({ verified: true, outcome: 'fired', needed: [{ word: 'chain.pcr', operator: '>' }] });
  expect(pcr?.needed[0]?.value).toBeCloseTo(3, 6);
  expect(pcr?.needed[0]?.was).toBeLessThan(3);
  const mean = ask({
    phases: [{ id: 'GO', when: ['close > 1.01 * sma(close, 20)'] }],
    levels: { entry: 'close', stop: 'close - 10', target: 'close + 20' },
  });
  expect(mean).toMatchObject({ verified: true, outcome: 'fired', needed: [{ word: 'close', operator: '>' }] });
  const trend = ask({ filter: ['chain.smartTrend in [SHORT_BUILDUP]', 'chain.pcr < 0.2'] });
  expect(trend?.verified).toBe(true);
  expect(ask({ filter: ['close > 1'] })).toBeNull();
});

onData(`a day's reasons add up to its evaluations ${MISSING_DATA ?? ''}`, () => {
  const whyNot = new WhyNot();
  const source = new ExplainingSource(gates, { observe: whyNot.observe });
  linesOf(source, sessions.slice(0, 2));
  const phasesOf = (id: string): string[] =>
    gates.gates.find(({ profile }) => profile.id === id)?.phases.map((phase) => phase.id) ?? [];
  const reports = whyNot.report(source, phasesOf);
  expect(reports).toHaveLength(32);
  const bars = sessions[1]?.bars.length ?? 0;
  for (const { evaluations, stops, furthest } of reports) {
    expect(evaluations).toBe(bars);
    expect(stops.reduce((sum, { failed, unknown }) => sum + failed + unknown, 0)).toBeLessThanOrEqual(bars);
    expect(furthest).toMatch(/^[A-Z]/);
  }
  expect(reports.some(({ nearest }) => nearest !== null)).toBe(true);
});
