import {
  istInstant,
  makeBarColumns,
  paise,
  parseIstDate,
  units,
  type ChargeBreakdown,
  type FillRecord,
} from '@sos/domain';
import { optionContract } from '@sos/symbol-master';
import fc from 'fast-check';
import { paperDay } from '../fixtures/paper-market.js';
import { paperRequest } from '../fixtures/run-paper.js';
import { DataHash } from './data-hash.js';
import { fingerprint } from './fingerprint.js';
import { ledgerHash, type Ledger } from './ledger-hash.js';

describe('fingerprint', () => {
  it('is MurmurHash3 x86_128 over the bits: answers of a second implementation, in Python', () => {
    expect(fingerprint(Float64Array.of(1, 2))).toBe('d938b3cfd2e0c875108e32dd36072f42');
    expect(fingerprint(Float64Array.of(1, 2, -3.5, 1e9))).toBe('3f22f2339d651e1ae303edd65149049d');
    expect(fingerprint(new Float64Array(0))).toBe('00000000000000000000000000000000');
  });

  it('takes every NaN for the same, and 0 for another thing', () => {
    const odd = new Float64Array(2);
    new Uint32Array(odd.buffer).set([7, 0xfff80000, 0, 0x7ff00001]);
    expect(fingerprint(odd)).toBe(fingerprint(Float64Array.of(Number.NaN, Number.NaN)));
    expect(fingerprint(Float64Array.of(Number.NaN))).not.toBe(fingerprint(Float64Array.of(0)));
  });

  it('tells a column from the same with zeros behind it, and from its view', () => {
    expect(fingerprint(Float64Array.of(5))).not.toBe(fingerprint(Float64Array.of(5, 0)));
    const whole = Float64Array.of(1, 2, 3, 4);
    expect(fingerprint(whole.subarray(1, 3))).toBe(fingerprint(Float64Array.of(2, 3)));
  });

  it('changes with any one number', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 20 }), fc.nat(), (values, at) => {
        const column = Float64Array.from(values);
        const before = fingerprint(column);
        const i = at % column.length;
        column[i] = (column[i] as number) + 1 === column[i] ? 0.5 : (column[i] as number) + 1;
        expect(fingerprint(column)).not.toBe(before);
      }),
    );
  });
});

describe('data hash', () => {
  const { from } = paperRequest();
  const hashOf = (change: (day: ReturnType<typeof paperDay>) => void): string => {
    const day = paperDay('NIFTY', from, { hasChain: true, hasFuture: true, minutes: 5 });
    change(day);
    const hash = new DataHash();
    hash.day(day, []);
    return hash.hex();
  };
  const whole = hashOf(() => undefined);

  it('is the same for the same content', () => {
    expect(hashOf(() => undefined)).toBe(whole);
  });

  it.each<[string, (day: ReturnType<typeof paperDay>) => void]>([
    ['index', (day) => void (day.index.low[3] = 1)],
    ['future', (day) => void (day.future && (day.future.volume[0] = 1))],
    ['chain', (day) => void (day.chains[0] && (day.chains[0].put.openInterest[9] = 1))],
    ['availability', (day) => void (day.chains[0] && (day.chains[0].availableAt[0] = 1))],
  ])('covers the %s', (_what, change) => {
    expect(hashOf(change)).not.toBe(whole);
  });

  it('covers the option series that were used', () => {
    const day = paperDay('NIFTY', from, { minutes: 5 });
    const contract = {
      kind: 'option',
      id: 'X',
      underlying: 'NIFTY',
      expiry: '2026-01-13',
      strike: 25_000,
      right: 'CE',
    };
    const series = day.option(contract as never);
    const hash = new DataHash();
    hash.day(day, series ? [series] : []);
    const without = new DataHash();
    without.day(day, []);
    expect(hash.hex()).not.toBe(without.hex());
  });

  describe('of a day whose columns a content key stands for', () => {
    const keyed = (contentKey: string, change: (day: ReturnType<typeof paperDay>) => void): string => {
      const day = paperDay('NIFTY', from, { minutes: 5 });
      change(day);
      const hash = new DataHash();
      hash.day({ ...day, contentKey }, []);
      return hash.hex();
    };
    const plain = keyed('model 1', () => undefined);

    it('covers the key and the index, and reads no other column', () => {
      expect(keyed('model 2', () => undefined)).not.toBe(plain);
      expect(keyed('model 1', (day) => void (day.index.low[3] = 1))).not.toBe(plain);
      expect(keyed('model 1', (day) => void (day.chains[0] && (day.chains[0].put.openInterest[9] = 1)))).toBe(plain);
      expect(plain).not.toBe(whole);
    });
  });

  it('covers warm-up bars up to their length only', () => {
    const of = (length: number): string => {
      const hash = new DataHash();
      hash.bars('warm-up', { ...makeBarColumns(4), length });
      return hash.hex();
    };
    expect(of(4)).not.toBe(of(3));
  });
});

describe('ledger hash', () => {
  const zero = paise(0);
  const charges: ChargeBreakdown = {
    brokerage: zero,
    stt: zero,
    exchange: zero,
    ipft: zero,
    sebi: zero,
    stamp: zero,
    gst: zero,
    total: zero,
  };
  const { id } = optionContract({
    underlying: 'NIFTY',
    expiry: parseIstDate('2026-01-13'),
    strike: 25_000,
    right: 'CE',
  });
  const fill: FillRecord = {
    seq: 1,
    orderId: 1,
    time: istInstant(parseIstDate('2026-01-12'), '10:00'),
    contract: id,
    side: 'BUY',
    units: units(65),
    price: paise(100),
    decisionBid: paise(95),
    decisionAsk: paise(100),
    spread: paise(5),
    attempt: 0,
    charges,
    source: 'recorded',
  };
  const ledger: Ledger = { orders: [], fills: [fill], trades: [] };

  it('does not depend on the order of keys', () => {
    const { source, price, side, ...others } = fill;
    expect(ledgerHash({ ...ledger, fills: [{ source, side, price, ...others }] })).toBe(ledgerHash(ledger));
  });

  it('changes with one paisa', () => {
    const dearer: FillRecord = { ...fill, price: paise(101) };
    expect(ledgerHash({ ...ledger, fills: [dearer] })).not.toBe(ledgerHash(ledger));
  });

  it('of nothing is SHA-256 of nothing (FIPS 180-4)', () => {
    expect(ledgerHash({ orders: [], fills: [], trades: [] })).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });
});
