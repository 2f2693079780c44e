import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@sos/domain';

/** One command as it was asked or answered. */
export interface AuditEntry {
  readonly at: string;
  readonly stage: 'asked' | 'answered';
  readonly requestId: string;
  readonly address: string;
  /** `local`, `token <id>`, or `nobody` before it was known. */
  readonly who: string;
  readonly method: string;
  readonly route: string;
  readonly status: number | null;
  readonly body: unknown;
}

const SECRET_NAME = /token|secret|password|authorization|cookie|api[-_]?key|credential/i;
const MOST_TEXT = 500;
const MOST_ITEMS = 50;
const DEEPEST = 6;

/** A body as it may be kept: what looks like a secret by its name is left out, long texts are cut. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string')
    return value.length > MOST_TEXT ? `${value.slice(0, MOST_TEXT)}… (${value.length})` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return '…';
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => withoutSecrets(item, depth + 1));
  const kept = Object.entries(value).slice(0, MOST_ITEMS);
  return Object.fromEntries(
    kept.map(([name, part]) => [name, SECRET_NAME.test(name) ? '[left out]' : withoutSecrets(part, depth + 1)]),
  );
}

/** Every command that changes something, one JSON object per line, only ever appended. */
export class AuditLog {
  readonly #file: FileHandle;
  #last: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @throws SOS_DATA_FOLDER when it cannot be written */
  static async open(file: string): Promise<AuditLog> {
    try {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      return new AuditLog(await open(file, 'a', 0o600));
    } catch (cause) {
      throw new AppError('SOS_DATA_FOLDER', `expected a writable audit log at ${file}, found none`, { cause });
    }
  }

  /** Resolves when the line is in the file. */
  write(entry: AuditEntry): Promise<void> {
    const line = `${JSON.stringify(entry)}\n`;
    const written = this.#last.then(() => this.#file.appendFile(line));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#file.close();
  }
}
