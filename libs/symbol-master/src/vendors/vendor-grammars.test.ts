import { AppError, type Contract, type IstDate } from '@sos/domain';
import { CROSS_TABLE } from '../fixtures/cross-table.js';
import {
  contractOfLegacyBhav,
  contractOfUdiff,
  exchangeTokenOfKite,
  formatNseDate,
  indexContract,
  kiteInstrumentToken,
  legacyBhavNames,
  openAlgoSymbol,
  optionContract,
  parseContractId,
  parseNseDate,
  parseOpenAlgoSymbol,
  parseTradingViewSymbol,
  parseTrendlyneContract,
  parseTrendlyneExpirySlug,
  parseUpstoxExpiredKey,
  parseUpstoxIndexKey,
  parseUpstoxTradingSymbol,
  parseZerodhaSymbol,
  tradingViewFrontFuture,
  tradingViewSymbol,
  trendlyneContract,
  udiffNames,
  upstoxExpiredKey,
  upstoxIndexKey,
  upstoxSegment,
  upstoxTradingSymbol,
  zerodhaSymbol,
} from '../index.js';

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return 'nothing thrown';
}

function tokenOf(key: string): number {
  return Number(key.split('|')[1]);
}

describe('one contract in every grammar', () => {
  test.each(CROSS_TABLE)('%s', (openAlgo, upstox, key, zerodha, tradingView, kite) => {
    const contract = parseContractId(openAlgo);
    expect(openAlgoSymbol(contract).symbol).toBe(openAlgo);
    expect(upstoxTradingSymbol(contract)).toBe(upstox);
    expect(parseUpstoxTradingSymbol(upstox)).toBe(contract);
    expect(zerodhaSymbol(contract)).toBe(zerodha);
    expect(parseZerodhaSymbol(zerodha)).toBe(contract);
    expect(tradingViewSymbol(contract)).toBe(tradingView);
    expect(key.startsWith(upstoxSegment(contract.underlying))).toBe(true);
    if (kite !== null) expect(kiteInstrumentToken(tokenOf(key), contract.underlying)).toBe(kite);
  });

  test('TradingView names of options are read back', () => {
    const options = CROSS_TABLE.flatMap(([id, , , , name]) => (name === null ? [] : [{ id, name }]));
    expect(options).toHaveLength(18);
    expect(options.map((o) => parseTradingViewSymbol(o.name).id)).toEqual(options.map((o) => o.id));
  });

  test('Kite tokens give the exchange token back', () => {
    expect([exchangeTokenOfKite(15_183_874), exchangeTokenOfKite(218_937_093)]).toEqual([59_312, 855_223]);
    expect(codeOf(() => exchangeTokenOfKite(15_183_875))).toBe('SOS_INPUT');
  });
});

describe('OpenAlgo', () => {
  test.each([
    ['NIFTY20JAN2625000CE', 'NFO'],
    ['SENSEX20AUG2678000CE', 'BFO'],
    ['BANKNIFTY24APR24FUT', 'NFO'],
    ['NIFTY', 'NSE_INDEX'],
    ['SENSEX', 'BSE_INDEX'],
  ])('%s trades at %s', (symbol, exchange) => {
    expect(openAlgoSymbol(parseContractId(symbol))).toEqual({ symbol, exchange });
    expect(parseOpenAlgoSymbol({ symbol, exchange }).id).toBe(symbol);
  });

  test('the wrong exchange is refused', () => {
    expect(codeOf(() => parseOpenAlgoSymbol({ symbol: 'SENSEX20AUG2678000CE', exchange: 'NFO' }))).toBe(
      'SOS_UNKNOWN_SYMBOL',
    );
  });
});

describe('Upstox', () => {
  test.each([
    ['NIFTY', 'NSE_INDEX|Nifty 50'],
    ['BANKNIFTY', 'NSE_INDEX|Nifty Bank'],
    ['FINNIFTY', 'NSE_INDEX|Nifty Fin Service'],
    ['MIDCPNIFTY', 'NSE_INDEX|NIFTY MID SELECT'],
    ['SENSEX', 'BSE_INDEX|SENSEX'],
  ] as const)('the index %s is %s', (underlying, key) => {
    expect(upstoxIndexKey(underlying)).toBe(key);
    expect(parseUpstoxIndexKey(key)).toBe(indexContract(underlying));
  });

  test('expired keys carry the expiry', () => {
    const parts = { key: 'NSE_FO|54452', expiry: '2025-04-24' as IstDate };
    expect(upstoxExpiredKey(parts)).toBe('NSE_FO|54452|24-04-2025');
    expect(parseUpstoxExpiredKey('NSE_FO|54452|24-04-2025')).toEqual(parts);
    expect(codeOf(() => upstoxExpiredKey({ ...parts, key: 'NSE_INDEX|Nifty 50' }))).toBe('SOS_INPUT');
  });

  test.each([
    'NIFTY 25000 CE 20 JAN 2026',
    'NIFTY 025000 CE 20 JAN 26',
    'NIFTY FUT 31 FEB 26',
    'NIFTYNXT50 FUT 29 SEP 26',
    '',
  ])('"%s" is refused', (text) => {
    expect(codeOf(() => parseUpstoxTradingSymbol(text))).toBe('SOS_UNKNOWN_SYMBOL');
  });

  test('unknown keys are refused', () => {
    expect(codeOf(() => parseUpstoxIndexKey('NSE_INDEX|India VIX'))).toBe('SOS_UNKNOWN_SYMBOL');
    expect(codeOf(() => parseUpstoxExpiredKey('NSE_FO|54452'))).toBe('SOS_UNKNOWN_SYMBOL');
    expect(codeOf(() => parseUpstoxExpiredKey('NSE_FO|54452|31-02-2025'))).toBe('SOS_UNKNOWN_SYMBOL');
  });
});

describe('Zerodha and NSE names', () => {
  // facts/symbol-formats.json, examples of the Zerodha grammar.
  test.each([
    ['NIFTY2611325500PE', 'NIFTY13JAN2625500PE'],
    ['NIFTY2612025000CE', 'NIFTY20JAN2625000CE'],
    ['NIFTY2610625000CE', 'NIFTY06JAN2625000CE'],
    ['NIFTY26JAN25000CE', 'NIFTY27JAN2625000CE'],
    ['NIFTY26O1923050PE', 'NIFTY19OCT2623050PE'],
    ['NIFTY26N0324500CE', 'NIFTY03NOV2624500CE'],
    ['NIFTY26D0124500PE', 'NIFTY01DEC2624500PE'],
    ['NIFTY27MAR33000CE', 'NIFTY30MAR2733000CE'],
    ['BANKNIFTY2440350000CE', 'BANKNIFTY03APR2450000CE'],
    ['SENSEX2682078000CE', 'SENSEX20AUG2678000CE'],
    ['NIFTY26SEPFUT', 'NIFTY29SEP26FUT'],
    ['NIFTY26MAR25000CE', 'NIFTY30MAR2625000CE'],
    ['BANKNIFTY2413145000CE', 'BANKNIFTY31JAN2445000CE'],
    ['BANKNIFTY24JAN45000CE', 'BANKNIFTY25JAN2445000CE'],
  ])('%s is %s', (name, id) => {
    expect(parseZerodhaSymbol(name).id).toBe(id);
    expect(zerodhaSymbol(parseContractId(id))).toBe(name);
  });

  test('an old monthly name means the date that was known then', () => {
    expect(parseZerodhaSymbol('NIFTY25DEC30000CE', { knownOn: '2024-10-08' as IstDate }).id).toBe(
      'NIFTY24DEC2530000CE',
    );
    expect(parseZerodhaSymbol('NIFTY25DEC30000CE').id).toBe('NIFTY30DEC2530000CE');
  });

  test.each([
    ['SENSEX502110721000CE', 'another index of which SENSEX is a prefix'],
    ['NIFTY2611425500PE', 'a Wednesday'],
    ['NIFTY26XYZ25000CE', 'no month'],
    ['NIFTYNXT5026SEPFUT', 'an unknown underlying'],
    ['NIFTY26JAN025000CE', 'a leading zero'],
    ['BANKNIFTY26N0355000CE', 'no weekly contracts any more'],
  ])('%s is refused: %s', (name) => {
    expect(codeOf(() => parseZerodhaSymbol(name))).toBe('SOS_UNKNOWN_SYMBOL');
  });

  test('an index has no name in this grammar', () => {
    expect(codeOf(() => zerodhaSymbol(indexContract('NIFTY')))).toBe('SOS_INPUT');
  });
});

describe('NSE bhavcopies', () => {
  const contracts: Contract[] = [
    parseContractId('NIFTY25JUL2424500CE'),
    parseContractId('BANKNIFTY31JUL2452000PE'),
    parseContractId('NIFTY25JUL24FUT'),
  ];

  test('UDiFF rows round trip', () => {
    expect(udiffNames(contracts[0] as Contract)).toEqual({
      FinInstrmTp: 'IDO',
      TckrSymb: 'NIFTY',
      XpryDt: '2024-07-25',
      StrkPric: '24500.00',
      OptnTp: 'CE',
    });
    const back = contracts.map((c) => udiffNames(c)).map((n) => (n === null ? null : contractOfUdiff(n)));
    expect(back).toEqual(contracts);
  });

  test('old rows round trip', () => {
    expect(legacyBhavNames(contracts[1] as Contract)).toEqual({
      INSTRUMENT: 'OPTIDX',
      SYMBOL: 'BANKNIFTY',
      EXPIRY_DT: '31-Jul-2024',
      STRIKE_PR: '52000',
      OPTION_TYP: 'PE',
    });
    const back = contracts.map((c) => legacyBhavNames(c)).map((n) => (n === null ? null : contractOfLegacyBhav(n)));
    expect(back).toEqual(contracts);
  });

  test('an index has no row', () => {
    expect([udiffNames(indexContract('NIFTY')), legacyBhavNames(indexContract('NIFTY'))]).toEqual([null, null]);
  });

  test('other instruments are refused', () => {
    const row = { FinInstrmTp: 'STO', TckrSymb: 'RELIANCE', XpryDt: '2024-07-25', StrkPric: '3000', OptnTp: 'CE' };
    expect(codeOf(() => contractOfUdiff(row))).toBe('SOS_UNKNOWN_SYMBOL');
    expect(codeOf(() => contractOfUdiff({ ...row, TckrSymb: 'NIFTY' }))).toBe('SOS_UNKNOWN_SYMBOL');
    expect(codeOf(() => contractOfUdiff({ ...row, FinInstrmTp: 'IDO', TckrSymb: 'NIFTY', OptnTp: 'XX' }))).toBe(
      'SOS_UNKNOWN_SYMBOL',
    );
    expect(codeOf(() => contractOfUdiff({ ...row, FinInstrmTp: 'IDO', TckrSymb: 'NIFTY', XpryDt: '25-07-2024' }))).toBe(
      'SOS_UNKNOWN_SYMBOL',
    );
  });

  test('dates', () => {
    expect(formatNseDate('2024-07-25' as IstDate)).toBe('25-Jul-2024');
    expect([parseNseDate('25-Jul-2024'), parseNseDate('25-JUL-2024'), parseNseDate('2024-07-25')]).toEqual([
      '2024-07-25',
      '2024-07-25',
      null,
    ]);
  });
});

describe('TradingView', () => {
  test('indices and the continuous future', () => {
    expect(tradingViewSymbol(indexContract('SENSEX'))).toBe('BSE:SENSEX');
    expect(parseTradingViewSymbol('NSE:BANKNIFTY')).toBe(indexContract('BANKNIFTY'));
    expect(tradingViewFrontFuture('NIFTY')).toBe('NSE:NIFTY1!');
    expect(tradingViewSymbol(parseContractId('NIFTY29SEP26FUT'))).toBeNull();
  });

  test.each(['BSE:NIFTY', 'NSE:NIFTY260230C25000', 'NIFTY260120C25000', 'NSE:SENSEX50260820C78000', 'NSE:NIFTY1!'])(
    '%s is refused',
    (text) => {
      expect(codeOf(() => parseTradingViewSymbol(text))).toBe('SOS_UNKNOWN_SYMBOL');
    },
  );
});

describe('Trendlyne', () => {
  const option = optionContract({
    underlying: 'BANKNIFTY',
    expiry: '2026-01-27' as IstDate,
    strike: 60_000,
    right: 'CE',
  });

  test('an option and back', () => {
    const name = trendlyneContract(option);
    expect(name).toEqual({
      stockCode: 'BANKNIFTY',
      expirySlug: '27-jan-2026-near',
      strikePrice: 60_000,
      optionType: 'call',
    });
    expect(parseTrendlyneContract(name)).toBe(option);
  });

  test('wrong names are refused', () => {
    expect(codeOf(() => parseTrendlyneContract({ ...trendlyneContract(option), stockCode: 'RELIANCE' }))).toBe(
      'SOS_UNKNOWN_SYMBOL',
    );
    expect(codeOf(() => parseTrendlyneExpirySlug('27-JAN-2026-near'))).toBe('SOS_UNKNOWN_SYMBOL');
    expect(codeOf(() => parseTrendlyneContract({ ...trendlyneContract(option), optionType: 'CE' as 'call' }))).toBe(
      'SOS_INPUT',
    );
  });
});
