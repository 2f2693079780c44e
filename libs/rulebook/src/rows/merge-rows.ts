import type { RuleRow } from './rule-row-schema.js';
import type { RuleTables } from './rule-tables.js';

type TableName = RuleRow['table'];
type RowOf<Name extends TableName> = Extract<RuleRow, { table: Name }>;

function of<Name extends TableName>(rows: readonly RuleRow[], name: Name): RowOf<Name>[] {
  return rows.filter((row): row is RowOf<Name> => row.table === name);
}

/** Appends added rows to their tables; look-ups take the last match, so they win over built-in rows. */
export function mergeRows(base: RuleTables, extra: readonly RuleRow[]): RuleTables {
  if (extra.length === 0) return base;
  return {
    coverage: [...base.coverage, ...of(extra, 'coverage')],
    holiday: [...base.holiday, ...of(extra, 'holiday')],
    specialSession: [...base.specialSession, ...of(extra, 'specialSession')],
    disruption: [...base.disruption, ...of(extra, 'disruption')],
    tradingHours: [...base.tradingHours, ...of(extra, 'tradingHours')],
    expiryWeekday: [...base.expiryWeekday, ...of(extra, 'expiryWeekday')],
    listing: [...base.listing, ...of(extra, 'listing')],
    lot: [...base.lot, ...of(extra, 'lot')],
    freeze: [...base.freeze, ...of(extra, 'freeze')],
    tick: [...base.tick, ...of(extra, 'tick')],
    strikeStep: [...base.strikeStep, ...of(extra, 'strikeStep')],
    chargeRate: [...base.chargeRate, ...of(extra, 'chargeRate')],
    brokerage: [...base.brokerage, ...of(extra, 'brokerage')],
    orderType: [...base.orderType, ...of(extra, 'orderType')],
    orderRate: [...base.orderRate, ...of(extra, 'orderRate')],
    priceProtection: [...base.priceProtection, ...of(extra, 'priceProtection')],
    squareOff: [...base.squareOff, ...of(extra, 'squareOff')],
    execution: [...base.execution, ...of(extra, 'execution')],
  };
}
