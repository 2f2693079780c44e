const path = require('node:path');
const nxPreset = require('@nx/jest/preset').default;

/** One Jest preset for every project: sources through the `@sos/source` condition, swc, shuffled, silent. */
module.exports = (displayName) => ({
  ...nxPreset,
  displayName,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@sos/source', 'node', 'require', 'default'] },
  testMatch: ['<rootDir>/src/**/*.test.ts'],
  setupFilesAfterEnv: [path.join(__dirname, 'tools/jest/silent-tests.cjs')],
  transform: {
    '^.+\\.[cm]?[tj]s$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Packages that ship ES modules only must be transformed for Jest's CommonJS.
  transformIgnorePatterns: [
    '/node_modules/(?!(hyparquet|hyparquet-compressors|hysnappy|lightweight-charts|fancy-canvas)/)',
  ],
  randomize: true,
  moduleFileExtensions: ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json'],
  coverageDirectory: 'test-output/jest/coverage',
});
