import type { CompiledGate } from '@sos/gates';
import type { CommandContext } from '../commands/command-context.js';
import { figures, renderTable } from '../render/table.js';
import { loadGates } from './load-gates.js';

function summary({ file, profile, phases, warmUpBars }: CompiledGate) {
  return {
    id: profile.id,
    title: file.title,
    bias: profile.bias,
    option: `${file.option.moneyness} ${profile.bias === 'bullish' ? 'CE' : 'PE'}, ${file.option.expiry} expiry`,
    session: `${file.session.entryFrom}–${file.session.entryTo}`,
    phases: phases.map((p) => p.id),
    timeExitMinutes: profile.timeExitMinutes,
    priority: profile.priority,
    warmUpBars,
    origin: file.origin,
  };
}

/** `sos gates list`. */
export async function listGates(context: CommandContext, options: { readonly json?: boolean }): Promise<void> {
  const { compiled } = await loadGates(context, { extras: true });
  const gates = compiled.gates.map(summary).sort((a, b) => (a.id < b.id ? -1 : 1));
  if (options.json === true) return context.print(JSON.stringify(gates, null, 2));
  const rows = gates.map((g) => [
    g.id,
    g.bias,
    g.option,
    g.session,
    g.phases.join(' → '),
    String(g.timeExitMinutes),
    g.origin,
  ]);
  context.print(
    renderTable(
      [
        { name: 'Gate' },
        { name: 'Bias' },
        { name: 'Option' },
        { name: 'Entries' },
        { name: 'Phases' },
        ...figures('Exit min'),
        { name: 'Origin' },
      ],
      rows,
    ),
  );
  context.print(`${gates.length} gates in ${context.settings.strategiesDir}`);
}
