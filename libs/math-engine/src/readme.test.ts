import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import { checkout } from './fixtures/recorded-data.js';
import * as library from './index.js';

const README = readFileSync(path.join(checkout(), 'libs', 'math-engine', 'README.md'), 'utf8');

function example(): string {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(README) ?? [];
  return code;
}

describe('the example of the README', () => {
  test('has at most ten lines', () => {
    const lines = example()
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(lines.length).toBeLessThanOrEqual(10);
  });

  test('runs and gives what its comments say', () => {
    const [first = '', ...rest] = example().split('\n');
    const names =
      /import \{(.+)\} from '@sos\/math-engine'/
        .exec(first)?.[1]
        ?.split(',')
        .map((n) => n.trim()) ?? [];
    const values = names.map((name): unknown => Reflect.get(library, name));
    expect(values).not.toContain(undefined);
    const body = `${rest.join('\n')}; return { forward, sigma, delta, average: ema.value };`;
    const found: unknown = Reflect.apply(compileFunction(body, names), undefined, values);
    expect(found).toEqual({
      forward: 25_012,
      sigma: expect.closeTo(0.1373, 4),
      delta: expect.closeTo(0.5209, 4),
      average: 25_005,
    });
  });
});
