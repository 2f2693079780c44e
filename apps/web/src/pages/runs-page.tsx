import type { RunSummary } from '@sos/contracts';
import { useState } from 'preact/hooks';
import { result, tone, whole } from '../format/figures.js';
import { navigate } from '../router/route.js';
import { fetchRuns } from '../server/api.js';
import { SourceBadge } from '../ui/source-badge.js';
import { Empty, Loading, Problem } from '../ui/states.js';
import { useFetched } from '../ui/use-fetched.js';
import { BacktestForm } from './backtest-form.js';

interface RunTableProps {
  readonly runs: readonly RunSummary[];
  readonly chosen: readonly string[];
  readonly onChoose: (runId: string) => void;
}

function RunTable({ runs, chosen, onChoose }: RunTableProps) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Stored runs">
      <table>
        <thead>
          <tr>
            <th scope="col">Compare</th>
            <th scope="col">Run</th>
            <th scope="col">Days</th>
            <th scope="col">Underlyings</th>
            <th scope="col">Prices</th>
            <th scope="col" class="number">
              Trades
            </th>
            <th scope="col" class="number">
              Net ₹
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.runId}>
              <td>
                <input
                  type="checkbox"
                  aria-label={`compare ${run.runId}`}
                  checked={chosen.includes(run.runId)}
                  onChange={() => onChoose(run.runId)}
                />
              </td>
              <th scope="row">
                <a href={`/runs/${run.runId}`}>{run.runId}</a>
              </th>
              <td>{run.from === run.to ? run.from : `${run.from} … ${run.to}`}</td>
              <td>{run.underlyings.join(', ')}</td>
              <td>
                <SourceBadge source={run.source} />
              </td>
              <td class="number">{whole(run.trades)}</td>
              <td class={`number ${tone(run.netPaise)}`}>{result(run.netPaise)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Runs a backtest from a form, lists the stored ones, and compares two. */
export function RunsPage() {
  const runs = useFetched('runs', fetchRuns);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  // The two chosen last are compared.
  const choose = (runId: string): void =>
    setChosen((before) =>
      before.includes(runId) ? before.filter((id) => id !== runId) : [...before, runId].slice(-2),
    );
  return (
    <>
      <h1>Backtests</h1>
      <BacktestForm />
      <h2>
        Stored runs{' '}
        {chosen.length === 2 && (
          <button
            type="button"
            class="primary"
            onClick={() =>
              navigate(`/compare?${new URLSearchParams({ a: chosen[0] ?? '', b: chosen[1] ?? '' }).toString()}`)
            }
          >
            Compare the two
          </button>
        )}
        {chosen.length === 1 && <small class="muted">choose one more to compare</small>}
      </h2>
      {runs.problem !== '' && <Problem message={runs.problem} />}
      {runs.value === null && runs.problem === '' && <Loading what="the runs" />}
      {runs.value?.length === 0 && (
        <Empty title="No run is stored yet.">
          <p>
            Run one with the form above, or with{' '}
            <code>npm run backtest -- --symbol NIFTY --from-date 2026-01-12 --to-date 2026-01-16</code>
          </p>
        </Empty>
      )}
      {runs.value !== null && runs.value.length > 0 && <RunTable runs={runs.value} chosen={chosen} onChoose={choose} />}
    </>
  );
}
