import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { createProjectGraphAsync } from '@nx/devkit';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

// Without a project graph the boundary rule only warns and passes everything: the canaries below would notice.
test.before(() => createProjectGraphAsync({ exitOnError: true }));

/** Lints a text as if it stood in a project's file; nothing is written. @returns {Promise<string[]>} rule ids and messages */
async function lint(file, text) {
  const cwd = path.join(root, file.split('/').slice(0, 2).join('/'));
  const eslint = new ESLint({ cwd });
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
  return (result?.messages ?? []).map((m) => `${m.ruleId}: ${m.message}`);
}

const has = (messages, rule) => messages.some((m) => m.startsWith(`${rule}:`));

const CANARIES = [
  [
    'domain may import no other library',
    'libs/domain/src/canary.ts',
    "import type { Signal } from '@sos/gates';\nexport type Canary = Signal;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'core may not import an adapter',
    'libs/engine/src/canary.ts',
    "import * as store from '@sos/store';\nexport const canary = store;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'an adapter may not import another adapter',
    'libs/store/src/canary.ts',
    "import * as data from '@sos/market-data';\nexport const canary = data;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'core may not import a Node-only package',
    'libs/backtester/src/canary.ts',
    "import postgres from 'postgres';\nexport const canary = postgres;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'no relative path into another library',
    'libs/gates/src/canary.ts',
    "import { AppError } from '../../domain/src/index.js';\nexport const canary = AppError;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'no clock in the core',
    'libs/engine/src/canary.ts',
    'export const canary = Date.now();\n',
    'no-restricted-properties',
  ],
  [
    'no new Date() in the core',
    'libs/engine/src/canary.ts',
    'export const canary = new Date();\n',
    'no-restricted-syntax',
  ],
  [
    'no randomness in the core',
    'libs/engine/src/canary.ts',
    'export const canary = Math.random();\n',
    'no-restricted-properties',
  ],
  [
    'no environment in the core',
    'libs/engine/src/canary.ts',
    'export const canary = process.env;\n',
    'no-restricted-globals',
  ],
  [
    'no network in the core',
    'libs/engine/src/canary.ts',
    "export const canary = fetch('x');\n",
    'no-restricted-globals',
  ],
  ['no console in the core', 'libs/engine/src/canary.ts', "console.log('x');\n", 'no-restricted-globals'],
  [
    'no Node module in the core',
    'libs/engine/src/canary.ts',
    "import fs from 'node:fs';\nexport const canary = fs;\n",
    'no-restricted-imports',
  ],
  ['no default export', 'libs/domain/src/canary.ts', 'export default 1;\n', 'no-restricted-syntax'],
  ['no export star', 'libs/domain/src/canary.ts', "export * from './brand.js';\n", 'no-restricted-syntax'],
  [
    'no any',
    'libs/domain/src/canary.ts',
    'export const canary = (x: any): string => String(x);\n',
    '@typescript-eslint/no-explicit-any',
  ],
  [
    'no non-null assertion',
    'libs/domain/src/canary.ts',
    'export const canary = (x: string | null): string => x!;\n',
    '@typescript-eslint/no-non-null-assertion',
  ],
  [
    'no double assertion',
    'libs/domain/src/canary.ts',
    "export const canary = 'x' as unknown as number;\n",
    'sos/no-double-assertion',
  ],
  ['no eval', 'libs/gates/src/canary.ts', "export const canary: unknown = eval('1');\n", 'no-eval'],
  [
    'no Function constructor',
    'libs/gates/src/canary.ts',
    "export const canary = new Function('return 1');\n",
    'no-new-func',
  ],
  ['no file named utils', 'libs/domain/src/utils.ts', 'export const canary = 1;\n', 'sos/file-name'],
  ['no folder named helpers', 'libs/domain/src/helpers/canary.ts', 'export const canary = 1;\n', 'sos/file-name'],
  [
    'no file above 400 lines',
    'libs/domain/src/canary.ts',
    'export const a = 1;\n'.replaceAll('a', 'canary').padEnd(20) + '// x\n'.repeat(401),
    'max-lines',
  ],
  [
    'no function above 60 lines',
    'libs/domain/src/canary.ts',
    `export function canary(): void {\n${'  void 0;\n'.repeat(61)}}\n`,
    'max-lines-per-function',
  ],
  [
    'at most three parameters',
    'libs/domain/src/canary.ts',
    'export const canary = (a: 1, b: 1, c: 1, d: 1): number => a + b + c + d;\n',
    'max-params',
  ],
  [
    'no test that asserts nothing',
    'libs/domain/src/canary.test.ts',
    "test('x', () => {\n  void 0;\n});\n",
    'jest/expect-expect',
  ],
];

for (const [title, file, text, rule] of CANARIES) {
  test(`canary: ${title}`, async () => {
    const messages = await lint(file, text);
    assert.ok(has(messages, rule), `expected ${rule} to refuse it, found: ${messages.join(' | ') || 'no message'}`);
  });
}

test('an allowed file passes every rule', async () => {
  assert.deepEqual(
    await lint(
      'libs/domain/src/canary.ts',
      "import type { Brand } from './brand.js';\n\nexport type Canary = Brand<string, 'Canary'>;\n",
    ),
    [],
  );
});
