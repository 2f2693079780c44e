import { checkWarmUp, type WarmUpReport } from '@sos/backtester';
import { formatIst } from '@sos/domain';
import type { CommandContext } from '../commands/command-context.js';
import { eachHonestDay, type HonestyOptions } from '../lookahead/honest-days.js';
import { figures, renderTable } from '../render/table.js';

const SESSION_BARS = 375;

/** One report for each gate over all days: the largest need, the first difference. */
function merged(reports: readonly (readonly WarmUpReport[])[]): WarmUpReport[] {
  const byGate = new Map<string, WarmUpReport>();
  for (const report of reports.flat()) {
    const so = byGate.get(report.gate);
    const smallest = so === undefined ? [report.smallestBars] : [so.smallestBars, report.smallestBars];
    byGate.set(report.gate, {
      ...report,
      smallestBars: smallest.includes(null) ? null : Math.max(...smallest.map((bars) => bars ?? 0)),
      holds: report.holds && (so?.holds ?? true),
      wasTested: report.wasTested && (so?.wasTested ?? true),
      decisions: report.decisions + (so?.decisions ?? 0),
      difference: so?.difference ?? report.difference,
    });
  }
  return [...byGate.values()].sort((a, b) => (a.gate < b.gate ? -1 : 1));
}

function verdictOf({ holds, wasTested, decisions }: WarmUpReport): string {
  if (decisions === 0) return 'no decision on these days';
  if (!holds) return 'depends on older history';
  return wasTested ? 'same decisions' : 'not enough history to tell';
}

function show({ print, palette }: CommandContext, reports: readonly WarmUpReport[], data: string): void {
  const rows = reports.map((report) => [
    report.gate,
    String(report.declaredBars),
    report.smallestBars === null ? '–' : String(report.smallestBars),
    String(report.decisions),
    (report.holds ? palette.gain : palette.error)(verdictOf(report)),
  ]);
  print(
    renderTable(
      [
        { name: 'Gate' },
        ...figures('Declared bars', 'Smallest bars', 'Decisions'),
        { name: 'Beyond the declared warm-up' },
      ],
      rows,
    ),
  );
  for (const { gate, difference } of reports) {
    if (difference === null) continue;
    const { underlying, date, time, bars, expected, found } = difference;
    print(
      `${gate} ${underlying} ${time === null ? date : formatIst(time)}: with ${bars} bars of history "${found ?? 'nothing'}", with all of it "${expected ?? 'nothing'}"`,
    );
  }
  const wrong = reports.filter(({ holds }) => !holds).length;
  print(
    `[data: ${data}] ${reports.length} gates: ${wrong === 0 ? 'history beyond the declared warm-up changes no decision' : `${wrong} depend on older history`}`,
  );
}

/** `sos warmup`: replays days after ever longer histories; exit code 1 when a gate decides otherwise beyond its declared warm-up. */
export async function warmUp(context: CommandContext, options: HonestyOptions): Promise<void> {
  const { plan, results } = await eachHonestDay(context, options, {
    title: 'Warm-up',
    history: (declared) => declared + 2 * SESSION_BARS,
    work: (day, { setup, gates }) =>
      checkWarmUp([day], {
        ...setup,
        declared: new Map(gates.gates.map(({ profile, warmUpBars }) => [profile.id, warmUpBars])),
      }),
  });
  const reports = merged(results);
  if (reports.some(({ holds }) => !holds)) context.exitWith(1);
  if (options.json === true) return context.print(JSON.stringify({ data: plan.data, gates: reports }, null, 2));
  show(context, reports, plan.data);
}
