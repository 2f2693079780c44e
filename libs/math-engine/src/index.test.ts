import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkout } from './fixtures/recorded-data.js';
import * as library from './index.js';

test('exports exactly these names', () => {
  expect(Object.keys(library).sort()).toEqual([
    'Adx',
    'AnchoredVwap',
    'Atr',
    'BUILDUPS',
    'Bollinger',
    'Cci',
    'Ema',
    'Keltner',
    'LONG_BUILDUP',
    'LONG_UNWINDING',
    'Macd',
    'NEUTRAL',
    'Obv',
    'OpeningRange',
    'PcrVelocity',
    'Pivots',
    'RHO_PER_PERCENT',
    'Roc',
    'RollingMax',
    'RollingMin',
    'RollingStdev',
    'Rsi',
    'SHORT_BUILDUP',
    'SHORT_COVERING',
    'SessionVwap',
    'Sma',
    'Stochastic',
    'Supertrend',
    'THETA_PER_DAY',
    'UNKNOWN_BUILDUP',
    'VEGA_PER_POINT',
    'Wma',
    'ZScore',
    'atrColumn',
    'bandSum',
    'black76Greeks',
    'black76GreeksColumns',
    'black76Price',
    'black76Prices',
    'bollingerColumns',
    'buildupName',
    'buildupOf',
    'calendarYears',
    'deltaExposure',
    'emaColumn',
    'expectedMove',
    'expectedMoveFromStraddle',
    'floorPivots',
    'fromTechnicalIndicators',
    'gammaExposure',
    'impliedVolatilities',
    'impliedVolatility',
    'impliedVolatilityWithReason',
    'indexView',
    'ivPercentile',
    'ivRank',
    'makeGreekColumns',
    'makeGreeks',
    'makeMoneyMatrixVote',
    'makeOiWalls',
    'makeParityForward',
    'maxPain',
    'moneyMatrixVote',
    'nearestStrikeIndex',
    'neutralBands',
    'normalCdf',
    'normalPdf',
    'oiWalls',
    'painAt',
    'parityForward',
    'pcrChange',
    'pcrOpenInterest',
    'pcrVolume',
    'rollingExtremesColumns',
    'rollingMaxColumn',
    'rollingMinColumn',
    'rsiColumn',
    'runBarIndicator',
    'runIndicator',
    'skewOf',
    'smaColumn',
    'straddlePrice',
    'strikeBand',
    'tradingYears',
    'vwapColumn',
  ]);
});

test('every exported name is documented where it is declared', () => {
  const folder = path.join(checkout(), 'libs', 'math-engine', 'src');
  const index = readFileSync(path.join(folder, 'index.ts'), 'utf8');
  const bare: string[] = [];
  for (const [, names = '', file = ''] of index.matchAll(/export (?:type )?\{([^}]*)\} from '\.\/([^']+)\.js'/g)) {
    const source = readFileSync(path.join(folder, `${file}.ts`), 'utf8');
    for (const name of names.split(',').map((n) => n.trim().replace('type ', ''))) {
      const declared = new RegExp(`\\*/\\nexport (?:const|function|class|interface|type) ${name}\\b`);
      if (name !== '' && !declared.test(source)) bare.push(name);
    }
  }
  expect(index.length).toBeGreaterThan(1000);
  expect(bare).toEqual([]);
});
