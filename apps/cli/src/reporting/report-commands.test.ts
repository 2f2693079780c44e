import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { gateObject, writeGates } from '../fixtures/gate-files.js';
import { failureLines, runInMemory, type CliOutcome } from '../fixtures/memory-io.js';
import { sharedDatabase } from '../fixtures/shared-database.js';

jest.setTimeout(120_000);

const DAY = ['--from-date', '2026-01-13', '--to-date', '2026-01-13', '--source', 'simulated', '--seed', '7'];
const PLANTED = 'planted-token-27182818284';

describe('reports, bundles and comparisons of stored runs', () => {
  const { folder, env } = sharedDatabase();
  const at = (name: string): string => path.join(folder(), name);
  const sos = (...argv: string[]): Promise<CliOutcome> =>
    runInMemory([...argv, '--data-dir', folder()], {
      cwd: folder(),
      env: { ...env(), SOS_UPSTOX_TOKEN: PLANTED, SOS_TRADINGVIEW_TOKEN: 'planted-in-a-gate-31415' },
    });
  const out = async (...argv: string[]): Promise<string> => {
    const { code, out, err } = await sos(...argv);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return out;
  };
  const backtest = async (gate: Record<string, unknown>, ...argv: string[]): Promise<string> => {
    const name = String(gate['description']).length;
    const gates = writeGates(at(`gates-${name}`), { rising: gate });
    const text = await out('backtest', '--symbol', 'NIFTY', ...DAY, '--json', '--strategies', gates, ...argv);
    return (JSON.parse(text) as { runId: string }).runId;
  };

  let first = '';
  let second = '';
  let leaky = '';
  beforeAll(async () => {
    mkdirSync(at('secrets'), { recursive: true });
    writeFileSync(at('secrets/upstox-api-secret'), 'planted-in-a-file-16180\n', { mode: 0o600 });
    first = await backtest(gateObject());
    const wider = {
      ...gateObject(),
      description: 'The same, further.',
      levels: { entry: 'close', stop: 'entry - 10', target: 'entry + 40' },
    };
    second = await backtest(wider, '--capital', '700000');
    const said = { ...gateObject('SAID'), description: `The token is planted-in-a-gate-31415, do not tell.` };
    leaky = await backtest(said);
  }, 120_000);

  describe('a report', () => {
    it('as HTML is one page that says SIMULATED and how often the data were tried', async () => {
      const page = await out('report', '--run', first, '--format', 'html');
      expect(page).toMatch(/^<!doctype html>/);
      expect(page).toMatch(/<title>SIMULATED: /);
      expect(page).toContain('deflated by 3 trials (trial ledger)');
      expect(page).toContain(`href="/runs/${first}?trade=`);
      expect(page).not.toMatch(/https?:|<script/);
      expect(await out('report', '--run', first, '--format', 'html', '--trials', '99')).toContain(
        'deflated by 99 trials (as told by --trials)',
      );
    });

    it('is written whole to a file, and the screen stays free', async () => {
      const { code, out: shown, err } = await sos('report', '--run', first, '--format', 'html', '--out', 'sheet.html');
      expect({ code, shown }).toEqual({ code: 0, shown: '' });
      expect(err).toContain(at('sheet.html'));
      expect(readFileSync(at('sheet.html'), 'utf8')).toBe(await out('report', '--run', first, '--format', 'html'));
    });

    it('shows one split with its cells, and with --all every one', async () => {
      const text = await out('report', '--run', first, '--split', 'gate,slot');
      expect(text).toContain('By Gate × From (IST) · SIMULATED');
      const { cells } = JSON.parse(await out('report', '--run', first, '--split', 'gate,slot', '--format', 'json')) as {
        cells: { trades: number; netPaise: number }[];
      };
      const { totals } = JSON.parse(await out('report', '--run', first, '--format', 'json')) as {
        totals: { netPaise: number; trades: { count: number } };
      };
      expect(cells.reduce((sum, c) => sum + c.netPaise, 0)).toBe(totals.netPaise);
      expect(cells.reduce((sum, c) => sum + c.trades, 0)).toBe(totals.trades.count);
      const csv = await out('report', '--run', first, '--split', 'regime', '--format', 'csv');
      expect(csv).toMatch(/^run_id,data,split,label,.*\n[^\n]*,SIMULATED,regime,/);
      const all = await out('report', '--run', first, '--all');
      expect(all.match(/^By .* · SIMULATED$/gm)).toHaveLength(11);
      expect(all).toContain('Capacity · SIMULATED');
    });

    it('of all gates adds up over runs, and refuses a session counted twice', async () => {
      const text = await out('report', '--consolidated', '--run', first);
      expect(text).toMatch(/│ 2026-01-13 NIFTY │/);
      expect(text).toMatch(/Best trades · SIMULATED|Worst trades · SIMULATED/);
      expect(await out('report', '--consolidated')).toContain(`run ${leaky};`);
      const both = JSON.parse(
        await out('report', '--consolidated', '--run', `${first},${leaky}`, '--format', 'json'),
      ) as {
        totals: { netPaise: number };
        rows: { gate: string; netPaise: number }[];
      };
      expect(both.rows.map((r) => r.gate)).toEqual(['RISING_CLOSE', 'SAID']);
      expect(both.rows.reduce((sum, r) => sum + r.netPaise, 0)).toBe(both.totals.netPaise);
      const csv = await out('report', '--consolidated', '--run', first, '--format', 'csv');
      expect(csv.split('\n').map((line) => line.split(',')[2])).toEqual([
        'kind',
        'gate',
        'symbol',
        'day',
        'total',
        undefined,
      ]);
      const twice = await sos('report', '--consolidated', '--run', `${first},${second}`);
      expect(failureLines(twice).error).toContain('expected runs that share no session, found RISING_CLOSE on NIFTY');
    });

    it.each([
      [['--format', 'html'], /expected --run with --format html/],
      [['--run', 'latest', '--trials', '0'], /expected --trials as a whole number from 1 on, found "0"/],
      [
        ['--run', 'latest', '--split', 'gates'],
        /expected --split with some of gate.*found "gates" \(did you mean gate/,
      ],
      [
        ['--run', 'latest', '--split', 'gate,gate,,', '--format', 'html'],
        /expected --split with the table, csv or json/,
      ],
      [['--consolidated', '--format', 'html'], /expected --format table, csv or json with --consolidated/],
      [['--run', 'latest', '--rerun'], /expected --bundle with --rerun, found none/],
      [['--run', 'latest', '--bundle', 'x'], /expected either --bundle or stored runs, found both/],
      [['--run', 'latest', '--out', 'no/such/folder/x'], /expected a file that can be written/],
    ])('refuses %j', async (argv, message) => {
      const outcome = await sos('report', ...argv);
      expect(failureLines(outcome).error).toMatch(message);
      expect(outcome).toMatchObject({ code: 2, out: '' });
    });
  });

  describe('a bundle', () => {
    const bundle = async (run: string, name: string): Promise<string> => {
      await out('bundle', '--run', run, '--out', name);
      return name;
    };
    const contents = (name: string): string => gunzipSync(readFileSync(at(name))).toString('utf8');

    it('gives the same report elsewhere, without a database', async () => {
      const name = await bundle(first, 'first.sosrun.gz');
      const here = await out('report', '--run', first, '--format', 'json', '--trials', '1');
      const elsewhere = await runInMemory(
        ['report', '--bundle', at(name), '--format', 'json', '--trials', '1', '--data-dir', at('elsewhere')],
        { cwd: folder(), env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } },
      );
      expect(elsewhere).toMatchObject({ code: 0, err: '' });
      expect(JSON.parse(elsewhere.out)).toEqual(JSON.parse(here));
      expect(existsSync(at('elsewhere'))).toBe(false);
      const html = await out('report', '--bundle', name, '--format', 'html');
      expect(html).toContain('deflated by 1 trial (not counted)');
    });

    it('run again on the data of this machine gives the same report, hash for hash', async () => {
      const text = await out('report', '--bundle', await bundle(second, 'again.gz'), '--rerun');
      expect(text.match(/: the same \(/g)).toHaveLength(5);
      expect(text).toContain(`run ${second} is proved`);
    });

    it('of another day than it says is not proved', async () => {
      const { contentHash, packBundle } = await import('../bundle/bundle-format.js');
      const whole = JSON.parse(contents(await bundle(first, 'day.gz')));
      const moved = {
        ...whole.content,
        dossier: { ...whole.content.dossier, config: { ...whole.content.dossier.config, seed: 8 } },
      };
      const { bytes, head } = await packBundle(moved);
      expect(head.contentSha256).toBe(contentHash(moved));
      writeFileSync(at('moved.gz'), bytes);
      const outcome = await sos('report', '--bundle', 'moved.gz', '--rerun');
      expect(outcome.code).toBe(1);
      expect(outcome.out).toMatch(/^data: [0-9a-f]{16} there, [0-9a-f]{16} here$/m);
      expect(outcome.out).toContain('NOT PROVED');
    });

    it('is the same file every time, named by the hash of its report', async () => {
      const [a, b] = [await bundle(first, 'a.gz'), await bundle(first, 'b.gz')];
      expect(readFileSync(at(a)).equals(readFileSync(at(b)))).toBe(true);
      const told = JSON.parse(await out('bundle', '--run', first, '--out', 'c.gz', '--json')) as Record<
        string,
        unknown
      >;
      expect(told).toMatchObject({ kind: 'sos-run-bundle', version: 1, runId: first, file: at('c.gz') });
      expect(JSON.parse(contents(a))).toMatchObject({ reportSha256: told['reportSha256'] });
    });

    it('holds configuration, gates and every record, and no secret', async () => {
      const text = contents(await bundle(first, 'whole.gz'));
      const { content } = JSON.parse(text) as {
        content: { dossier: Record<string, unknown>; result: { runId: string } };
      };
      expect(content.dossier['gates']).toMatchObject([
        { file: 'rising.json', text: expect.stringContaining('RISING_CLOSE') },
      ]);
      expect(content.dossier['config']).toMatchObject({ seed: 7, capitalRupees: 500_000 });
      expect(content.result.runId).toBe(first);
      const password = new URL(env()['DATABASE_URL'] ?? '').password;
      for (const secret of [PLANTED, 'planted-in-a-file-16180', 'planted-in-a-gate-31415', password])
        expect(secret !== '' && text.includes(secret)).toBe(false);
      expect(text).not.toContain(folder());
    });

    it('is refused where a gate holds a secret of this machine, and the secret is not told', async () => {
      const outcome = await sos('bundle', '--run', leaky, '--out', 'leaky.gz');
      expect(failureLines(outcome).error).toContain("found one of this machine's at $.dossier.gates.0.text");
      expect(outcome.out + outcome.err).not.toContain('planted-in-a-gate-31415');
      expect(existsSync(at('leaky.gz'))).toBe(false);
    });

    it('of a run whose folder is elsewhere cannot be written', async () => {
      const outcome = await runInMemory(['bundle', '--run', first, '--data-dir', at('other')], {
        cwd: folder(),
        env: env(),
      });
      expect(failureLines(outcome).error).toContain(`expected configuration and gates of ${first}`);
    });

    describe('that cannot be believed', () => {
      type Json = Record<string, never> & { content: { result: { trades: { net: number }[]; ledgerHash: string } } };
      const changed = async (change: (bundle: Json) => unknown): Promise<string> => {
        const whole = JSON.parse(contents(await bundle(first, 'source.gz'))) as Json;
        change(whole);
        writeFileSync(at('changed.gz'), gzipSync(JSON.stringify(whole)));
        return 'changed.gz';
      };

      it.each<[string, (bundle: Json) => unknown, string, RegExp]>([
        [
          'a later format',
          (b) => Object.assign(b, { version: 2 }),
          'SOS_BUNDLE_VERSION',
          /of version 1, found version 2/,
        ],
        [
          'another engine',
          (b) => Object.assign(b, { engineVersion: '9.9.9' }),
          'SOS_BUNDLE_VERSION',
          /found engine "9.9.9"/,
        ],
        [
          'another report',
          (b) => Object.assign(b, { reportSha256: 'f'.repeat(64) }),
          'SOS_BUNDLE_VERSION',
          /another version of SOS/,
        ],
        ['another kind', (b) => Object.assign(b, { kind: 'x' }), 'SOS_DATA_CORRUPT', /a file of kind "x"/],
        [
          'a changed trade',
          (b) => b.content.result.trades.forEach((t) => (t.net += 1)),
          'SOS_DATA_CORRUPT',
          /contents of another hash/,
        ],
        [
          'no contents',
          (b) => Object.assign(b, { content: null, contentSha256: NULL_SHA256 }),
          'SOS_DATA_CORRUPT',
          /no result/,
        ],
      ])('%s', async (_, change, code, message) => {
        const outcome = await sos('report', '--bundle', await changed(change));
        const { error, remedy } = failureLines(outcome);
        expect(error).toMatch(message);
        expect(remedy).toContain(`(${code})`);
        expect(outcome.out).toBe('');
      });

      it('a trade that was changed together with its hash: the ledger has its own', async () => {
        const { contentHash } = await import('../bundle/bundle-format.js');
        const name = await changed((b) => {
          b.content.result.trades.forEach((t) => (t.net += 1));
          Object.assign(b, { contentSha256: contentHash(b.content) });
        });
        expect(failureLines(await sos('report', '--bundle', name)).error).toContain('found a ledger of hash');
      });

      it('a file cut short, one that is no gzip, and none', async () => {
        const whole = readFileSync(at(await bundle(first, 'cut.gz')));
        writeFileSync(at('cut.gz'), whole.subarray(0, whole.length - 100));
        writeFileSync(at('text.gz'), 'no gzip');
        expect(failureLines(await sos('report', '--bundle', 'cut.gz')).error).toMatch(
          /expected gzipped JSON in cut.gz/,
        );
        expect(failureLines(await sos('report', '--bundle', 'text.gz')).error).toMatch(
          /expected gzipped JSON in text.gz/,
        );
        expect(failureLines(await sos('report', '--bundle', 'none.gz')).error).toMatch(
          /found nothing to read at .*none.gz/,
        );
      });
    });
  });

  describe('a comparison', () => {
    interface Compared {
      readonly verdict: string;
      readonly inputs: { config: { path: string }[]; gates: { name: string; differences: { path: string }[] }[] };
      readonly trades: { removedPaise: number; addedPaise: number; changedPaise: number; netPaise: number };
      readonly metrics: { name: string; before: number; after: number }[];
    }

    it('of a run with itself finds nothing', async () => {
      const text = await out('compare', first, first);
      expect(text).toContain('the same in everything');
      expect(text).toContain('net 0.00 = removed 0.00 + added 0.00 + changed 0.00');
      expect(text).toMatch(/^\*\*\* SIMULATED/);
    });

    it('says which settings and which places of which gates differ, and explains the net to the paisa', async () => {
      const found = JSON.parse(await out('compare', first, second, '--json')) as Compared;
      expect(found.verdict).toBe('the ledgers differ, and so do configuration or gates');
      expect(found.inputs.config.map((d) => d.path).sort()).toEqual(['$.capitalRupees', '$.engine.startingCapital']);
      expect(found.inputs.gates).toMatchObject([
        {
          name: 'RISING_CLOSE',
          differences: [
            { path: '$.description' },
            { path: '$.levels.target', before: 'entry + 15', after: 'entry + 40' },
          ],
        },
      ]);
      const { removedPaise, addedPaise, changedPaise, netPaise } = found.trades;
      expect(removedPaise + addedPaise + changedPaise).toBe(netPaise);
      const net = found.metrics.find((m) => m.name === 'Net ₹');
      expect((net?.after ?? 0) - (net?.before ?? 0)).toBe(netPaise);
      const text = await out('compare', first, second);
      expect(text).toMatch(/│ RISING_CLOSE +│ \$\.levels\.target +│ "entry \+ 15" +│ "entry \+ 40" +│/);
      expect(text).toContain('data: the same');
    });

    it('takes bundles, and says when gates are not known', async () => {
      await out('bundle', '--run', first, '--out', 'one.gz');
      expect(await out('compare', 'one.gz', first)).toContain('the same in everything');
      const elsewhere = await runInMemory(['compare', first, second, '--data-dir', at('bare')], {
        cwd: folder(),
        env: env(),
      });
      expect(elsewhere.out).toContain('only their hashes are compared');
    });

    it('refuses an unknown run', async () => {
      expect(failureLines(await sos('compare', first, 'nothing')).error).toContain('found "nothing"');
    });
  });
});

// SHA-256 of the four letters "null" (FIPS 180-4).
const NULL_SHA256 = '74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b';
