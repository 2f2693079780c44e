import type { CliIo } from './cli-io.js';

/** A progress bar on stderr; silent when stderr is not a terminal, so that logs and pipes stay clean. */
export interface Progress {
  /** @param detail short text behind the bar, e.g. the file or day in work */
  update(done: number, total: number, detail: string): void;
  stop(): void;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** Starts a bar; loads cli-progress only when there is a terminal to draw on. */
export async function startProgress(io: CliIo, title: string): Promise<Progress> {
  if (!io.err.isTty) return SILENT;
  const { default: cliProgress } = await import('cli-progress');
  const bar = new cliProgress.SingleBar({
    format: `${title} {bar} {value}/{total} {detail}`,
    clearOnComplete: true,
    hideCursor: true,
    stream: process.stderr,
  });
  let started = false;
  return {
    update(done, total, detail) {
      if (!started) bar.start(total, done, { detail });
      else {
        bar.setTotal(total);
        bar.update(done, { detail });
      }
      started = true;
    },
    stop() {
      if (started) bar.stop();
    },
  };
}
