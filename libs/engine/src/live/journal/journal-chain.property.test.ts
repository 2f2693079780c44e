import { EMPTY_JOURNAL, canonicalJson, chainLine, verifyJournal } from './journal-chain.js';

const MUTATIONS = 10_000;

function journal(lines: number): string {
  let head = EMPTY_JOURNAL;
  let text = '';
  for (let i = 0; i < lines; i++) {
    const next = chainLine(
      head,
      canonicalJson({ time: 1_700_000_000_000 + i, kind: 'trade', tag: `s${i}`, units: 65 * i, price: 10_005 }),
    );
    head = next.head;
    text += next.line;
  }
  return text;
}

// A fixed sequence: the same flips on every machine.
function* draws(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('a journal', () => {
  test('tells what was written, and where the next line goes', () => {
    const text = journal(3);
    const { bodies, head, torn } = verifyJournal(text);
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual(
      [0, 1, 2].map((i) => ({
        time: 1_700_000_000_000 + i,
        kind: 'trade',
        tag: `s${i}`,
        units: 65 * i,
        price: 10_005,
      })),
    );
    expect(head.lines).toBe(3);
    const more = chainLine(head, '{}');
    expect(verifyJournal(text + more.line).head).toEqual(more.head);
    expect(torn).toBe(0);
  });

  test('canonical lines do not depend on the order of keys, and hold no number that JSON cannot', () => {
    expect(canonicalJson({ b: [{ y: 1, x: null }], a: 'é' })).toBe('{"a":"é","b":[{"x":null,"y":1}]}');
    expect(() => canonicalJson({ a: { b: Number.NaN } })).toThrow(
      'expected a finite number for the journal, found NaN',
    );
  });

  test('10,000 flips of one bit are all found', () => {
    const bytes = Buffer.from(journal(24));
    const random = draws(42);
    let missed = 0;
    for (let i = 0; i < MUTATIONS; i++) {
      const at = Math.floor((random.next().value as number) * bytes.length);
      const bit = 1 << Math.floor((random.next().value as number) * 8);
      bytes[at] = (bytes[at] ?? 0) ^ bit;
      try {
        verifyJournal(bytes.toString('utf8'));
        missed++;
      } catch (error) {
        expect(error).toMatchObject({ code: 'SOS_DATA_CORRUPT' });
      }
      bytes[at] = (bytes[at] ?? 0) ^ bit;
    }
    expect(missed).toBe(0);
  });

  test('lines left out, exchanged, doubled or taken from another journal are found', () => {
    const lines = journal(6).split('\n').slice(0, -1);
    const joined = (order: readonly number[]): string => order.map((i) => `${lines[i] ?? ''}\n`).join('');
    for (const order of [
      [1, 2, 3],
      [0, 2, 3],
      [0, 2, 1, 3],
      [0, 1, 1, 2],
    ])
      expect(() => verifyJournal(joined(order))).toThrow('to follow the line before');
    expect(verifyJournal(joined([0, 1, 2])).head.lines).toBe(3);
  });

  test('a tail that a crash tore anywhere is cut off, and every whole line before it holds', () => {
    const text = journal(4);
    const whole = text.lastIndexOf('\n', text.length - 2) + 1;
    for (let end = whole; end < text.length; end++) {
      const { bodies, torn } = verifyJournal(text.slice(0, end));
      expect([bodies.length, torn]).toEqual([3, end - whole]);
    }
  });
});
