import type { DecisionView } from '@sos/contracts';
import { useState } from 'preact/hooks';
import { clock } from '../format/figures.js';

const MARKS: Readonly<Record<DecisionView['kind'], string>> = {
  advanced: '›',
  reset: '↺',
  signal: '◆',
  vetoed: '⊘',
  refused: '✕',
  entered: '▲',
  exited: '▼',
  unfilled: '○',
};
const QUIET: readonly string[] = ['advanced', 'reset', 'vetoed'];
const SHOWN = 200;

/** The journal of decisions, newest first; a click goes to the minute. */
export function DecisionList({
  decisions,
  onMinute,
}: {
  readonly decisions: readonly DecisionView[];
  readonly onMinute: (at: number) => void;
}) {
  const [isAll, setAll] = useState(false);
  const wanted = isAll ? decisions : decisions.filter((d) => !QUIET.includes(d.kind));
  const shown = wanted.slice(-SHOWN).reverse();
  return (
    <section aria-label="Decisions">
      <h2>
        Decisions{' '}
        <label class="inline">
          <input type="checkbox" checked={isAll} onChange={(event) => setAll(event.currentTarget.checked)} /> phases and
          vetoes too
        </label>
      </h2>
      {shown.length === 0 ? (
        <p class="muted">No gate has decided anything yet.</p>
      ) : (
        <ol class="decisions">
          {shown.map((d) => (
            <li key={d.seq} class={d.kind}>
              <button type="button" onClick={() => onMinute(d.time)} title="go to this minute">
                {clock(d.time)}
              </button>{' '}
              <span aria-hidden="true">{MARKS[d.kind]}</span> <strong>{d.kind}</strong> {d.gate}{' '}
              <small>{`${d.reason}: ${d.detail}`}</small>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
