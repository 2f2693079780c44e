import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { sha256 } from '@noble/hashes/sha2';
import { AppError } from '@sos/domain';

/** The hash before the first line. */
export const JOURNAL_ROOT = '0'.repeat(64);

/** Where a chain stands: lines so far, and the hash of the last. */
export interface JournalHead {
  readonly lines: number;
  readonly hash: string;
}

/** What a journal holds. `torn`: bytes behind the last whole line, left by a crash in the middle of writing; they were never acted upon. */
export interface VerifiedJournal {
  readonly bodies: readonly string[];
  readonly head: JournalHead;
  readonly torn: number;
}

const HASH = 64;

function hashOf(previous: string, line: number, body: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${previous}\n${line}\n${body}`)));
}

/** The head of an empty journal. */
export const EMPTY_JOURNAL: JournalHead = { lines: 0, hash: JOURNAL_ROOT };

/**
 * JSON with keys in alphabetical order and without blanks: one text per value.
 * @throws SOS_INVARIANT for a number that JSON cannot hold
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) => {
    if (typeof held === 'number' && !Number.isFinite(held))
      throw new AppError('SOS_INVARIANT', `expected a finite number for the journal, found ${held}`);
    if (typeof held !== 'object' || held === null || Array.isArray(held)) return held;
    return Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** The next line of a journal, `<sha256> <body>\n`, and the head behind it. The hash covers the line before, the number of the line and its body. */
export function chainLine(head: JournalHead, body: string): { readonly line: string; readonly head: JournalHead } {
  if (body.includes('\n')) throw new AppError('SOS_INVARIANT', 'expected one line for the journal, found several');
  const hash = hashOf(head.hash, head.lines + 1, body);
  return { line: `${hash} ${body}\n`, head: { lines: head.lines + 1, hash } };
}

function refuse(line: number, found: string): never {
  throw new AppError(
    'SOS_DATA_CORRUPT',
    `expected line ${line} of the journal to follow the line before, found ${found}`,
    {
      context: { line },
    },
  );
}

/**
 * Reads a journal and proves every line: a changed, missing, added or exchanged line is found, wherever it is.
 * Bytes without a line end are the torn tail of a crash.
 * @param from head of the journal before, when this one goes on from it
 * @throws SOS_DATA_CORRUPT with the number of the first line that does not hold
 */
export function verifyJournal(text: string, from: JournalHead = EMPTY_JOURNAL): VerifiedJournal {
  const end = text.lastIndexOf('\n') + 1;
  const lines = text.slice(0, end).split('\n');
  lines.pop();
  const bodies: string[] = [];
  let head = from;
  for (const line of lines) {
    const number = head.lines + 1;
    if (line[HASH] !== ' ') refuse(number, 'no hash');
    const body = line.slice(HASH + 1);
    const hash = hashOf(head.hash, number, body);
    if (hash !== line.slice(0, HASH)) refuse(number, 'another hash');
    bodies.push(body);
    head = { lines: number, hash };
  }
  refuseDamagedEnd(text.slice(end), head);
  return { bodies, head, torn: text.length - end };
}

/** A whole line whose end is another character was not torn by a crash: somebody changed it. */
function refuseDamagedEnd(tail: string, head: JournalHead): void {
  if (tail.length <= HASH + 1) return;
  const whole = tail.slice(0, -1);
  if (hashOf(head.hash, head.lines + 1, whole.slice(HASH + 1)) === whole.slice(0, HASH))
    refuse(head.lines + 1, 'another line end');
}
