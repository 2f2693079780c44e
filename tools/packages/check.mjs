// Proves that every library can be published: packed, installed elsewhere, type-checked, run, bundled, small enough. Ends with `N passed, N failed`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { runInBrowserLikeContext, sizesOf } from './bundle.mjs';
import { node, program, publishableLibraries } from './libraries.mjs';
import { packAll } from './pack.mjs';
import { exampleProblems, readmeExample } from './readme-example.mjs';
import { makeScratch } from './scratch.mjs';

// attw: the packages are ES modules only; since Node 20.19 `require` loads them, so that a CommonJS caller is served by the same file.
const ATTW_PROFILE = 'esm-only';
const budgets = JSON.parse(readFileSync(new URL('size-budgets.json', import.meta.url), 'utf8'));
const tally = { passed: 0, failed: 0 };

async function check(name, work) {
  try {
    const note = await work();
    tally.passed++;
    process.stdout.write(`ok: ${name}${typeof note === 'string' ? ` (${note})` : ''}\n`);
    return true;
  } catch (error) {
    tally.failed++;
    process.stdout.write(`FAILED: ${name}\n  ${String(error.message ?? error).replaceAll('\n', '\n  ')}\n`);
    return false;
  }
}

function succeed(done) {
  if (done.status !== 0) throw new Error(done.output);
}

function expectNone(problems) {
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

function checkManifest({ manifest, files }) {
  const problems = [];
  if (manifest.sideEffects !== false) problems.push(`expected "sideEffects": false, found ${manifest.sideEffects}`);
  for (const key of ['description', 'license', 'keywords', 'engines', 'publishConfig'])
    if (manifest[key] === undefined) problems.push(`expected "${key}" in package.json, found none`);
  if (!files.includes('README.md')) problems.push('expected README.md in the tarball, found none');
  const unwanted = files.filter((file) => /\.test\.|(^|\/)fixtures\/|\.tsbuildinfo$/.test(file));
  problems.push(...unwanted.map((file) => `expected no tests in the tarball, found ${file}`));
  expectNone(problems);
}

function checkRanges(library, names) {
  const packed = JSON.parse(readFileSync(path.join(library.stage, 'package.json'), 'utf8'));
  const loose = Object.entries(packed.dependencies ?? {}).filter(([name, range]) =>
    names.has(name) ? !/^\^\d+\.\d+\.\d+$/.test(range) : !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range),
  );
  expectNone(loose.map(([name, range]) => `expected a version range for ${name}, found ${range}`));
}

async function checkTarball(library, names) {
  await check(`${library.name}: manifest and content`, () => checkManifest(library));
  await check(`${library.name}: ranges of its dependencies`, () => checkRanges(library, names));
  await check(`${library.name}: publint`, () =>
    succeed(node([program('publint/src/cli.js'), 'run', library.tarball, '--strict'])),
  );
  await check(`${library.name}: are the types wrong`, () =>
    succeed(
      node([program('@arethetypeswrong/cli/dist/index.js'), library.tarball, '--profile', ATTW_PROFILE, '--no-emoji']),
    ),
  );
}

function compileExample(library, scratch) {
  const example = readmeExample(library.folder);
  scratch.put(`examples/${library.name}.ts`, example.code);
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  scratch.put(
    `examples/${library.name}.mjs`,
    ts.transpileModule(example.code, { compilerOptions: options }).outputText,
  );
  return example;
}

async function checkExample(library, scratch) {
  const example = compileExample(library, scratch);
  await check(`${library.name}: the README's example runs`, () => {
    const done = node([`examples/${library.name}.mjs`], { cwd: scratch.folder, timeout: 120_000 });
    succeed(done);
    expectNone(exampleProblems(example, done.stdout));
    return `${example.lines} lines`;
  });
  if (!library.runsAnywhere) return;
  await check(`${library.name}: the example bundled for browsers gives the same`, async () =>
    expectNone(exampleProblems(example, await runInBrowserLikeContext(scratch.folder, `examples/${library.name}.mjs`))),
  );
}

async function checkSize(library, scratch) {
  await check(`${library.name}: size`, async () => {
    const sizes = await sizesOf(scratch.folder, library);
    const budget = budgets[library.name] ?? {};
    const over = Object.entries(sizes).filter(([kind, size]) => size !== null && !(size <= budget[kind]));
    expectNone(over.map(([kind, size]) => `expected at most ${budget[kind]} KiB (${kind}), found ${size.toFixed(1)}`));
    const all = sizes.all === null ? '' : `, ${sizes.all.toFixed(1)} KiB with its dependencies`;
    return `${sizes.own.toFixed(1)} KiB${all}`;
  });
}

const typecheck = (scratch, config) =>
  succeed(node([program('typescript/bin/tsc'), '-p', config], { cwd: scratch.folder }));

async function checkAll(folder) {
  const built = await check('build', () =>
    succeed(
      node([
        program('typescript/bin/tsc'),
        '-b',
        ...publishableLibraries().map((l) => `libs/${l.name}/tsconfig.lib.json`),
      ]),
    ),
  );
  if (!built) return;
  let libraries = [];
  let scratch;
  const packed = await check('pack', () => {
    libraries = packAll(publishableLibraries(), folder).map((l) => ({
      ...l,
      stage: path.join(folder, 'stage', l.name),
    }));
    return `${libraries.length} libraries, ${Math.round(libraries.reduce((sum, l) => sum + l.packedBytes, 0) / 1024)} KiB`;
  });
  if (!packed) return;
  const names = new Set(libraries.map((l) => l.manifest.name));
  for (const library of libraries) await checkTarball(library, names);
  const installed = await check('install into a project outside the workspace', () => {
    const place = mkdtempSync(path.join(folder, 'scratch-'));
    scratch = makeScratch(libraries, place);
  });
  if (!installed) return;
  for (const library of libraries) await checkExample(library, scratch);
  await check('types of the libraries for any runtime, without the types of Node', () =>
    typecheck(scratch, 'tsconfig.anywhere.json'),
  );
  await check('types of every library and of every example', () => typecheck(scratch, 'tsconfig.json'));
  for (const library of libraries) await checkSize(library, scratch);
}

const folder = mkdtempSync(path.join(tmpdir(), 'sos-packages-'));
try {
  await checkAll(folder);
} finally {
  if (process.argv.includes('--keep')) process.stdout.write(`kept: ${folder}\n`);
  else rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed\n`);
process.exitCode = tally.failed === 0 ? 0 : 1;
