// `npm run bench [-- name …]`: every benchmark in a process of its own, results into docs/benchmarks.md.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import type { BenchRow } from './bench-row.js';

const FOLDER = path.dirname(fileURLToPath(import.meta.url));
const DOCUMENT = path.resolve(FOLDER, '../../docs/benchmarks.md');
const START = '<!-- figures:start -->';
const END = '<!-- figures:end -->';

function benchmarks(wanted: readonly string[]): string[] {
  const found = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => readdirSync(path.join(FOLDER, entry.name)).map((file) => path.join(entry.name, file)))
    .filter(
      (file) =>
        file.endsWith('.ts') && readFileSync(path.join(FOLDER, file), 'utf8').includes('export async function run('),
    );
  return found.filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word))).sort();
}

/**
 * A benchmark as Node runs it for users: compiled, against the built libraries. A loader that compiles on the fly hands buffers to another thread, after which V8 checks
 * every access to a typed array and loops over columns are half as fast again.
 */
function compiled(file: string): string {
  const outfile = path.join(FOLDER, path.dirname(file), `.${path.basename(file, '.ts')}.bench.mjs`);
  buildSync({
    entryPoints: [path.join(FOLDER, file)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}

function measure(file: string): BenchRow[] {
  const outfile = compiled(file);
  const program = `import { run } from ${JSON.stringify(pathToFileURL(outfile).href)}; process.stdout.write('\\n#rows ' + JSON.stringify(await run()));`;
  const options = { cwd: FOLDER, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'] } as const;
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', program], options);
  rmSync(outfile, { force: true });
  const line = done.stdout.split('\n').find((text) => text.startsWith('#rows '));
  if (line === undefined) throw new Error(`expected rows from ${file}, found exit code ${done.status}`);
  return JSON.parse(line.slice('#rows '.length)) as BenchRow[];
}

const figure = (x: number): string => (Math.abs(x) >= 1000 ? Math.round(x).toLocaleString('en-US') : x.toPrecision(3));

function tableRow(row: BenchRow): string {
  const yardstick =
    row.yardstick === undefined
      ? ''
      : `${row.yardstick.name}: ${figure(row.yardstick.value)} (${row.yardstick.ratio.toFixed(2)}×)`;
  return `| ${row.name} | ${row.unit} | ${figure(row.min)} | ${figure(row.median)} | ${row.runs} | ${yardstick} | ${row.goal ?? ''} |`;
}

const wanted = process.argv.slice(2);
const sections: string[] = [];
for (const file of benchmarks(wanted)) {
  process.stderr.write(`${file} ...\n`);
  const rows = measure(file).map(tableRow);
  process.stdout.write(`${rows.join('\n')}\n`);
  sections.push(
    `### ${file.replace(/\.ts$/, '').replaceAll(path.sep, '/')}\n\n| Figure | Unit | Best | Median | Runs | Yardstick in the same run | Goal |\n| --- | --- | ---: | ---: | ---: | --- | --- |\n${rows.join('\n')}`,
  );
}
if (wanted.length === 0) {
  const cpu = `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.cpus().length} cores, Node.js ${process.version}, ${process.platform}`;
  const text = readFileSync(DOCUMENT, 'utf8');
  const [before = '', rest = ''] = text.split(START);
  const after = rest.split(END)[1] ?? '';
  writeFileSync(DOCUMENT, `${before}${START}\n\nMeasured on: ${cpu}.\n\n${sections.join('\n\n')}\n\n${END}${after}`);
}
