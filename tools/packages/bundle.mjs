import { createContext, runInContext } from 'node:vm';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const bare = (id) => !id.startsWith('.') && !path.isAbsolute(id) && !id.startsWith('\0');

async function bundle(root, { entry, external = () => false }) {
  const warnings = [];
  const warn = (text) => warnings.push(String(text));
  const quiet = {
    info() {},
    warn,
    warnOnce: warn,
    error: warn,
    clearScreen() {},
    hasErrorLogged: () => false,
    hasWarned: false,
  };
  const output = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    customLogger: quiet,
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      modulePreload: false,
      lib: { entry: path.join(root, entry), formats: ['es'], fileName: 'bundle' },
      rolldownOptions: { external },
    },
  });
  const code = [output]
    .flat()
    .flatMap((part) => part.output)
    .map((chunk) => chunk.code ?? '')
    .join('\n');
  return { code, warnings };
}

const kib = (code) => gzipSync(code, { level: 9 }).length / 1024;

/** KiB (gzip) of everything a library exports: its own code, and with all dependencies. */
export async function sizesOf(root, { name, manifest, runsAnywhere }) {
  const entry = `size-${name}.mjs`;
  writeFileSync(path.join(root, entry), `export * from '${manifest.name}';\n`);
  const own = await bundle(root, { entry, external: (id) => bare(id) && id !== manifest.name });
  const all = runsAnywhere ? await bundle(root, { entry }) : null;
  return { own: kib(own.code), all: all === null ? null : kib(all.code) };
}

/** Bundles an example for browsers and runs it where only ECMAScript and a console exist; gives what it printed. */
export async function runInBrowserLikeContext(root, entry) {
  const { code, warnings } = await bundle(root, { entry });
  if (warnings.length > 0) throw new Error(`the bundler warns: ${warnings.join('; ')}`);
  if (/^\s*import\b/m.test(code)) throw new Error('the bundle still imports something');
  const printed = [];
  const shown = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
  const context = createContext({
    console: { log: (...values) => printed.push(values.map(shown).join(' ')) },
    TextEncoder,
    TextDecoder,
    URL,
  });
  await runInContext(`(async () => { ${code.replace(/export\s*\{[^}]*\};?/g, '')}\n})()`, context, { timeout: 60_000 });
  return printed.join('\n');
}
