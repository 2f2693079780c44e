import { isFreak } from './freak-print.js';

it('is a print many times above or below what is known, unless both are nearly nothing', () => {
  expect([isFreak(800, 100, 4), isFreak(12.5, 100, 4), isFreak(390, 100, 4), isFreak(26, 100, 4)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([isFreak(5, 0.5, 4), isFreak(800, Number.NaN, 4), isFreak(800, 100, 0)]).toEqual([false, false, false]);
});
