const { spawnSync } = require('node:child_process');
const path = require('node:path');

/** Runs the harness; Jest's own loader cannot read it. */
module.exports = (...args) => {
  const script = path.join(__dirname, 'src/main.ts');
  const env = { ...process.env, NODE_OPTIONS: '' };
  const run = spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: __dirname,
    encoding: 'utf8',
    env,
  });
  if (run.status !== 0) throw new Error(`expected the dashboard to ${args[0]}: ${run.stderr}`);
  return run.stdout;
};
