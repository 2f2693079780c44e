import { REGIMES, type Bias, type Regime } from '@sos/domain';
import type { GateFile } from '../gate-file/gate-schema.js';
import type { SeedFile } from './seed-file.js';
import type { SeedNotes } from './seed-notes.js';

type Table = GateFile['regimes'];
type Row = Table[Regime];

const MAX_SIZE = 2.5;
/** What the seed's regimes that no file names should have done: entries on the gate's own side only, none without data. */
const ADDED: Readonly<Record<Bias, readonly Regime[]>> = {
  bullish: ['COMPLETE_BULLISH', 'BULLISH', 'SIDEWAYS_BULLISH', 'SIDEWAYS'],
  bearish: ['COMPLETE_BEARISH', 'BEARISH', 'SIDEWAYS_BEARISH', 'SIDEWAYS'],
};

type SeedRow = NonNullable<SeedFile['regime_config']>[string];

function rowOf(name: string, seed: SeedRow, notes: SeedNotes): Row {
  const path = ['regime_config', name];
  const size = seed.quantity_mod ?? 1;
  if (seed.allow_entry === undefined || seed.allow_entry === null)
    notes.repair(path, 'regimes', 'allow_entry is not given, which counted as not allowed: now false');
  if (size > MAX_SIZE) notes.repair([...path, 'quantity_mod'], 'regimes', `quantity_mod ${size} is cut to ${MAX_SIZE}`);
  return {
    allow: seed.allow_entry ?? false,
    sizeMultiplier: size > 0 ? Math.min(size, MAX_SIZE) : 1,
    targetMultiple: Math.min(20, Math.max(0.1, seed.tp_mult ?? 1)),
    bufferAtr: Math.min(5, Math.max(0, seed.buffer_atr ?? 0.5)),
  };
}

/** The whole regime table; regimes that the file leaves open were always allowed in the seed and are settled here. */
export function importRegimes(file: SeedFile, bias: Bias, notes: SeedNotes): Table {
  const given = file.regime_config ?? {};
  const unknown = Object.keys(given).filter((name) => !(REGIMES as readonly string[]).includes(name));
  for (const name of unknown)
    notes.problem(['regime_config', name], `expected one of ${REGIMES.join(', ')}, found "${name}"`);
  const missing = REGIMES.filter((name) => given[name] === undefined);
  const isAllowed = (name: Regime): boolean => ADDED[bias].includes(name);
  if (missing.length > 0) {
    const text = missing.map((name) => `${name} ${isAllowed(name) ? 'allowed' : 'refused'}`).join(', ');
    notes.repair(['regime_config'], 'regimes', `regimes that the file leaves out let everything pass: now ${text}`);
  }
  if (Object.values(given).some((row) => (row.quantity_mod ?? 1) !== 1))
    notes.repair(['regime_config'], 'regimes', 'quantity_mod was read by nobody: it now multiplies the position size');
  if (Object.values(given).some((row) => row.tp_mult !== undefined) && !/\b(tp_mult)\b/.test(file.execution.tp))
    notes.repair(
      ['regime_config'],
      'regimes',
      'tp_mult was read by nobody: kept as targetMultiple, the target keeps its formula',
    );
  const rows = REGIMES.map((name): [Regime, Row] => {
    const row = given[name];
    const added = { allow: isAllowed(name), sizeMultiplier: 1, targetMultiple: 1.5, bufferAtr: 0.5 };
    return [name, row === undefined ? added : rowOf(name, row, notes)];
  });
  return Object.fromEntries(rows) as Table;
}
