import { compact, figure, money, percent, result, tone } from './figures.js';

describe('figures', () => {
  test('are grouped as in India', () => {
    expect(figure(1_234_567.891)).toBe('12,34,567.89');
    expect(money(-123_456_789)).toBe('-12,34,567.89');
    expect(compact(12_345_678)).toBe('1.23 Cr');
    expect(compact(-250_000)).toBe('-2.50 L');
    expect(compact(99_999)).toBe('99,999');
  });
  test('what is not known is a dash, never zero', () => {
    expect([figure(null), figure(Number.NaN), money(null), percent(null), compact(undefined)]).toEqual([
      '–',
      '–',
      '–',
      '–',
      '–',
    ]);
  });
  test('a result says its sign in shape, not only in colour', () => {
    expect([result(1_00), result(-1_00), result(0)]).toEqual(['▲ +1.00', '▼ −1.00', '0.00']);
    expect([tone(1), tone(-1), tone(0), tone(null)]).toEqual(['up', 'down', '', '']);
  });
  test('shares are per cent', () => expect(percent(0.1234)).toBe('12.3 %'));
});
