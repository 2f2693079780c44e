import { failureLines, runInMemory } from './fixtures/memory-io.js';

describe('sos', () => {
  it('prints help with examples and ends with 0', async () => {
    for (const argv of [[], ['--help'], ['help']]) {
      const { code, out, err } = await runInMemory(argv);
      expect(code).toBe(0);
      expect(err).toBe('');
      expect(out).toContain('Usage: sos');
      expect(out).toContain('Examples:');
      for (const verb of ['backtest', 'import', 'gates', 'report', 'db', 'doctor'])
        expect(out).toContain(`\n  ${verb}`);
    }
  });

  it.each(['backtest', 'import', 'gates', 'report', 'db', 'doctor'])('%s --help shows examples', async (verb) => {
    const { code, out } = await runInMemory([verb, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: sos ${verb}`);
    expect(out).toMatch(/Examples:\n {2}sos /);
    expect(out).toContain('--data-dir <folder>');
  });

  it('prints its version', async () => {
    expect(await runInMemory(['--version'])).toEqual({ code: 0, out: '0.0.1\n', err: '' });
  });

  it('suggests a command for a mistyped one', async () => {
    const outcome = await runInMemory(['backtets']);
    expect(outcome.code).toBe(2);
    expect(failureLines(outcome).error).toBe(
      'error: expected a known command, found "backtets" (did you mean backtest?)',
    );
    expect(outcome.out).toBe('');
  });

  it('suggests an option for a mistyped one', async () => {
    const outcome = await runInMemory(['backtest', '--symbl', 'NIFTY']);
    expect(outcome.code).toBe(2);
    expect(failureLines(outcome).error).toBe(
      'error: expected a known option, found "--symbl" (did you mean --symbol?)',
    );
  });

  it('names a missing option and a missing argument', async () => {
    const option = await runInMemory(['backtest', '--symbol', 'NIFTY']);
    expect(option.code).toBe(2);
    expect(failureLines(option).error).toBe('error: expected --from-date <day>, found nothing');
    const argument = await runInMemory(['import', 'index-bars']);
    expect(failureLines(argument).error).toBe('error: expected path, found nothing');
  });

  it('refuses a database URL of another scheme without printing it', async () => {
    const env = { DATABASE_URL: 'mysql://me:hunter22@host/db' };
    const outcome = await runInMemory(['db', 'status'], { env });
    expect(outcome.code).toBe(1);
    expect(failureLines(outcome).error).toBe(
      'error: expected DATABASE_URL to start with postgres://, found another scheme',
    );
    expect(outcome.err).not.toContain('hunter22');
  });
});
