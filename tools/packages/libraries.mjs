import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Every library that is published, by name: its folder, its manifest, and whether it promises to run in browsers. */
export function publishableLibraries() {
  return readdirSync(path.join(ROOT, 'libs'))
    .map((name) => {
      const folder = path.join(ROOT, 'libs', name);
      const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
      return { name, folder, manifest, runsAnywhere: manifest.nx.tags.includes('runtime:any') };
    })
    .filter(({ manifest }) => manifest.private !== true);
}

/** The program of an installed package. */
export const program = (file) => path.join(ROOT, 'node_modules', file);

/** Runs Node; gives exit code and all output. */
export function node(args, options = {}) {
  return collect(spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28, ...options }));
}

/** Runs npm; throws with its output when it fails. */
export function npm(args, options = {}) {
  const windows = process.platform === 'win32';
  const done = spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28, shell: windows, ...options });
  if (done.status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${done.status}:\n${collect(done).output}`);
  return done.stdout;
}

const collect = ({ status, stdout, stderr, error }) => ({
  status,
  stdout: stdout ?? '',
  output: `${stdout ?? ''}${stderr ?? ''}${error === undefined ? '' : String(error)}`.trim(),
});
