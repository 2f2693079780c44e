import { AppError, paise, type Paise } from '@sos/domain';
import { trialOfRun, type RunResult } from '@sos/backtester';

import type { Client, Transaction } from '../client.js';
import { copyIn } from '../copy/copy-in.js';
import { recordTrials } from '../trials/trial-rows.js';
import { DECISION_TABLE, FILL_TABLE, ORDER_TABLE, recordRows, TRADE_TABLE } from './run-rows.js';

/** What of a run is kept as it was said, beside the ledger tables. */
export type RunSummaryFields = Omit<RunResult, 'orders' | 'fills' | 'trades' | 'decisions'>;

function total(result: RunResult, of: (trade: RunResult['trades'][number]) => Paise): Paise {
  return paise(result.trades.reduce((sum, t) => sum + of(t), 0));
}

async function insertRun(tx: Transaction, result: RunResult): Promise<number> {
  const { orders, fills, trades, decisions, ...summary } = result;
  const gross = total(result, (t) => t.gross);
  const charges = total(result, (t) => t.charges.total);
  const rows = await tx<{ id: number }[]>`
    insert into runs (run_id, status, from_date, to_date, source, trades, gross_paise, charges_paise, net_paise, starting_capital_paise,
      data_hash, config_hash, ledger_hash, summary)
    values (${result.runId}, 'writing', ${result.from}::text::date, ${result.to}::text::date, ${result.source}, ${trades.length},
      ${gross}, ${charges}, ${total(result, (t) => t.net)}, ${result.startingCapital},
      ${result.dataHash}, ${result.configHash}, ${result.ledgerHash}, ${JSON.stringify(summary)}::text::jsonb)
    on conflict (run_id) do nothing returning id`;
  const id = rows[0]?.id;
  if (id === undefined)
    throw new AppError('SOS_INVARIANT', `expected a new run id, found ${result.runId} stored with another ledger`);
  await copyIn(tx, ORDER_TABLE.target, recordRows(id, ORDER_TABLE, orders));
  await copyIn(tx, FILL_TABLE.target, recordRows(id, FILL_TABLE, fills));
  await copyIn(tx, TRADE_TABLE.target, recordRows(id, TRADE_TABLE, trades));
  await copyIn(tx, DECISION_TABLE.target, recordRows(id, DECISION_TABLE, decisions));
  return id;
}

/** Stores a finished run: all of it or nothing, marked complete as the last statement of the transaction. Storing the same run again changes nothing. */
export async function saveRun(sql: Client, result: RunResult): Promise<void> {
  const known = await sql`
    select 1 from runs where run_id = ${result.runId} and ledger_hash = ${result.ledgerHash} and status = 'complete'`;
  if (known.length > 0) return;
  await sql.begin(async (tx) => {
    const id = await insertRun(tx, result);
    // In the same transaction: there is no stored run that does not count as a trial.
    await recordTrials(tx, [trialOfRun(result)]);
    await tx`update runs set status = 'complete' where id = ${id}`;
  });
}
