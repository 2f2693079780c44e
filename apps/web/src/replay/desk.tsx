import { SourceBadge } from '../ui/source-badge.js';
import { Empty, Loading, Problem } from '../ui/states.js';
import { figure } from '../format/figures.js';
import { ChainFigures, ChainGrid } from './chain-grid.js';
import { DecisionList } from './decision-list.js';
import { DeskCharts } from './desk-charts.js';
import { GateBoard } from './gate-board.js';
import { MoneyPanel } from './money-panel.js';
import type { Replay } from './use-replay.js';
import type { ReplayView } from './replay-view.js';

/** Bars whose close is at or before an instant. */
const barAt = (view: ReplayView, at: number): number => view.index.time.filter((t) => t <= at).length;

function ChainPanel({ view, say }: { readonly view: ReplayView; readonly say: Replay['say'] }) {
  const { chain } = view.minute;
  return (
    <section aria-label="Option chain">
      <h2>
        Option chain {chain !== null && <SourceBadge source={chain.source} />}
        {chain?.atm !== undefined && chain.atm !== null && chain.atm !== view.about.strike && (
          <button type="button" onClick={() => say({ type: 'replay.strike', strike: chain.atm ?? 0 })}>
            Charts to ATM {figure(chain.atm, 0)}
          </button>
        )}
      </h2>
      {chain === null ? (
        <Empty title="No chain is known at this minute." />
      ) : (
        <>
          <ChainFigures table={chain} />
          <ChainGrid
            table={chain}
            chosen={view.about.strike}
            onStrike={(strike) => say({ type: 'replay.strike', strike })}
          />
        </>
      )}
    </section>
  );
}

/** Everything of one session at its present minute: charts, money, gates, chain, decisions. */
export function Desk({ replay, spoken = null }: { readonly replay: Replay; readonly spoken?: number | null }) {
  const { view, problem, connection, isStale, say } = replay;
  if (view === null)
    return problem === '' ? (
      <Loading what={connection === 'lost' ? 'again: the server does not answer' : 'the session'} />
    ) : (
      <Problem message={problem} />
    );
  return (
    <div class={isStale ? 'desk-page stale' : 'desk-page'}>
      {connection !== 'open' && (
        <p class="lost" role="alert">
          ⚠ The connection to the server is lost; prices below are old. Connecting again …
        </p>
      )}
      {connection === 'open' && isStale && (
        <p class="lost" role="alert">
          ⚠ Nothing has come for some seconds; prices below may be old.
        </p>
      )}
      {problem !== '' && <Problem message={problem} />}
      <DeskCharts view={view} spoken={spoken} />
      <MoneyPanel minute={view.minute} trades={view.trades} />
      <section aria-label="Gate board">
        <h2>
          Gates <span class="badge">regime {view.minute.regime}</span>
        </h2>
        {view.minute.gates.length === 0 ? (
          <p class="muted">The session has not begun.</p>
        ) : (
          <GateBoard gates={view.minute.gates} />
        )}
      </section>
      <div class="halves">
        <ChainPanel view={view} say={say} />
        <DecisionList
          decisions={view.decisions}
          onMinute={(at) => say({ type: 'replay.seek', bar: barAt(view, at) })}
        />
      </div>
    </div>
  );
}
