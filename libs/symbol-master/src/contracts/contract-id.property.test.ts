import { AppError, UNDERLYINGS, type IstDate, type Right } from '@sos/domain';
import fc from 'fast-check';
import { formatContractId, parseContractId, type ContractParts } from './contract-id.js';

const expiry = fc
  .integer({ min: Date.UTC(2000, 0, 1) / 86_400_000, max: Date.UTC(2099, 11, 31) / 86_400_000 })
  .map((d) => new Date(d * 86_400_000).toISOString().slice(0, 10) as IstDate);
const underlying = fc.constantFrom(...UNDERLYINGS);
const strike = fc.oneof(
  fc.integer({ min: 1, max: 200_000 }),
  fc.integer({ min: 1, max: 20_000_000 }).map((paise) => paise / 100),
);
const parts: fc.Arbitrary<ContractParts> = fc.oneof(
  fc.record({ kind: fc.constant('index' as const), underlying }),
  fc.record({ kind: fc.constant('future' as const), underlying, expiry }),
  fc.record({
    kind: fc.constant('option' as const),
    underlying,
    expiry,
    strike,
    right: fc.constantFrom<Right[]>('CE', 'PE'),
  }),
);

test('parts -> id -> parts is the identity, and equal ids are the same object', () => {
  fc.assert(
    fc.property(parts, (p) => {
      const id = formatContractId(p);
      const contract = parseContractId(id);
      expect(contract).toEqual({ ...p, id });
      expect(parseContractId(formatContractId(p))).toBe(contract);
    }),
    { numRuns: 3000 },
  );
});

test('different parts have different ids', () => {
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const same = JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
      expect(formatContractId(a) === formatContractId(b)).toBe(same);
    }),
    { numRuns: 3000 },
  );
});

test('text that is read is written back letter for letter, all other text is refused', () => {
  const mutated = fc.tuple(parts, fc.nat(), fc.constantFrom('0', '.', 'X', ' ', '5', 'C', '')).map(([p, at, glyph]) => {
    const id = formatContractId(p) as string;
    const i = at % (id.length + 1);
    return id.slice(0, i) + glyph + id.slice(i + (glyph === '' ? 1 : 0));
  });
  fc.assert(
    fc.property(mutated, (text) => {
      let id: string;
      try {
        id = parseContractId(text).id;
      } catch (error) {
        expect(error instanceof AppError && error.code).toBe('SOS_UNKNOWN_SYMBOL');
        return;
      }
      expect(id).toBe(text);
    }),
    { numRuns: 3000 },
  );
});
