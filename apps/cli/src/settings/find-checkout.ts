import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT_NAME = '"name": "@sos/source"';

/** The checkout that this program runs from, or null when it was installed as a package. */
export function findCheckout(from = path.dirname(fileURLToPath(import.meta.url))): string | null {
  for (let at = from; ; at = path.dirname(at)) {
    const file = path.join(at, 'package.json');
    if (existsSync(file) && readFileSync(file, 'utf8').includes(ROOT_NAME)) return at;
    if (path.dirname(at) === at) return null;
  }
}
