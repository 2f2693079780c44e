import { logDecisions } from '@sos/backtester';
import { formatIst } from '@sos/domain';
import { ExplainingSource, WhyNot, type WhyNotReport } from '@sos/gates';
import type { CommandContext } from '../commands/command-context.js';
import { eachHonestDay, type HonestyOptions } from '../lookahead/honest-days.js';
import { figures, renderTable } from '../render/table.js';

interface ExplainedDay {
  readonly underlying: string;
  readonly date: string;
  readonly gates: readonly WhyNotReport[];
}

const SHOWN_REASONS = 3;

function reasonLines({ stops }: WhyNotReport): string {
  const shown = stops.slice(0, SHOWN_REASONS).map(({ text, failed, unknown }) => {
    const counts = [failed > 0 ? `${failed}×` : '', unknown > 0 ? `${unknown}× unknown` : ''].filter(
      (part) => part !== '',
    );
    return `${text}: ${counts.join(', ')}`;
  });
  return shown.join('\n');
}

function nearestText({ nearest }: WhyNotReport): string {
  if (nearest === null) return '–';
  const missing = nearest.conditions.filter(({ passes }) => passes !== true).map(({ text }) => text);
  return [formatIst(nearest.time).slice(11, 16), ...missing.slice(0, SHOWN_REASONS)].join('\n');
}

function show({ print, palette }: CommandContext, days: readonly ExplainedDay[], data: string): void {
  for (const { underlying, date, gates } of days) {
    print(palette.title(`${underlying} ${date}: gates that came nearest to a signal first`));
    const rows = gates.map((report) => [
      report.gate,
      String(report.signals),
      `${report.furthest} (${report.furthestPhase + 1}/${report.phases})`,
      reasonLines(report),
      nearestText(report),
    ]);
    print(
      renderTable(
        [
          { name: 'Gate' },
          ...figures('Signals'),
          { name: 'Furthest phase' },
          { name: 'Stopped by (bars)' },
          { name: 'Nearest, and what was missing' },
        ],
        rows,
      ),
    );
  }
  print(
    `[data: ${data}] every gate was asked at every bar: ${days.reduce((sum, { gates }) => sum + gates.reduce((n, g) => n + g.evaluations, 0), 0)} evaluations`,
  );
}

/** `sos explain --day D --symbol S`: ranks why each gate stayed out. */
export async function explainDay(context: CommandContext, options: HonestyOptions): Promise<void> {
  const { plan, results } = await eachHonestDay(context, options, {
    title: 'Explain',
    history: (declared) => declared,
    work: (day, { gates, setup, chain }): ExplainedDay => {
      const whyNot = new WhyNot();
      const source = new ExplainingSource(gates, { chain, observe: whyNot.observe });
      logDecisions(day, { ...setup, signals: () => source });
      const phasesOf = (id: string): string[] =>
        gates.gates.find(({ profile }) => profile.id === id)?.phases.map((phase) => phase.id) ?? [];
      const { underlying, date } = day.tape;
      return { underlying, date, gates: whyNot.report(source, phasesOf) };
    },
  });
  if (options.json === true) return context.print(JSON.stringify({ data: plan.data, days: results }, null, 2));
  show(context, results, plan.data);
}
