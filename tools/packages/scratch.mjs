import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, npm } from './libraries.mjs';

/** The workspace's lock without the workspace: third-party packages install from npm's cache, at the versions that are tested here. */
function thirdPartyLock(manifest) {
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const foreign = Object.entries(lock.packages).filter(
    ([place, entry]) => place.startsWith('node_modules/') && entry.link !== true,
  );
  return {
    ...manifest,
    lockfileVersion: lock.lockfileVersion,
    requires: true,
    packages: { '': manifest, ...Object.fromEntries(foreign) },
  };
}

const strict = { target: 'es2023', module: 'nodenext', moduleResolution: 'nodenext', strict: true, noEmit: true };

/** A project outside the workspace that has installed the tarballs as anybody would. */
export function makeScratch(libraries, folder) {
  const put = (file, content) =>
    writeFileSync(path.join(folder, file), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  mkdirSync(path.join(folder, 'examples'), { recursive: true });
  const dependencies = Object.fromEntries(
    libraries.map((l) => [l.manifest.name, `file:${l.tarball.replaceAll('\\', '/')}`]),
  );
  const manifest = { name: 'scratch', version: '1.0.0', private: true, type: 'module', dependencies };
  put('package.json', manifest);
  put('package-lock.json', thirdPartyLock({ name: manifest.name, version: manifest.version, dependencies }));
  npm(['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder });

  const imports = (list) =>
    list.map((l) => `export * as ${l.name.replaceAll('-', '_')} from '${l.manifest.name}';\n`).join('');
  const anywhere = libraries.filter((l) => l.runsAnywhere);
  put('anywhere.ts', imports(anywhere));
  put('everything.ts', imports(libraries));
  // Libraries for any runtime are read as a browser's code would: without Node's types, all declarations checked.
  put('tsconfig.anywhere.json', {
    compilerOptions: { ...strict, lib: ['es2023', 'dom'], types: [] },
    files: ['anywhere.ts'],
  });
  const withNode = { types: ['node'], typeRoots: [path.join(ROOT, 'node_modules/@types')], skipLibCheck: true };
  const files = ['everything.ts', ...libraries.map((l) => `examples/${l.name}.ts`)];
  put('tsconfig.json', { compilerOptions: { ...strict, ...withNode }, files });
  return { folder, put };
}
