import { AppError, type IstDate } from '@sos/domain';
import { parseContractId } from './contract-id.js';
import { optionContract } from './contract-pool.js';
import { parseUnderlying } from './underlying-name.js';

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof AppError ? `${error.code}: ${error.message}` : String(error);
  }
  return 'nothing thrown';
}

describe('canonical ids', () => {
  test('the examples of the OpenAlgo grammar', () => {
    expect(parseContractId('NIFTY28MAR2420800CE')).toEqual({
      kind: 'option',
      id: 'NIFTY28MAR2420800CE',
      underlying: 'NIFTY',
      expiry: '2024-03-28',
      strike: 20800,
      right: 'CE',
    });
    expect(parseContractId('BANKNIFTY24APR24FUT')).toEqual({
      kind: 'future',
      id: 'BANKNIFTY24APR24FUT',
      underlying: 'BANKNIFTY',
      expiry: '2024-04-24',
    });
    expect(parseContractId('SENSEX')).toEqual({ kind: 'index', id: 'SENSEX', underlying: 'SENSEX' });
  });

  test('a holiday-shifted expiry is the real date', () => {
    expect(parseContractId('NIFTY19OCT2624000CE')).toMatchObject({ expiry: '2026-10-19', strike: 24000 });
  });

  test.each([
    ['NIFTTY20JAN2625700CE', '(did you mean NIFTY20JAN2625700CE?)'],
    ['nifty20jan2625700ce', '(did you mean NIFTY20JAN2625700CE?)'],
    ['BANKNIFY', '(did you mean BANKNIFTY?)'],
    ['NIFTY30FEB2625700CE', 'found "NIFTY30FEB2625700CE"'],
    ['NIFTY20JAN26025700CE', 'found "NIFTY20JAN26025700CE"'],
    ['NIFTY20JAN2625700.0CE', 'found "NIFTY20JAN2625700.0CE"'],
    ['NIFTY2612025700CE', 'found "NIFTY2612025700CE"'],
    ['', 'found ""'],
  ])('%s is refused', (text, hint) => {
    const message = messageOf(() => parseContractId(text));
    expect(message).toMatch(/^SOS_UNKNOWN_SYMBOL: expected a contract like NIFTY20JAN2625700CE/);
    expect(message).toContain(hint);
  });

  test.each([0, -50, Number.NaN, 100.005, 1e21])('a strike of %s is refused', (strike) => {
    const message = messageOf(() =>
      optionContract({ underlying: 'NIFTY', expiry: '2026-01-20' as IstDate, strike, right: 'CE' }),
    );
    expect(message).toMatch(/^SOS_INPUT: expected a strike above 0 with at most two decimals/);
  });

  test('a malformed expiry is refused', () => {
    const wrong = { underlying: 'NIFTY', strike: 25000, right: 'PE' } as const;
    expect(messageOf(() => optionContract({ ...wrong, expiry: '2026-02-30' as IstDate }))).toMatch(/^SOS_INPUT/);
    expect(messageOf(() => optionContract({ ...wrong, expiry: '1999-12-30' as IstDate }))).toMatch(
      /between 2000 and 2099/,
    );
  });
});

describe('underlyings', () => {
  test('any case is read', () => {
    expect(parseUnderlying(' BankNifty ')).toBe('BANKNIFTY');
  });

  test.each([
    ['Nifty 50', 'did you mean NIFTY?'],
    ['NIFTY BANK', 'did you mean BANKNIFTY?'],
    ['^NSEBANK', 'did you mean BANKNIFTY?'],
    ['FINIFTY', 'did you mean FINNIFTY'],
    ['SENSX', 'did you mean SENSEX?'],
  ])('%s is a vendor spelling or a typing error', (text, hint) => {
    const message = messageOf(() => parseUnderlying(text));
    expect(message).toMatch(/^SOS_UNKNOWN_SYMBOL: expected one of NIFTY, BANKNIFTY/);
    expect(message).toContain(hint);
  });
});
