import type { BuildupName, ChainCell, ChainTable } from '@sos/contracts';
import { compact, figure, percent } from '../format/figures.js';

/** Buildup in shape, letters and colour. First letter of what was done, arrow of what it says of the premium. */
const BUILDUP: Readonly<Record<NonNullable<BuildupName>, readonly [text: string, words: string]>> = {
  'long-buildup': ['▲ LB', 'long buildup: premium up, open interest up'],
  'short-buildup': ['▼ SB', 'short buildup: premium down, open interest up'],
  'short-covering': ['△ SC', 'short covering: premium up, open interest down'],
  'long-unwinding': ['▽ LU', 'long unwinding: premium down, open interest down'],
  neutral: ['· N', 'neutral: hardly moved'],
};

/** What a contract's buildup is, in shape, letters and colour. */
export function Buildup({ name }: { readonly name: BuildupName }) {
  if (name === null) return <span title="not known yet">–</span>;
  const [text, words] = BUILDUP[name];
  return (
    <span class={`buildup ${name}`} title={words}>
      {text}
    </span>
  );
}

function Side({
  cell,
  isWide,
  isCall,
}: {
  readonly cell: ChainCell;
  readonly isWide: boolean;
  readonly isCall: boolean;
}) {
  const wide = isWide
    ? [
        <td key="iv">{percent(cell.iv)}</td>,
        <td key="delta">{figure(cell.delta)}</td>,
        <td key="gamma">{figure(cell.gamma, 4)}</td>,
        <td key="theta">{figure(cell.theta)}</td>,
        <td key="vega">{figure(cell.vega)}</td>,
      ]
    : [];
  const cells = [
    ...wide,
    <td key="volume">{compact(cell.volume)}</td>,
    <td key="oi">{compact(cell.openInterest)}</td>,
    <td key="change">{compact(cell.oiChange)}</td>,
    <td key="buildup">
      <Buildup name={cell.buildup} />
    </td>,
    <td key="ltp" class="ltp">
      {figure(cell.ltp)}
    </td>,
  ];
  return <>{isCall ? cells : [...cells].reverse()}</>;
}

export interface ChainGridProps {
  readonly table: ChainTable;
  /** With volatility and Greeks. */
  readonly isWide?: boolean;
  readonly chosen?: number | null;
  readonly onStrike?: (strike: number) => void;
}

const NARROW = ['Volume', 'OI', 'ΔOI day', 'Buildup', 'LTP'];
const WIDE = ['IV', 'Delta', 'Gamma', 'Theta/day', 'Vega', ...NARROW];

/** The strikes around the money, calls on the left, puts on the right. */
export function ChainGrid({ table, isWide = false, chosen = null, onStrike }: ChainGridProps) {
  const heads = isWide ? WIDE : NARROW;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`Option chain that expires ${table.expiry}`}>
      <table class="chain">
        <thead>
          <tr>
            <th colSpan={heads.length}>Calls (CE)</th>
            <th>{table.expiry}</th>
            <th colSpan={heads.length}>Puts (PE)</th>
          </tr>
          <tr>
            {heads.map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
            <th scope="col">Strike</th>
            {[...heads].reverse().map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr
              key={row.strike}
              class={row.strike === table.atm ? 'atm' : ''}
              aria-current={row.strike === chosen ? 'true' : undefined}
            >
              <Side cell={row.call} isWide={isWide} isCall />
              <th scope="row">
                {onStrike === undefined ? (
                  row.strike
                ) : (
                  <button
                    type="button"
                    title="show this strike's call and put on the charts"
                    onClick={() => onStrike(row.strike)}
                  >
                    {row.strike}
                  </button>
                )}
              </th>
              <Side cell={row.put} isWide={isWide} isCall={false} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The figures of a chain in a line. */
export function ChainFigures({ table }: { readonly table: ChainTable }) {
  const facts: readonly (readonly [string, string])[] = [
    ['Forward', `${figure(table.forward)} (${table.forwardRung})`],
    [`PCR ${table.pcrBand}`, figure(table.pcr)],
    ['PCR change a minute', figure(table.pcrVelocity, 4)],
    ['Straddle', figure(table.straddle)],
    ['Expected move', `± ${figure(table.expectedMove, 1)}`],
    ['Max pain', figure(table.maxPain, 0)],
    ['Call wall', figure(table.callWall, 0)],
    ['Put wall', figure(table.putWall, 0)],
    ['Age', `${figure(table.ageMinutes, 1)} min`],
  ];
  return (
    <dl class="facts" aria-label="Figures of the chain">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
