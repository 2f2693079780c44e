import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Every file of one embedded cluster. `folder` belongs to the user, `home` to the user the server runs as. */
export interface ClusterPaths {
  readonly folder: string;
  readonly lock: string;
  readonly password: string;
  /** Holds `pgdata` and the log; normally inside `folder`. */
  readonly home: string;
  readonly pgdata: string;
  readonly postmasterPid: string;
  readonly log: string;
}

/** Names one writable folder that every user may traverse, stable for one data folder. */
export function traversableFolderFor(folder: string, purpose: string): string {
  const id = createHash('sha256').update(`${purpose}:${folder}`).digest('hex').slice(0, 12);
  const base = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  return join(base, `sos-${purpose}-${id}`);
}

/** The paths of the cluster of a data folder; `home` moves when an earlier start had to put the cluster elsewhere. */
export function clusterPaths(dataDir: string, home?: string): ClusterPaths {
  const folder = join(resolve(dataDir), 'postgres');
  const root = home ?? folder;
  const pgdata = join(root, 'pgdata');
  return {
    folder,
    lock: join(folder, 'start.lock'),
    password: join(folder, 'password'),
    home: root,
    pgdata,
    postmasterPid: join(pgdata, 'postmaster.pid'),
    log: join(root, 'postgres.log'),
  };
}
