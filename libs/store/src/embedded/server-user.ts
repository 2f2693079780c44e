import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

/** The user the server runs as when SOS itself runs as root (PostgreSQL refuses root). */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

function numberOf(flag: string, name: string): number | null {
  const result = spawnSync('id', [flag, name], { encoding: 'utf8' });
  const text = result.status === 0 ? result.stdout.trim() : '';
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** When this process is root on a Unix: the owner of an existing cluster, else `postgres` or `nobody`. Null when no change of user is needed. */
export function serverUser(pgdata: string): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  if (existsSync(pgdata)) {
    const { uid, gid } = statSync(pgdata);
    if (uid !== 0) return { name: `with id ${uid}`, uid, gid };
  }
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const uid = numberOf('-u', name);
    const gid = numberOf('-g', name);
    if (uid !== null && gid !== null && uid !== 0) return { name, uid, gid };
  }
  return { name: 'nobody', uid: 65534, gid: 65534 };
}
