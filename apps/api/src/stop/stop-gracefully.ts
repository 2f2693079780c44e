import type { FastifyBaseLogger } from 'fastify';

/** What is ended, and how. */
export interface GracefulStop {
  /** Ends everything; resolves when nothing is left to do. */
  readonly close: () => Promise<void>;
  readonly exit: (code: number) => void;
  readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;
  /** After this the process ends whatever is left. */
  readonly withinMs: number;
}

/** What a signal does: the first ends the work in order, the second at once. Exit code 0 when it ended in time, 1 when something failed or was left. */
export function stopOnSignal({ close, exit, logger, withinMs }: GracefulStop): (signal: string) => void {
  let isStopping = false;
  return (signal) => {
    if (isStopping) return exit(130);
    isStopping = true;
    logger.info({ signal }, 'stopping');
    const handle = setTimeout(() => {
      logger.warn({ withinMs }, 'not everything ended in time');
      exit(1);
    }, withinMs);
    close().then(
      () => {
        clearTimeout(handle);
        logger.info({ signal }, 'stopped');
        exit(0);
      },
      (err: unknown) => {
        clearTimeout(handle);
        logger.error({ err }, 'failed to stop in order');
        exit(1);
      },
    );
  };
}
