import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, npm } from './libraries.mjs';

const release = JSON.parse(readFileSync(path.join(ROOT, 'nx.json'), 'utf8')).release;

/** The manifest as `nx release version` writes it: siblings by range instead of the exact version of the workspace. */
export function releasedManifest(manifest, versions) {
  const ranged = (dependencies = {}) =>
    Object.fromEntries(
      Object.entries(dependencies).map(([name, version]) => [
        name,
        versions.has(name) ? `${release.version.versionPrefix}${versions.get(name)}` : version,
      ]),
    );
  return {
    ...manifest,
    dependencies: ranged(manifest.dependencies),
    devDependencies: ranged(manifest.devDependencies),
  };
}

/** Packs every library into `folder`; adds `tarball` and `files` to each. */
export function packAll(libraries, folder) {
  const versions = new Map(libraries.map(({ manifest }) => [manifest.name, manifest.version]));
  const listed = JSON.parse(
    npm(['pack', '--dry-run', '--json', '--ignore-scripts', ...libraries.map((l) => l.folder)]),
  );
  const stages = libraries.map(({ name, folder: source, manifest }) => {
    const stage = path.join(folder, 'stage', name);
    const { files } = listed.find((entry) => entry.name === manifest.name);
    for (const file of files) cpSync(path.join(source, file.path), path.join(stage, file.path));
    writeFileSync(path.join(stage, 'package.json'), JSON.stringify(releasedManifest(manifest, versions), null, 2));
    return stage;
  });
  const tarballs = path.join(folder, 'tarballs');
  mkdirSync(tarballs, { recursive: true });
  const packed = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', tarballs, ...stages]));
  return libraries.map((library) => {
    const { filename, files, size } = packed.find((entry) => entry.name === library.manifest.name);
    // Some versions of npm report the scope with a slash, the file itself never has one.
    const file = path.join(tarballs, filename.replace(/^@/, '').replace('/', '-'));
    return { ...library, tarball: file, files: files.map((f) => f.path), packedBytes: size };
  });
}
