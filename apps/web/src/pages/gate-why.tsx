import type { GateDay, WhyTest } from '@sos/contracts';
import { useState } from 'preact/hooks';
import { clock, figure } from '../format/figures.js';
import { fetchGateDay } from '../server/api.js';
import { DayPicker, usePickedDay, type PickedDay } from '../ui/day-picker.js';
import { SourceBadge } from '../ui/source-badge.js';
import { Loading, Problem } from '../ui/states.js';
import { useFetched } from '../ui/use-fetched.js';

const MARK = new Map([
  [true, '✓ holds'],
  [false, '✕ fails'],
]);
const markOf = (passes: boolean | null): string => (passes === null ? '? unknown' : (MARK.get(passes) ?? ''));
const toneOf = (passes: boolean | null): string => (passes === true ? 'up' : passes === false ? 'down' : 'muted');

function testText(t: WhyTest): string {
  if (t.operator === 'is' || t.operator === 'in') return `${t.left} ${t.operator} ${t.right}`;
  const missing = t.distance === null || t.distance >= 0 ? '' : ` (${figure(-t.distance, 4)} short)`;
  return `${t.left} = ${figure(t.value, 4)} ${t.operator} ${figure(t.threshold, 4)}${missing}`;
}

function Conditions({ day }: { readonly day: GateDay }) {
  return (
    <table>
      <caption>
        Why it stood in {day.phase} at {clock(day.at)}: regime {day.regime}{' '}
        {day.regimeAllows ? 'is allowed' : 'is NOT allowed'}, chain {figure(day.chainAgeMinutes, 1)} minutes old
      </caption>
      <tbody>
        {day.conditions.map((c, i) => (
          <tr key={i}>
            <td>{c.stage}</td>
            <th scope="row">
              <code>{c.text}</code>
            </th>
            <td class={toneOf(c.passes)}>{markOf(c.passes)}</td>
            <td>
              {c.tests.map((t, j) => (
                <div key={j} class={toneOf(t.passes)}>
                  {testText(t)}
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Decisions({
  day,
  picked,
  onAt,
}: {
  readonly day: GateDay;
  readonly picked: PickedDay;
  readonly onAt: (at: string) => void;
}) {
  if (day.decisions.length === 0)
    return <p class="muted">It decided nothing: the table above says what it waited for.</p>;
  return (
    <ol class="decisions">
      {day.decisions.map((d) => (
        <li key={d.seq} class={d.kind}>
          <button type="button" onClick={() => onAt(clock(d.time))} title="why, at this minute">
            {clock(d.time)}
          </button>{' '}
          <strong>{d.kind}</strong> <small>{`${d.reason}: ${d.detail}`}</small>{' '}
          <a href={`/replay?${new URLSearchParams({ ...picked, at: clock(d.time) }).toString()}`}>on the chart</a>
        </li>
      ))}
    </ol>
  );
}

function WhyOfDay({ id, picked }: { readonly id: string; readonly picked: PickedDay }) {
  const [at, setAt] = useState<string | undefined>(undefined);
  const day = useFetched(`${id} ${picked.symbol} ${picked.date} ${picked.market} ${at ?? ''}`, () =>
    fetchGateDay(id, { ...picked, at }),
  );
  if (day.problem !== '') return <Problem message={day.problem} />;
  if (day.value === null) return <Loading what="the day of the gate" />;
  return (
    <div class={day.isLoading ? 'loading' : ''}>
      <p>
        <SourceBadge source={day.value.source} />{' '}
        <label>
          Minute{' '}
          <input
            type="time"
            value={at ?? clock(day.value.at)}
            min="09:16"
            max="15:40"
            onChange={(event) => setAt(event.currentTarget.value || undefined)}
          />
        </label>{' '}
        {at !== undefined && (
          <button type="button" onClick={() => setAt(undefined)}>
            Whole day
          </button>
        )}
      </p>
      <Conditions day={day.value} />
      <h3>{at === undefined ? 'Decisions of the day' : `Decisions up to ${at}`}</h3>
      <Decisions day={day.value} picked={picked} onAt={setAt} />
    </div>
  );
}

/** What a gate decided on a day, and why it stood where it stood at a minute. */
export function GateWhy({ id }: { readonly id: string }) {
  const first = usePickedDay(new URLSearchParams());
  const [picked, setPicked] = useState<PickedDay | null>(null);
  const day = picked ?? first.day;
  if (first.problem !== '') return <Problem message={first.problem} />;
  if (day === null) return <Loading what="the days" />;
  return (
    <section aria-label="Decisions of a day">
      <h2>Why, and why not</h2>
      <DayPicker day={day} known={first.known} onPick={setPicked} />
      <WhyOfDay key={`${day.symbol} ${day.date} ${day.market}`} id={id} picked={day} />
    </section>
  );
}
