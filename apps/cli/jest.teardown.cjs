const { spawnSync } = require('node:child_process');
const path = require('node:path');

/** Stops the database server that the tests of this application shared, and removes its folder. */
module.exports = () => {
  const script = path.join(__dirname, 'src/fixtures/stop-shared-database.ts');
  const args = ['--conditions=@sos/source', '--import', 'tsx', script];
  const run = spawnSync(process.execPath, args, { cwd: __dirname, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`expected the test database to stop: ${run.stderr}`);
};
