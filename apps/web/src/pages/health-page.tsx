import { fetchHealth } from '../server/api.js';
import { Loading, Problem } from '../ui/states.js';
import { useFetched } from '../ui/use-fetched.js';

/** The server, its versions, and the settings in force with where each came from. */
export function HealthPage() {
  const health = useFetched('health', fetchHealth);
  if (health.problem !== '') return <Problem message={health.problem} />;
  if (health.value === null) return <Loading what="the settings" />;
  const { version, mode, rulebookVersion, rulebookReviewed, engineVersion, gates, settings } = health.value;
  const facts: readonly (readonly [string, string])[] = [
    ['Server', `well, version ${version}`],
    ['Mode', `${mode}: no broker is connected, no order can be sent`],
    ['Engine', engineVersion],
    ['Rulebook', `${rulebookVersion}, reviewed ${rulebookReviewed}`],
    ['Gates', String(gates)],
  ];
  return (
    <>
      <h1>Health</h1>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <table>
        <caption>Settings in force</caption>
        <thead>
          <tr>
            {['Setting', 'Value', 'From', 'Meaning'].map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {settings.map((s) => (
            <tr key={s.name}>
              <th scope="row">{s.name}</th>
              <td>
                <code>{s.value}</code>
              </td>
              <td>{s.origin}</td>
              <td>{s.meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
