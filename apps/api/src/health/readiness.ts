import type { ReadyCheck, Ready } from '@sos/contracts';
import { LAST_REVIEWED, RULEBOOK_VERSION } from '@sos/rulebook';
import { isAppError } from '@sos/domain';

/** What is asked before the server says that it is ready. */
export interface ReadinessProbe {
  /** Resolves to what was found in words. @throws when the thing is not usable; the reason is its message */
  (): Promise<string>;
}

// A monitor that asks every second makes no load.
const FRESH_MS = 2_000;
const PATIENCE_MS = 3_000;

/** Whether the server can do its work, and if not why. */
export class Readiness {
  readonly #probes: Readonly<Record<string, ReadinessProbe>>;
  readonly #now: () => number;
  #known: { readonly at: number; readonly checks: Promise<ReadyCheck[]> } | null = null;
  #isStopping = false;

  constructor(probes: Readonly<Record<string, ReadinessProbe>>, now: () => number) {
    this.#probes = probes;
    this.#now = now;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** From now on not ready: the server is about to end. */
  stop(): void {
    this.#isStopping = true;
  }

  async ready(): Promise<Ready> {
    const checks = [...(await this.#checks()), rulebookCheck, stoppingCheck(this.#isStopping)];
    return { ready: checks.every((check) => check.ok), checks };
  }

  #checks(): Promise<ReadyCheck[]> {
    const now = this.#now();
    if (this.#known === null || now - this.#known.at > FRESH_MS)
      this.#known = { at: now, checks: Promise.all(Object.entries(this.#probes).map(probed)) };
    return this.#known.checks;
  }
}

const rulebookCheck: ReadyCheck = {
  name: 'rulebook',
  ok: true,
  reason: `version ${RULEBOOK_VERSION}, last reviewed ${LAST_REVIEWED}`,
};

const stoppingCheck = (isStopping: boolean): ReadyCheck => ({
  name: 'accepting',
  ok: !isStopping,
  reason: isStopping ? 'the server is stopping' : 'new requests are taken',
});

async function probed([name, probe]: [string, ReadinessProbe]): Promise<ReadyCheck> {
  let cancel = (): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const handle = setTimeout(() => reject(new Error('late')), PATIENCE_MS);
    cancel = () => clearTimeout(handle);
  });
  try {
    return { name, ok: true, reason: await Promise.race([probe(), late]) };
  } catch (error) {
    const reason = isAppError(error)
      ? `${error.code}: ${error.message}`
      : `expected an answer, found none within ${PATIENCE_MS} ms`;
    return { name, ok: false, reason };
  } finally {
    cancel();
  }
}
