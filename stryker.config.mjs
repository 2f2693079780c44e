/**
 * Mutation testing of one library: every change of an operator, a constant or a condition in the files of `mutate` must make a test
 * fail. Each library that is measured has a `stryker.config.mjs` of its own that names them; `node tools/packages/mutation.mjs` runs all.
 */
export const mutationOf = (library, mutate) => ({
  packageManager: 'npm',
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { configFile: `libs/${library}/jest.config.cjs` },
  coverageAnalysis: 'perTest',
  mutate: [...mutate.map((path) => `libs/${library}/src/${path}`), '!**/*.test.ts', '!**/fixtures/**'],
  // The sandbox holds the library; its siblings are found through the links of node_modules.
  ignorePatterns: [
    '/*',
    '!/jest.preset.cjs',
    '!/package.json',
    '!/tsconfig*.json',
    '!/tools',
    '/tools/*',
    '!/tools/jest',
    '!/libs',
    '/libs/*',
    `!/libs/${library}`,
    'dist',
    'out-tsc',
    'test-output',
  ],
  concurrency: 1,
  timeoutMS: 10_000,
  tempDirName: 'test-output/stryker/sandbox',
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, skipFull: true },
  jsonReporter: { fileName: `test-output/stryker/${library}.json` },
  htmlReporter: { fileName: `test-output/stryker/${library}.html` },
  thresholds: { high: 90, low: 80, break: 80 },
  allowConsoleColors: false,
});
