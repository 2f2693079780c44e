import path from 'node:path';
import { AppError, type EpochMs, type IstDate, type OptionContract } from '@sos/domain';
import { indexContract } from '@sos/symbol-master';
import { mergeInto, type RepairReason, type Tally } from '../faults.js';
import { corruptFile } from '../files/corrupt-file.js';
import { firstText } from '../files/first-bytes.js';
import { jsonArray } from '../files/json-array.js';
import type { QuarantinedRows } from '../import-sink.js';
import type { ImportBatch, ImportContext, Importer, ImportFile } from '../importer.js';
import { barsOfSnapshots } from '../parity/bars-of-snapshots.js';
import type { SessionWindow } from '@sos/rulebook';
import { sessionWindows } from '../session-windows.js';
import { chainOfTicks, type FoldedOption } from './chain-of-ticks.js';
import { masterFor, optionsOfKeys, readMaster } from './instrument-keys.js';
import { seriesOfMinutes } from './series-of-minutes.js';
import { DAMAGED, dayOfUnit, TICK_ENDINGS, tickFiles } from './tick-files.js';
import { TickFolder } from './tick-folder.js';
import { instrumentKeyOf, readTick } from './tick-message.js';
import { feedGaps, underlyingOfTicks } from './underlying-of-ticks.js';

const FIRST_KEY = /"instrumentKey"\s*:\s*"([^"]+)"/;

/** The trading windows of a unit's day. @throws SOS_DATA_CORRUPT for messages of a day without a session */
function windowsOfUnit(file: ImportFile, date: IstDate): readonly SessionWindow[] {
  const windows = sessionWindows(date);
  if (windows.length > 0) return windows;
  throw corruptFile(file.paths[0] ?? file.name, `expected messages of a trading day, found ${date} (no session)`);
}

/** A session in one piece: from its first open to its last close. */
function wholeOf(windows: readonly SessionWindow[]): SessionWindow {
  const open = windows[0]?.open ?? (0 as EpochMs);
  return { open, close: windows.at(-1)?.close ?? open };
}

function masterOf(file: ImportFile, given: string | undefined): Promise<string> {
  return masterFor(path.dirname(file.paths[0] ?? '.'), dayOfUnit(file), given);
}

class FoldedDay {
  readonly folded = new Map<string, FoldedOption>();
  readonly quarantined: QuarantinedRows[] = [];
  messages = 0;
  private readonly contracts: ReadonlyMap<string, OptionContract>;
  private readonly window: SessionWindow;

  constructor(contracts: ReadonlyMap<string, OptionContract>, window: SessionWindow) {
    this.contracts = contracts;
    this.window = window;
  }

  addBatch(file: string, messages: readonly unknown[]): void {
    this.messages += messages.length;
    let unknown = 0;
    let misshapen = 0;
    for (const message of messages) {
      const option = this.optionOf(instrumentKeyOf(message));
      const tick = option ? readTick(message) : null;
      if (option && tick) option.folder.add(tick);
      else if (option) misshapen++;
      else unknown++;
    }
    const sample = `${instrumentKeyOf(messages[0])}`;
    if (unknown > 0) this.refuse({ file, line: null, reason: 'unknown-contract', rows: unknown, sample });
    if (misshapen > 0) this.refuse({ file, line: null, reason: 'message-shape', rows: misshapen, sample });
  }

  private refuse(rows: QuarantinedRows): void {
    const last = this.quarantined.at(-1);
    // Batches are an accident of reading: rows of one file and reason are one entry.
    if (last && last.file === rows.file && last.reason === rows.reason)
      this.quarantined[this.quarantined.length - 1] = { ...last, rows: last.rows + rows.rows };
    else this.quarantined.push(rows);
  }

  private optionOf(key: string): FoldedOption | null {
    const known = this.folded.get(key);
    if (known) return known;
    const contract = this.contracts.get(key);
    if (!contract) return null;
    const option = { contract, folder: new TickFolder(this.window) };
    this.folded.set(key, option);
    return option;
  }

  /** Options by ascending underlying, expiry, strike and right, grouped by underlying and expiry. */
  groups(): FoldedOption[][] {
    const options = [...this.folded.values()].sort((a, b) => (a.contract.id < b.contract.id ? -1 : 1));
    const groups = new Map<string, FoldedOption[]>();
    for (const option of options) {
      option.folder.finish();
      const key = `${option.contract.underlying} ${option.contract.expiry}`;
      groups.set(key, [...(groups.get(key) ?? []), option]);
    }
    return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, options]) => options);
  }
}

function* dayBatches(groups: readonly FoldedOption[][], windows: readonly SessionWindow[]): Generator<ImportBatch> {
  const window = wholeOf(windows);
  const told = new Set<string>();
  for (const options of groups) {
    const underlying = options[0]?.contract.underlying;
    if (!underlying) continue;
    yield { type: 'option-series', series: options.map((o) => seriesOfMinutes(o.contract, o.folder, window)) };
    const tape = chainOfTicks(options, window);
    if (tape) yield { type: 'chains', tapes: [tape], rows: 0 };
    // Groups come by ascending expiry: the first with pairs stands in for the spot.
    if (told.has(underlying)) continue;
    const bars = barsOfSnapshots(underlyingOfTicks(options, window), windows);
    if (bars.length === 0) continue;
    told.add(underlying);
    const contract = indexContract(underlying);
    yield { type: 'candles', contract, minutes: 1, bars, source: 'derived', repaired: null };
    const gaps = feedGaps(`${underlying} feed`, options, windows);
    if (gaps.length > 0) yield { type: 'gaps', gaps };
  }
}

/** The keys of a unit's files: each export holds one instrument, named by its first message. */
async function keysOf(file: ImportFile): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const one of file.paths) {
    const key = FIRST_KEY.exec(await firstText(one, 16_384))?.[1];
    if (key) keys.add(key);
  }
  return keys;
}

async function* readUnit(file: ImportFile, context: ImportContext): AsyncGenerator<ImportBatch> {
  const [first = file.name] = file.paths;
  if (file.variant === DAMAGED) throw corruptFile(first, 'expected a gzipped JSON array, found it empty or damaged');
  const date = dayOfUnit(file);
  const windows = windowsOfUnit(file, date);
  const master = await masterOf(file, context.options.master);
  const keys = await keysOf(file);
  const contracts = optionsOfKeys(await readMaster(master, date), keys, date);
  if (contracts.size === 0) {
    const expected = `expected an instrument master that names ${[...keys].slice(0, 3).join(', ')} …`;
    throw new AppError(
      'SOS_INPUT',
      `${expected}, found none of them in ${path.basename(master)} (give one with --master FILE)`,
    );
  }
  const day = new FoldedDay(contracts, wholeOf(windows));
  for (const one of file.paths) for await (const batch of jsonArray(one, context.onBytes)) day.addBatch(one, batch);
  const repairs: Tally<RepairReason> = {};
  const groups = day.groups();
  for (const { folder: one } of groups.flat()) mergeInto(repairs, one.repairs);
  yield* dayBatches(groups, windows);
  if (day.quarantined.length > 0) yield { type: 'quarantine', rows: day.quarantined };
  yield { type: 'read', rows: day.messages, repairs };
}

/** Exports of the Upstox v3 full feed, one JSON array per instrument: folded to one-minute bars, the chain and the parity forward. */
export const upstoxTicksImporter: Importer = {
  kind: 'upstox-ticks',
  describe: 'exported Upstox v3 full-feed messages of options (JSON arrays, gzip or plain)',
  revision: 1,
  endings: TICK_ENDINGS,
  async detect(target) {
    return (await tickFiles(target))[0]?.variant ?? null;
  },
  files: tickFiles,
  async references(file, options) {
    return file.variant === DAMAGED ? [] : [await masterOf(file, options.master)];
  },
  read: readUnit,
};
