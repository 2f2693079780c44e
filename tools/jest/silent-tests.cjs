// A test that prints hides its own warnings among others': any console output fails the test that made it.
// A loaded machine must not fail a test: a time limit here only ends what hangs.
jest.setTimeout(120_000);

const methods = ['log', 'info', 'warn', 'error', 'debug'];
const original = Object.fromEntries(methods.map((m) => [m, console[m]]));
let printed = [];
beforeEach(() => {
  printed = [];
  for (const m of methods) console[m] = (...args) => printed.push(`console.${m}(${args.map(String).join(' ')})`);
});
afterEach(() => {
  for (const m of methods) console[m] = original[m];
  if (printed.length > 0) throw new Error(`expected a silent test, but it printed: ${printed.slice(0, 3).join('; ')}`);
});
