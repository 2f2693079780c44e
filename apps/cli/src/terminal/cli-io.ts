import type { EpochMs } from '@sos/domain';

/** Where the command line writes and what it may know of its surroundings; a test passes its own. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly out: TextSink;
  readonly err: TextSink;
  /** Standard input, read by `sos import <kind> -`. */
  readonly input: AsyncIterable<string | Uint8Array>;
  now(): EpochMs;
}

export interface TextSink {
  readonly isTty: boolean;
  readonly columns: number;
  write(text: string): void;
}

function sinkOf(stream: NodeJS.WriteStream): TextSink {
  return {
    get isTty() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns ?? 120;
    },
    write: (text) => void stream.write(text),
  };
}

/** The surroundings of the real process. */
export function processIo(): CliIo {
  return {
    env: process.env,
    cwd: process.cwd(),
    out: sinkOf(process.stdout),
    err: sinkOf(process.stderr),
    // Touched only when asked for: opening it keeps a process alive.
    get input() {
      return process.stdin;
    },
    now: () => Date.now() as EpochMs,
  };
}
