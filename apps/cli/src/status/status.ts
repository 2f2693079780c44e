import { formatPaise, paise, parseIstDate } from '@sos/domain';
import { KillSwitchFile, deskOwner, exportTrail, journalDates, readJournal } from '@sos/brokers';
import { heldUnits, isOver, isUncertain, type DeskState } from '@sos/engine';
import type { CommandContext } from '../commands/command-context.js';
import { deskFolder, desksNamed, type DeskName } from '../live/desk-folders.js';
import { renderTable } from '../render/table.js';

/** Options of `sos status`. */
export interface StatusOptions {
  readonly desk?: string;
  readonly json?: boolean;
  /** Print the audit trail instead. */
  readonly trail?: boolean;
  readonly fromDate?: string;
  readonly toDate?: string;
}

interface DeskStatus {
  readonly desk: DeskName;
  readonly pid: number | null;
  readonly killed: string | null;
  /** Day of the newest journal; null before the first. */
  readonly day: string | null;
  readonly records: number;
  readonly realised_paise: number;
  readonly positions: readonly {
    readonly gate: string;
    readonly contract: string;
    readonly units: number;
    readonly stop_paise: number;
    readonly leaving: string;
  }[];
  readonly orders_open: number;
  readonly orders_unknown: number;
  readonly quarantined: Readonly<Record<string, string>>;
  readonly vetoes: Readonly<Record<string, number>>;
}

const EMPTY = {
  day: null,
  records: 0,
  realised_paise: 0,
  positions: [],
  orders_open: 0,
  orders_unknown: 0,
  quarantined: {},
  vetoes: {},
};

function positionsOf(state: DeskState): DeskStatus['positions'] {
  return [...state.positions.values()]
    .filter((position) => !position.isClosed)
    .map((position) => ({
      gate: position.gate,
      contract: position.contract.id,
      units: heldUnits(position),
      stop_paise: position.stop,
      leaving: position.leaving,
    }));
}

async function statusOf(folder: string, desk: DeskName): Promise<DeskStatus> {
  const head = { desk, pid: deskOwner(folder), killed: new KillSwitchFile(folder).killed() };
  const day = (await journalDates(folder)).at(-1);
  if (day === undefined) return { ...head, ...EMPTY };
  const { state, records } = await readJournal(folder, day);
  const vetoes: Record<string, number> = {};
  for (const record of records) if (record.kind === 'veto') vetoes[record.reason] = (vetoes[record.reason] ?? 0) + 1;
  const orders = [...state.orders.values()];
  return {
    ...head,
    day,
    records: records.length,
    realised_paise: state.realised,
    positions: positionsOf(state),
    orders_open: orders.filter((order) => !isOver(order)).length,
    orders_unknown: orders.filter(isUncertain).length,
    quarantined: Object.fromEntries(state.quarantined),
    vetoes,
  };
}

function print(context: CommandContext, status: DeskStatus): void {
  const counts = Object.entries(status.vetoes).map(([reason, count]) => `${reason} ${count}`);
  const rows: [string, string][] = [
    ['running', status.pid === null ? 'no' : `process ${status.pid}`],
    ['kill switch', status.killed === null ? 'not thrown' : `THROWN: ${status.killed}`],
    ['journal', status.day === null ? 'none yet' : `${status.day}, ${status.records} records, every line proven`],
  ];
  if (status.day !== null)
    rows.push(
      ['realised', formatPaise(paise(status.realised_paise))],
      ['orders', `${status.orders_open} open, ${status.orders_unknown} of unknown outcome`],
      ['vetoes', counts.length === 0 ? 'none' : counts.join(', ')],
    );
  for (const { gate, contract, units, stop_paise, leaving } of status.positions)
    rows.push([
      'position',
      `${gate}: ${units} ${contract}, stop ${formatPaise(paise(stop_paise))}${leaving === '' ? '' : `, leaving (${leaving})`}`,
    ]);
  for (const [contract, detail] of Object.entries(status.quarantined))
    rows.push(['quarantined', `${contract}: ${detail}`]);
  context.print(renderTable([{ name: `Desk ${status.desk}` }, { name: '' }], rows));
}

/** Every record of the named days, one JSON line each, proven from the first journal on. */
async function printTrail(context: CommandContext, { desk, fromDate, toDate }: StatusOptions): Promise<void> {
  const range = { from: parseIstDate(fromDate ?? '2000-01-01'), to: parseIstDate(toDate ?? '9999-12-31') };
  for (const name of desksNamed(desk))
    for await (const line of exportTrail(deskFolder(context.settings, name), range)) context.print(line);
}

/** `sos status`: what the journals of the desks say, proven line by line, without asking a broker. */
export async function showStatus(context: CommandContext, options: StatusOptions): Promise<void> {
  const { desk, json, trail } = options;
  if (trail === true) return printTrail(context, options);
  const desks: DeskStatus[] = [];
  for (const name of desksNamed(desk)) desks.push(await statusOf(deskFolder(context.settings, name), name));
  if (json === true) return context.print(JSON.stringify({ desks }, null, 2));
  for (const status of desks) print(context, status);
}
