import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { failureLines, runInMemory } from '../fixtures/memory-io.js';
import { tempFolder } from '../fixtures/temp-folder.js';
import { simArguments } from './sim-arguments.js';
import { sim, type SimContext } from './sim.js';

const folder = tempFolder();

test('what was typed becomes the arguments of the simulator, files named from where it was typed', () => {
  const typed = {
    date: '2025-12-15',
    speed: '20',
    recorded: 'ticks',
    faults: '/f.json',
    token: 'a, b',
    cash: '500000',
  };
  expect(simArguments(typed, '/here')).toEqual([
    ...['--date', '2025-12-15', '--speed', '20', '--cash', '500000'],
    ...['--recorded', '/here/ticks', '--faults', '/f.json', '--token', 'a', '--token', 'b'],
  ]);
  expect(simArguments({}, '/here')).toEqual([]);
});

test.each([
  [['--speed', '101'], 'expected --speed to be above 0 and at most 100, found "101"'],
  [['--cash', 'much'], 'expected --cash to be above 0 and at most 9007199254740991, found "much"'],
  [['--time', '9:15'], 'expected --time as HH:MM, found "9:15"'],
  [['--date', 'today'], 'expected a date as YYYY-MM-DD, found "today"'],
  [['--master', 'x.json.gz'], 'expected --recorded with --master, found --master alone'],
])('refuses %p and starts nothing', async (argv, message) => {
  const outcome = await runInMemory(['sim', ...argv, '--data-dir', folder()], { cwd: folder() });
  expect(outcome.code).toBe(2);
  expect(failureLines(outcome).error).toContain(message);
});

/** Runs a program in place of the simulator. */
async function run(program: string): Promise<{ out: string; err: string; code: number }> {
  const file = path.join(folder(), 'program.mjs');
  writeFileSync(file, program);
  const seen = { out: '', err: '', code: 0 };
  const sink = (name: 'out' | 'err') => ({
    isTty: false,
    columns: 80,
    write: (text: string) => {
      seen[name] += text;
    },
  });
  const context: SimContext = {
    io: { cwd: folder(), out: sink('out'), err: sink('err') },
    exitWith: (code) => {
      seen.code = code;
    },
  };
  await sim(context, { seed: 'a b' }, file);
  return seen;
}

test('the simulator says what it says, and its failure is that of the command', async () => {
  const fine = await run('process.stdout.write(process.argv.slice(2).join("|")); process.stderr.write("note");');
  expect(fine).toEqual({ out: '--seed|a b', err: 'note', code: 0 });
  expect((await run('process.exit(3)')).code).toBe(1);
});

test('a signal ends the simulator first', async () => {
  const listeners = process.listeners('SIGTERM').length;
  const running = run(
    'process.on("SIGTERM", () => { process.stdout.write("ended"); process.exit(0); }); console.log("up"); setInterval(() => 0, 1000);',
  );
  const timer = setInterval(() => {
    for (const listener of process.listeners('SIGTERM').slice(listeners)) listener('SIGTERM');
  }, 200);
  const seen = await running;
  clearInterval(timer);
  expect([seen.out, seen.code]).toEqual(['up\nended', 0]);
  expect(process.listeners('SIGTERM')).toHaveLength(listeners);
});
