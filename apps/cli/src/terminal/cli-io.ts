import type { EpochMs } from '@sos/domain';

/** Where the command line writes and what it may know of its surroundings; a test passes its own. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly out: TextSink;
  readonly err: TextSink;
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
    now: () => Date.now() as EpochMs,
  };
}
