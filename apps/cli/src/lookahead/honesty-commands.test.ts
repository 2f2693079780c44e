import path from 'node:path';
import { gateObject, writeGates } from '../fixtures/gate-files.js';
import { failureLines, runInMemory } from '../fixtures/memory-io.js';
import { sharedDatabase } from '../fixtures/shared-database.js';

jest.setTimeout(120_000);

describe('proofs of honesty as commands', () => {
  const { folder, env } = sharedDatabase();
  const sos = (...argv: string[]) => runInMemory([...argv, '--data-dir', folder()], { cwd: folder(), env: env() });
  const json = async (...argv: string[]) => JSON.parse((await sos(...argv, '--json')).out);
  const DAY = '2026-01-12';
  const strategies = (): string => path.join(folder(), 'gates');
  let run: { readonly runId: string };

  beforeAll(async () => {
    writeGates(strategies(), {
      high: { ...gateObject('HIGH_PCR'), filter: ['chain.pcr > 5'] },
      rising: gateObject(),
    });
    const range = ['--symbol', 'NIFTY', '--from-date', DAY, '--to-date', '2026-01-13'];
    run = await json('backtest', ...range, '--strategies', strategies());
  }, 120_000);

  it('sos lookahead finds no leak in the shipped gates on a simulated day', async () => {
    const { code, out } = await sos('lookahead', '--extras', '--dates', DAY);
    expect(code).toBe(0);
    expect(out).toMatch(/^NIFTY 2026-01-12 {2}1,\d{3} instants {2}[\d,]+ log lines {2}clean$/m);
    expect(out).toMatch(/\[data: SIMULATED.*\] 1 sessions, .* of 32 gates: no decision depends on the future/);
  });

  it('sos warmup reports the smallest history of each gate', async () => {
    const { gates } = await json('warmup', '--gates', 'VWAP_EMA_GATE_LONG,BIGDOG_BREAKOUT_LONG', '--dates', DAY);
    expect(gates).toMatchObject([
      { gate: 'BIGDOG_BREAKOUT_LONG', declaredBars: 20, holds: true, wasTested: true, difference: null },
      { gate: 'VWAP_EMA_GATE_LONG', declaredBars: 108, holds: true, wasTested: true, difference: null },
    ]);
    for (const gate of gates) expect(gate.smallestBars).toBeLessThanOrEqual(gate.declaredBars);
  });

  it('sos explain --day ranks every gate by how near it came, over every evaluation', async () => {
    const { days } = await json('explain', '--day', DAY, '--extras');
    expect(days).toHaveLength(1);
    const [{ gates }] = days;
    expect(gates).toHaveLength(32);
    expect(new Set(gates.map((g: { evaluations: number }) => g.evaluations))).toEqual(new Set([375]));
    const signals = gates.map((g: { signals: number }) => g.signals);
    expect([...signals].sort((a, b) => b - a)).toEqual(signals);
    const { out } = await sos('explain', '--day', DAY, '--gates', 'BRF_SHORT');
    expect(out).toMatch(/│ BRF_SHORT +│ +\d+ │ [A-Z]+ \(\d\/4\) +│ /);
    expect(out).toContain('every gate was asked at every bar: 375 evaluations');
  });

  it('sos explain --run repeats the run and proves what would have made the gate move on', async () => {
    const at = ['--strategies', strategies()];
    const rows = await json('explain', '--run', run.runId, '--gate', 'HIGH_PCR', '--at', '2026-01-13T11:05', ...at);
    expect(rows).toMatchObject({ run: run.runId, changedSince: [] });
    expect(rows.evaluation).toMatchObject({
      gate: 'HIGH_PCR',
      phase: 'TRIGGER',
      regimeAllows: true,
      isEntryTime: true,
    });
    const [pcr, close] = rows.evaluation.conditions;
    expect(pcr).toMatchObject({ text: 'chain.pcr > 5', passes: false, tests: [{ left: 'chain.pcr', threshold: 5 }] });
    expect(pcr.tests[0].distance).toBeCloseTo(pcr.tests[0].value - 5, 9);
    expect(pcr.sources).toMatchObject([{ word: 'chain.pcr', source: 'option chain of the nearest expiry' }]);
    expect(close.text).toBe('close > prev.close');
    expect(rows.wouldPass).toMatchObject({ verified: true, outcome: 'fired' });
    expect(rows.wouldPass.needed).toContainEqual(expect.objectContaining({ word: 'chain.pcr', operator: '>' }));
    const { out } = await sos('explain', '--run', 'latest', '--gate', 'HIGH_PCR', '--at', '2026-01-13T11:05', ...at);
    expect(out).toMatch(
      /would have fired if .*chain\.pcr > 5 \(is [\d.]+\).* \(verified by evaluating the bar again\)/,
    );
    expect(out).toContain('repeated with the same data, gates and ledger');
  });

  it.each([
    [['explain', '--run', 'latest'], 'expected --run with --gate and --at, or --day, found neither of the two'],
    [['explain', '--run', 'latest', '--gate', 'RISNG_CLOSE', '--at', '2026-01-13T11:05'], 'did you mean RISING_CLOSE?'],
    [['explain', '--run', 'latest', '--gate', 'RISING_CLOSE', '--at', '11:05'], 'expected --at as YYYY-MM-DDTHH:MM'],
    [
      ['explain', '--run', 'latest', '--gate', 'RISING_CLOSE', '--at', '2026-02-13T11:05'],
      'expected --at within the run',
    ],
    [['explain', '--run', 'latest', '--gate', 'RISING_CLOSE', '--at', '2026-01-13T18:05'], 'expected a bar of NIFTY'],
    [['explain', '--run', '1999', '--gate', 'RISING_CLOSE', '--at', '11:05'], 'expected the id of a run, found "1999"'],
    [['lookahead', '--dates', ','], 'expected --dates as a day, A..B or days separated by commas'],
    [['lookahead', '--dates', '2026-01-10'], 'expected at least one trading day'],
    [['lookahead', '--cuts', '-1'], 'expected --cuts as a whole number from 0 to 1000'],
    [['warmup', '--symbol', 'NIFTI'], 'did you mean NIFTY?'],
  ])('%j is refused: %s', async (argv, message) => {
    const outcome = await sos(...argv, '--strategies', strategies());
    expect(outcome.code).toBe(2);
    expect(failureLines(outcome).error).toContain(message);
  });
});
