import type { GateState } from '@sos/contracts';

function Steps({ gate }: { readonly gate: GateState }) {
  return (
    <ol class="steps" aria-label={`phase ${gate.phaseIndex + 1} of ${gate.phases.length}: ${gate.phase}`}>
      {gate.phases.map((phase, i) => (
        <li key={phase} class={i < gate.phaseIndex ? 'done' : i === gate.phaseIndex ? 'now' : ''} title={phase}>
          {i === gate.phaseIndex ? phase : ''}
        </li>
      ))}
    </ol>
  );
}

const byNearness = (a: GateState, b: GateState): number =>
  Number(b.inPosition) - Number(a.inPosition) ||
  b.phaseIndex - a.phaseIndex ||
  b.passed / Math.max(1, b.total) - a.passed / Math.max(1, a.total) ||
  (a.id < b.id ? -1 : 1);

/** Where every gate stands at this minute and what keeps it waiting, nearest to a signal first. */
export function GateBoard({ gates }: { readonly gates: readonly GateState[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Gates">
      <table class="board">
        <thead>
          <tr>
            <th scope="col">Gate</th>
            <th scope="col">Phase</th>
            <th scope="col">Bars left</th>
            <th scope="col">Holds</th>
            <th scope="col">What keeps it waiting</th>
          </tr>
        </thead>
        <tbody>
          {[...gates].sort(byNearness).map((gate) => (
            <tr key={gate.id} class={gate.inPosition ? 'in-position' : ''}>
              <th scope="row">
                <span class={gate.bias === 'bullish' ? 'up' : 'down'} title={gate.bias}>
                  {gate.bias === 'bullish' ? '▲' : '▼'}
                </span>{' '}
                <a href={`/gates/${gate.id}`}>{gate.id}</a>
                {gate.inPosition && <strong class="badge"> IN POSITION</strong>}
              </th>
              <td>
                <Steps gate={gate} />
              </td>
              <td>{gate.barsLeft ?? '–'}</td>
              <td>
                {gate.passed}/{gate.total}
              </td>
              <td class="why">
                {gate.blocking === null ? 'all conditions hold' : <code>{gate.blocking}</code>}
                {gate.detail !== '' && <small> {gate.detail}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
