import type { RunSummary } from '@sos/contracts';
import { formatPaise, paise } from '@sos/domain';
import { useEffect, useState } from 'preact/hooks';
import { fetchRuns } from '../server/api.js';
import { SourceBadge } from './source-badge.js';

/** List of stored runs; a click opens one. */
export function RunsPage() {
  const [runs, setRuns] = useState<readonly RunSummary[] | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    fetchRuns().then(setRuns, (error: Error) => setProblem(error.message));
  }, []);
  if (problem !== '') return <p role="alert">{problem}</p>;
  if (runs === null) return <p>Loading runs …</p>;
  if (runs.length === 0)
    return (
      <p>
        No run is stored yet. Make one with: npm run backtest -- --symbol NIFTY --from-date 2026-01-12 --to-date
        2026-01-16
      </p>
    );
  return (
    <table>
      <thead>
        <tr>
          <th>Run</th>
          <th>Days</th>
          <th>Underlyings</th>
          <th>Prices</th>
          <th class="number">Trades</th>
          <th class="number">Net ₹</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.runId}>
            <td>
              <a href={`#/run/${run.runId}`}>{run.runId}</a>
            </td>
            <td>
              {run.from} … {run.to}
            </td>
            <td>{run.underlyings.join(', ')}</td>
            <td>
              <SourceBadge source={run.source} />
            </td>
            <td class="number">{run.trades}</td>
            <td class="number">{formatPaise(paise(run.netPaise))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
