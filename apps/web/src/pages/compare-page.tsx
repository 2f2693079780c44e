import type { RunDetail } from '@sos/contracts';
import { useMemo } from 'preact/hooks';
import { LineChart, type LineOfChart } from '../charts/line-chart.js';
import { result, tone } from '../format/figures.js';
import { fetchRun } from '../server/api.js';
import { SourceBadge } from '../ui/source-badge.js';
import { Loading, Problem } from '../ui/states.js';
import { useFetched } from '../ui/use-fetched.js';
import { equityLines, runFigures } from './run-figures.js';

function Figures({ runs }: { readonly runs: readonly [RunDetail, RunDetail] }) {
  const [a, b] = runs.map(runFigures);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          {runs.map((run, i) => (
            <th scope="col" key={run.runId + String(i)}>
              {'AB'[i]}: <a href={`/runs/${run.runId}`}>{run.runId}</a> <SourceBadge source={run.source} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {a?.map(([name, value], i) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="number">{value}</td>
            <td class="number">{b?.[i]?.[1]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Gates({ runs }: { readonly runs: readonly [RunDetail, RunDetail] }) {
  const names = [...new Set(runs.flatMap((r) => r.gateRows.map((g) => g.gate)))].sort();
  const net = (run: RunDetail, gate: string): number | null => {
    const rows = run.gateRows.filter((g) => g.gate === gate);
    return rows.length === 0 ? null : rows.reduce((sum, g) => sum + g.netPaise, 0);
  };
  return (
    <table>
      <caption>Net ₹ by gate</caption>
      <thead>
        <tr>
          {['Gate', 'A', 'B', 'B − A'].map((h) => (
            <th key={h} scope="col">
              {h}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((gate) => {
          const [a, b] = [net(runs[0], gate), net(runs[1], gate)];
          const change = a === null || b === null ? null : b - a;
          return (
            <tr key={gate}>
              <th scope="row">{gate}</th>
              <td class={`number ${tone(a)}`}>{result(a)}</td>
              <td class={`number ${tone(b)}`}>{result(b)}</td>
              <td class={`number ${tone(change)}`}>{result(change)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Two runs beside each other. */
export function ComparePage({ query }: { readonly query: URLSearchParams }) {
  const ids = [query.get('a') ?? '', query.get('b') ?? ''] as const;
  const both = useFetched(ids.join(' '), async () => [await fetchRun(ids[0]), await fetchRun(ids[1])] as const);
  const lines = useMemo((): LineOfChart[] => {
    if (both.value === null) return [];
    const [a, b] = both.value.map((run) => equityLines(run)[0][0]?.points ?? []);
    return [
      { name: 'A ₹', colour: 'up', points: a ?? [] },
      { name: 'B ₹', colour: 'down', points: b ?? [] },
    ];
  }, [both.value]);
  if (both.problem !== '') return <Problem message={both.problem} />;
  if (both.value === null) return <Loading what="both runs" />;
  const runs = [both.value[0], both.value[1]] as const;
  const isSameLaw = runs[0].rulebookVersion === runs[1].rulebookVersion && runs[0].dataHash === runs[1].dataHash;
  return (
    <>
      <h1>Two runs</h1>
      <p class="muted">
        {isSameLaw
          ? 'Both read the same data under the same rulebook.'
          : 'They read different data or another rulebook: compare with care.'}
      </p>
      <LineChart title="Equity after charges" summary="both runs" lines={lines} />
      <Figures runs={runs} />
      <Gates runs={runs} />
    </>
  );
}
