import type { GateCard } from '@sos/contracts';
import { fetchGates } from '../server/api.js';
import { Loading, Problem } from '../ui/states.js';
import { useFetched } from '../ui/use-fetched.js';
import { GateEditor } from './gate-editor.js';
import { GateWhy } from './gate-why.js';

function GateList({ gates, chosen }: { readonly gates: readonly GateCard[]; readonly chosen: string }) {
  const groups = [
    ['The 18', gates.filter((g) => !g.isExtra)],
    ['Mirrors and variants', gates.filter((g) => g.isExtra)],
  ] as const;
  return (
    <nav class="gate-list" aria-label="Gates">
      {groups.map(([name, list]) => (
        <section key={name}>
          <h2>
            {name} <small>{list.length}</small>
          </h2>
          <ul>
            {list.map((g) => (
              <li key={g.id}>
                <a href={`/gates/${g.id}`} aria-current={g.id === chosen ? 'page' : undefined}>
                  <span class={g.bias === 'bullish' ? 'up' : 'down'}>{g.bias === 'bullish' ? '▲' : '▼'}</span> {g.id}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>
          <code>{line}</code>
        </li>
      ))}
    </ul>
  );
}

/** The set-up as a flow: the chain's consent, each phase, and the levels at the end. */
function Flow({ gate }: { readonly gate: GateCard }) {
  return (
    <ol class="flow" aria-label="Phases">
      <li>
        <h3>The chain agrees</h3>
        <small>to arm, and again at the trigger</small>
        <Lines lines={gate.filter} />
      </li>
      {gate.phases.map((phase, i) => (
        <li key={phase.id}>
          <h3>
            {i + 1}. {phase.id}
          </h3>
          {phase.limit !== '' && <small>{phase.limit}</small>}
          <Lines lines={phase.when} />
          {phase.captures.length > 0 && <small>keeps {phase.captures.join(', ')}</small>}
        </li>
      ))}
      <li class="levels">
        <h3>Buys {gate.option}</h3>
        <Lines lines={[`entry ${gate.levels.entry}`, `stop ${gate.levels.stop}`, `target ${gate.levels.target}`]} />
        <small>closed after {gate.timeExitMinutes} minutes at the latest</small>
      </li>
    </ol>
  );
}

function Gate({ gate }: { readonly gate: GateCard }) {
  return (
    <article>
      <h1>
        <span class={gate.bias === 'bullish' ? 'up' : 'down'}>{gate.bias === 'bullish' ? '▲' : '▼'}</span> {gate.title}
      </h1>
      <p>
        {gate.description} <span class="muted">({gate.origin})</span>
      </p>
      <p class="muted">
        {gate.id} · {gate.bias} · entries {gate.session} IST · priority {gate.priority} · {gate.file}
      </p>
      <Flow gate={gate} />
      <GateWhy id={gate.id} />
      <GateEditor gate={gate} />
    </article>
  );
}

/** The gates: list, flow, decisions of a day, JSON. */
export function GatesPage({ id }: { readonly id: string }) {
  const gates = useFetched('gates', fetchGates);
  if (gates.problem !== '') return <Problem message={gates.problem} />;
  if (gates.value === null) return <Loading what="the gates" />;
  const gate = id === '' ? gates.value.find((g) => !g.isExtra) : gates.value.find((g) => g.id === id);
  return (
    <div class="with-list">
      <GateList gates={gates.value} chosen={gate?.id ?? ''} />
      {gate === undefined ? (
        <Problem message={`expected the id of a gate, found "${id}"`}>
          <p>
            <a href="/gates">All gates</a>
          </p>
        </Problem>
      ) : (
        <Gate key={gate.id} gate={gate} />
      )}
    </div>
  );
}
