import type { CliIo, TextSink } from '../terminal/cli-io.js';
import { SECRET_VARIABLES } from './mask-secrets.js';

const LEAST = 8;

/** The same surroundings, but no secret of the environment can be written: a vendor may say one back where nobody expects it. */
export function maskedIo(io: CliIo): CliIo {
  const secrets = Object.values(SECRET_VARIABLES)
    .flatMap((name) => io.env[name]?.trim() ?? [])
    .filter((secret) => secret.length >= LEAST);
  if (secrets.length === 0) return io;
  const masked = (sink: TextSink): TextSink => ({
    get isTty() {
      return sink.isTty;
    },
    get columns() {
      return sink.columns;
    },
    write: (text) => sink.write(secrets.reduce((safe, secret) => safe.replaceAll(secret, '***'), text)),
  });
  return {
    env: io.env,
    cwd: io.cwd,
    out: masked(io.out),
    err: masked(io.err),
    // Touched only when asked for: opening it keeps a process alive.
    get input() {
      return io.input;
    },
    now: () => io.now(),
  };
}
