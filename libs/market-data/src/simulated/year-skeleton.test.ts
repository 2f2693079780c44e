import { parseIstDate, type IstDate } from '@sos/domain';
import { defaultRulebook } from '@sos/rulebook';
import { buildYearSkeleton, type DaySkeleton } from './year-skeleton.js';

const MARKET = { seed: 'skeleton', underlying: 'NIFTY', rulebook: defaultRulebook() } as const;

const days = (year: number): DaySkeleton[] => [...buildYearSkeleton(MARKET, year).values()];

describe('year skeleton', () => {
  it('starts on the level of the year before and ends on its own, without a seam between days', () => {
    const year = days(2022);
    // Year-end closes of NIFTY, rounded (underlying-profile.ts).
    expect(year[0]?.previousClose).toBe(17_350);
    expect(year.at(-1)?.close).toBe(18_110);
    expect(days(2023)[0]?.previousClose).toBe(18_110);
    year.slice(1).forEach((day, i) => expect(day.previousClose).toBe(year[i]?.close));
  });

  it('has the sessions of the calendar, each with its own character', () => {
    const year = days(2026);
    expect(year.length).toBe(247);
    expect(year.map((d) => d.date)).toContain('2026-02-01');
    expect(year.map((d) => d.date)).not.toContain('2026-01-15');
    const count = (character: DaySkeleton['character']): number => year.filter((d) => d.character === character).length;
    expect(count('trend')).toBeGreaterThan(60);
    expect(count('chop')).toBeGreaterThan(80);
    expect(count('reversal')).toBeGreaterThan(30);
  });

  it('makes trend days go further than others', () => {
    const reach = (character: DaySkeleton['character']): number => {
      const of = days(2024).filter((d) => d.character === character);
      const sizes = of.map((d) => Math.abs(Math.log(d.close / d.open)) / Math.sqrt(d.intradayVariance));
      return sizes.reduce((a, b) => a + b, 0) / sizes.length;
    };
    expect(reach('trend')).toBeGreaterThan(1.3);
    expect(reach('chop')).toBeLessThan(0.7);
  });

  it('moves less in the hour of a Muhurat evening than in a whole session', () => {
    const find = (date: IstDate): DaySkeleton | undefined => buildYearSkeleton(MARKET, 2024).get(date);
    const evening = find(parseIstDate('2024-11-01'));
    const whole = find(parseIstDate('2024-10-31'));
    expect((evening?.intradayVariance ?? 1) / (whole?.intradayVariance ?? 1)).toBeLessThan(0.35);
  });

  it('knows no year without levels', () => {
    expect(() => days(2018)).toThrow(expect.objectContaining({ code: 'SOS_DATE_RANGE' }));
  });
});
