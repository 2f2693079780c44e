import type { Coverage, CoverageDay, StoredData } from '@sos/contracts';
import { UNDERLYINGS, parseIstDate, weekdayOf } from '@sos/domain';
import { useState } from 'preact/hooks';
import { whole } from '../format/figures.js';
import { fetchCoverage, fetchStoredData } from '../server/api.js';
import { SourceBadge } from '../ui/source-badge.js';
import { Empty, Loading, Problem } from '../ui/states.js';
import { useFetched } from '../ui/use-fetched.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** The years of the rulebook's calendar. */
const LAST_YEAR = 2026;
const FIRST_YEAR = 2019;

/** How much of a day is there: nothing, a part, all its minutes, or all of it with a chain. */
function stateOf({ series, expectedMinutes }: CoverageDay): readonly [state: string, mark: string, words: string] {
  const index = series.filter((s) => s.series === 'index');
  const rows = Math.max(0, ...index.map((s) => s.rows));
  const hasChain = series.some((s) => s.series === 'chain');
  const isMade = index.every((s) => s.source === 'simulated' || s.source === 'modelled');
  const made = isMade && rows > 0 ? ', simulated' : '';
  if (rows === 0) return ['none', '', 'nothing stored'];
  if (rows < expectedMinutes)
    return ['part', '◔', `${rows} of ${expectedMinutes} minutes${hasChain ? ' and a chain' : ''}${made}`];
  return hasChain
    ? ['full', isMade ? '◇' : '●', `all minutes and a chain${made}`]
    : ['index', '○', `all minutes, no chain${made}`];
}

interface MonthProps {
  readonly symbol: string;
  readonly name: string;
  readonly days: readonly CoverageDay[];
}

function Month({ symbol, name, days }: MonthProps) {
  return (
    <section class="month" aria-label={name}>
      <h3>{name}</h3>
      <ol>
        {days.map((day) => {
          const [state, mark, words] = stateOf(day);
          // Monday first; Budget Sundays and Muhurat evenings are sessions too.
          const column = ((weekdayOf(parseIstDate(day.date)) + 6) % 7) + 1;
          const label = `${Number(day.date.slice(8))} ${name} ${day.date.slice(0, 4)}: ${words}`;
          return (
            <li key={day.date} class={`day ${state} column-${column}`}>
              <a href={`/replay?symbol=${symbol}&date=${day.date}`} title={label} aria-label={label}>
                <span aria-hidden="true">
                  {Number(day.date.slice(8))}
                  <i>{mark}</i>
                </span>
              </a>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Calendar({ coverage }: { readonly coverage: Coverage }) {
  const stored = coverage.days.filter((d) => d.series.length > 0).length;
  return (
    <>
      <p>
        <strong>{whole(stored)}</strong> of {whole(coverage.days.length)} trading days of {coverage.year} have data.{' '}
        <span class="muted">
          ● minutes and chain · ◇ the same, simulated · ○ minutes only · ◔ a part · empty: nothing, can be simulated
        </span>
      </p>
      <div class="calendar">
        {MONTHS.map((name, i) => (
          <Month
            key={name}
            symbol={coverage.symbol}
            name={name}
            days={coverage.days.filter((d) => Number(d.date.slice(5, 7)) === i + 1)}
          />
        ))}
      </div>
    </>
  );
}

function Datasets({ data }: { readonly data: StoredData }) {
  if (data.datasets.length === 0)
    return (
      <Empty title="Nothing is imported yet.">
        <p>
          Import recorded files with <code>npm run sos -- import …</code>; until then the simulated market stands in,
          and says so.
        </p>
      </Empty>
    );
  return (
    <table>
      <caption>Data sets</caption>
      <thead>
        <tr>
          {['Data set', 'Source', 'Underlying', 'Days', 'From', 'To'].map((h) => (
            <th key={h} scope="col">
              {h}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.datasets.map((d) => (
          <tr key={d.dataset + d.underlying}>
            <th scope="row">{d.dataset}</th>
            <td>
              <SourceBadge source={d.source} />
            </td>
            <td>{d.underlying}</td>
            <td class="number">{whole(d.days)}</td>
            <td>{d.from}</td>
            <td>{d.to}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Imports({ data }: { readonly data: StoredData }) {
  if (data.imports.length === 0) return null;
  return (
    <div class="scroll tall" tabIndex={0} role="region" aria-label="Imports">
      <table>
        <caption>Imports, latest first</caption>
        <thead>
          <tr>
            {[
              'File',
              'Kind',
              'State',
              'Read',
              'Written',
              'Unchanged',
              'Repaired',
              'Refused',
              'Gaps',
              'Finished (UTC)',
            ].map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.imports.map((f) => (
            <tr key={f.name + f.kind}>
              <th scope="row">{f.name}</th>
              <td>{f.kind}</td>
              <td class={f.failure === null ? '' : 'down'}>{f.failure ?? f.state}</td>
              {[f.rowsRead, f.rowsWritten, f.rowsUnchanged, f.rowsRepaired, f.rowsQuarantined, f.gaps].map((n, i) => (
                <td key={i} class="number">
                  {whole(n)}
                </td>
              ))}
              <td>{f.finishedAt?.slice(0, 19) ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Quarantine({ data }: { readonly data: StoredData }) {
  if (data.quarantine.length === 0) return <p class="muted">No row is in quarantine.</p>;
  return (
    <table>
      <caption>Quarantine: refused rows by reason</caption>
      <tbody>
        {data.quarantine.map((q) => (
          <tr key={q.kind + q.reason}>
            <td>{q.kind}</td>
            <th scope="row">{q.reason}</th>
            <td class="number">{whole(q.rows)}</td>
            <td>
              <code>{q.example}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is stored: coverage calendar, data sets, imports and refused rows. */
export function DataPage() {
  const [symbol, setSymbol] = useState('NIFTY');
  const [chosen, setYear] = useState<number | null>(null);
  const data = useFetched('data', fetchStoredData);
  // The year with the newest day is what one comes for.
  const newest = data.value?.datasets.reduce((last, d) => Math.max(last, Number(d.to.slice(0, 4))), 0) ?? 0;
  const year = chosen ?? (newest > 0 ? newest : LAST_YEAR);
  const coverage = useFetched(`${symbol} ${year}`, () => fetchCoverage(symbol, year));
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => LAST_YEAR - i);
  return (
    <>
      <h1>Data</h1>
      <form class="picker" onSubmit={(event) => event.preventDefault()}>
        <label>
          Underlying{' '}
          <select value={symbol} onChange={(event) => setSymbol(event.currentTarget.value)}>
            {UNDERLYINGS.map((u) => (
              <option key={u}>{u}</option>
            ))}
          </select>
        </label>
        <label>
          Year{' '}
          <select value={String(year)} onChange={(event) => setYear(Number(event.currentTarget.value))}>
            {years.map((y) => (
              <option key={y}>{y}</option>
            ))}
          </select>
        </label>
      </form>
      {coverage.problem !== '' && <Problem message={coverage.problem} />}
      {coverage.value === null && coverage.problem === '' && <Loading what="the calendar" />}
      {coverage.value !== null && <Calendar coverage={coverage.value} />}
      {data.problem !== '' && <Problem message={data.problem} />}
      {data.value !== null && (
        <>
          <Datasets data={data.value} />
          <Imports data={data.value} />
          <Quarantine data={data.value} />
        </>
      )}
    </>
  );
}
