import type { IstDate, Underlying } from '@sos/domain';
import type { Session } from '../calendar/session.js';
import type { Confidence, Provenance } from '../dated/dated-row.js';
import { covers } from '../dated/row-on.js';
import type { Expiry } from '../expiries/expiry.js';
import type { RuleTables } from '../rows/rule-tables.js';

/** One rule in force, ready to print. */
export interface RuleFact {
  /** Stable name, such as `charge.stt-sell` or `lot.2026-01-27`. */
  readonly topic: string;
  readonly value: string;
  readonly from: IstDate | null;
  readonly to: IstDate | null;
  readonly confidence: Confidence;
  readonly source: string;
  readonly note: string | null;
}

/** The law of one day for one underlying. */
export interface LawOfDay {
  readonly date: IstDate;
  readonly underlying: Underlying;
  readonly session: Session | null;
  readonly expiries: readonly Expiry[];
  readonly facts: readonly RuleFact[];
}

interface Period {
  readonly from: IstDate | null;
  readonly to: IstDate | null;
}

function fact(topic: string, value: string, row: Provenance & Partial<Period>): RuleFact {
  return {
    topic,
    value,
    from: row.from ?? null,
    to: row.to ?? null,
    confidence: row.confidence,
    source: row.source,
    note: row.note ?? null,
  };
}

/** The last row of each topic that covers the date. */
function inForce<Row extends Provenance & { from: IstDate; to: IstDate | null }>(
  rows: readonly Row[],
  date: IstDate,
  describe: (row: Row) => readonly [topic: string, value: string],
): RuleFact[] {
  const byTopic = new Map<string, RuleFact>();
  for (const row of rows) {
    if (!covers(row, date)) continue;
    const [topic, value] = describe(row);
    byTopic.set(topic, fact(topic, value, row));
  }
  return [...byTopic.values()];
}

function ratePerCent(rupeesPerCrore: number | null): string {
  return rupeesPerCrore === null ? 'not established' : `${Number((rupeesPerCrore / 100_000).toFixed(7))} %`;
}

/** Facts about the day itself: why it is closed, or an unusual session. */
export function dayFacts(tables: RuleTables, date: IstDate): RuleFact[] {
  return [
    ...tables.holiday.filter((r) => r.date === date && r.closed).map((r) => fact('day.holiday', r.name, r)),
    ...tables.specialSession
      .filter((r) => r.date === date)
      .map((r) => fact('day.session', `${r.name} ${r.windows.map((w) => w.join('-')).join(', ')}`, r)),
    ...tables.disruption.filter((r) => r.date === date).map((r) => fact('day.disruption', r.what, r)),
  ];
}

/** Facts that hold for every underlying. */
export function marketFacts(tables: RuleTables, date: IstDate): RuleFact[] {
  return [
    ...inForce(tables.tradingHours, date, (r) => [
      'hours.ordinary',
      `${r.value.open}-${r.value.close}, index usable until ${r.value.indexUsableUntil ?? 'the close'}, settlement fixed ${r.value.settlementFixed}`,
    ]),
    ...inForce(tables.squareOff, date, (r) => [
      'squareOff.default',
      `${r.minutesBeforeClose} minutes before the close`,
    ]),
    ...inForce(tables.execution, date, (r) => [
      'execution.default',
      `entries ${r.entry.maxChase} re-prices every ${r.entry.intervalMs} ms, exits ${r.exit.maxChase} every ${r.exit.intervalMs} ms, none ${r.noEntryBeforeExpiryMinutes} minutes before expiry`,
    ]),
    ...inForce(tables.chargeRate, date, (r) => [
      `charge.${r.head}${r.exchange === null ? '' : `.${r.exchange}`}`,
      ratePerCent(r.rupeesPerCrore),
    ]),
    ...inForce(tables.brokerage, date, (r) => [`brokerage.${r.plan}`, `${r.flatPaise} paise per executed order`]),
    ...inForce(tables.orderType, date, (r) => ['order.types', `${r.types.join(', ')}; ${r.validities.join(', ')}`]),
    ...inForce(tables.orderRate, date, (r) => [`order.rate.${r.scope}`, `${r.perSecond} a second`]),
    ...inForce(tables.priceProtection, date, (r) => [
      `order.priceBand.${r.exchange}`,
      `±${r.percent} % of the reference, at least ${r.minimumPaise} paise`,
    ]),
  ];
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

function expiryFacts(tables: RuleTables, date: IstDate, underlying: Underlying): RuleFact[] {
  const byTopic = new Map<string, RuleFact>();
  for (const row of tables.expiryWeekday) {
    if (row.underlying !== underlying || row.knownFrom > date || row.expiryFrom > date) continue;
    const topic = `expiry.${row.cycle}`;
    const value = row.weekday === null ? 'none' : (WEEKDAYS[row.weekday] as string);
    byTopic.set(topic, fact(topic, value, { ...row, from: row.expiryFrom }));
  }
  return [...byTopic.values()];
}

/** Facts about the contracts of one underlying. */
export function contractFacts(tables: RuleTables, date: IstDate, underlying: Underlying): RuleFact[] {
  const mine = <Row extends { underlying: Underlying }>(rows: readonly Row[]) =>
    rows.filter((r) => r.underlying === underlying);
  return [
    ...expiryFacts(tables, date, underlying),
    ...inForce(mine(tables.listing), date, (r) => [
      'expiry.listed',
      `${r.value.weeklies} weeklies, ${r.value.months} months, ${r.value.quarters} quarters, ${r.value.halfYears} half-years`,
    ]),
    ...inForce(mine(tables.freeze), date, (r) => ['freeze', `${r.units} units`]),
    ...inForce(mine(tables.strikeStep), date, (r) => ['strikeStep', `${r.step} points`]),
    ...inForce(mine(tables.tick), date, (r) => [`tick.${r.kind}`, `${r.paise} paise`]),
  ];
}

/** The fact about a contract's lot. */
export function lotFact(expiry: IstDate, row: Provenance & { lot: number; monthlyFrom: IstDate }): RuleFact {
  return fact(`lot.${expiry}`, `${row.lot} units`, { ...row, from: row.monthlyFrom, to: null });
}
