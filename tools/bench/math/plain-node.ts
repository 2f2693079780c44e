import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'sos-bench');

/**
 * Makes TypeScript files runnable by Node itself, in a mirror of the checkout; returns the first one's path. A loader that compiles on the fly hands buffers to another thread, and
 * from then on V8 checks every access to a typed array for a buffer that is gone: loops over columns become half as fast again, which users of the library do not see.
 * @param files relative to the checkout
 */
export function forPlainNode(files: readonly string[]): string {
  const made = files.map((file) => {
    const { code } = transformFileSync(path.join(ROOT, file), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    });
    const target = path.join(CACHE, file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, code);
    return target;
  });
  writeFileSync(path.join(CACHE, 'package.json'), '{ "type": "module" }');
  return made[0] ?? '';
}
