import { didYouMean, nearestNames } from './suggest.js';

describe('suggestions', () => {
  const known = ['NIFTY', 'BANKNIFTY', 'FINNIFTY', 'MIDCPNIFTY', 'SENSEX'];
  test.each([
    ['NFITY', ['NIFTY']],
    ['banknifti', ['BANKNIFTY']],
    ['SENSX', ['SENSEX']],
    ['RELIANCE', []],
  ])('%p suggests %p', (wanted, expected) => {
    expect(nearestNames(wanted, known)).toEqual(expected);
  });
  test('a prefix is near, however long the rest', () => {
    expect(nearestNames('chain.pcrVel', ['chain.pcrVelocityPerMinute', 'chain.pcr'])).toContain(
      'chain.pcrVelocityPerMinute',
    );
  });
  test('the message part is empty when nothing is near', () => {
    expect(didYouMean('zzz', known)).toBe('');
    expect(didYouMean('NIFTI', known)).toBe(' (did you mean NIFTY?)');
  });
});
