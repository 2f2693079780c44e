import type { ChainHistory, ChainPage as Page, ChainTable } from '@sos/contracts';
import { useMemo, useState } from 'preact/hooks';
import { HeatMap } from '../charts/heat-map.js';
import { LineChart, type LineOfChart } from '../charts/line-chart.js';
import { XyChart, type XySeries } from '../charts/xy-chart.js';
import { clock, compact, figure, percent } from '../format/figures.js';
import { ChainFigures, ChainGrid } from '../replay/chain-grid.js';
import { navigate } from '../router/route.js';
import { fetchChain } from '../server/api.js';
import { DayPicker, usePickedDay, type PickedDay } from '../ui/day-picker.js';
import { ModeBanner } from '../ui/mode-banner.js';
import { Empty, Loading, Problem } from '../ui/states.js';
import { useFetched } from '../ui/use-fetched.js';

const IST_OFFSET_SECONDS = 19_800;
const chartSecond = (at: number): number => Math.floor(at / 1000) + IST_OFFSET_SECONDS;

interface MinuteChoice {
  readonly page: Page;
  readonly at: string | undefined;
  readonly expiry: string | undefined;
  readonly onAt: (at: string) => void;
  readonly onExpiry: (expiry: string) => void;
}

function MinutePicker({ page, at, expiry, onAt, onExpiry }: MinuteChoice) {
  const last = page.minutes.length - 1;
  const place = at === undefined ? last : page.minutes.findLastIndex((m) => clock(m) <= at);
  return (
    <div class="transport" role="group" aria-label="Minute and expiry">
      <label class="seek">
        <span>Minute</span>
        <input
          type="range"
          min={0}
          max={last}
          value={Math.max(0, place)}
          aria-valuetext={`${clock(page.at)} IST`}
          onChange={(event) => onAt(clock(page.minutes[Number(event.currentTarget.value)]))}
        />
      </label>
      <output class="clock">{clock(page.at)} IST</output>
      <label>
        Expiry{' '}
        <select value={expiry ?? page.table?.expiry ?? ''} onChange={(event) => onExpiry(event.currentTarget.value)}>
          {page.expiries.map((e) => (
            <option key={e} value={e}>
              {e}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function OverTime({ history }: { readonly history: ChainHistory }) {
  const [pcr, straddle] = useMemo((): readonly [LineOfChart[], LineOfChart[]] => {
    const points = (values: readonly (number | null)[]) =>
      history.time.map((t, i) => [chartSecond(t), values[i] ?? null] as const);
    return [
      [
        { name: 'PCR', colour: 'vwap', points: points(history.pcr) },
        { name: 'change a minute', colour: 'slow', points: points(history.pcrVelocity), isLeft: true },
      ],
      [
        { name: 'ATM straddle ₹', colour: 'interest', points: points(history.straddle) },
        { name: 'index', colour: 'fast', points: points(history.spot), isLeft: true },
      ],
    ];
  }, [history]);
  return (
    <div class="halves">
      <LineChart
        title="Put-call ratio and its change a minute (left scale)"
        summary={`last ${figure(history.pcr.at(-1))}`}
        lines={pcr}
      />
      <LineChart
        title="ATM straddle, and the index (left scale)"
        summary={`last ${figure(history.straddle.at(-1))}`}
        lines={straddle}
      />
    </div>
  );
}

function ByStrike({ table }: { readonly table: ChainTable }) {
  const of = (pick: (row: ChainTable['rows'][number]) => number | null): (readonly [number, number | null])[] =>
    table.rows.map((row) => [row.strike, pick(row)] as const);
  const smile: XySeries[] = [
    { name: 'calls', tone: 'call', points: of((r) => r.call.iv) },
    { name: 'puts', tone: 'put', points: of((r) => r.put.iv) },
  ];
  const interest: XySeries[] = [
    { name: 'calls', tone: 'call', points: of((r) => r.call.openInterest) },
    { name: 'puts', tone: 'put', points: of((r) => r.put.openInterest) },
  ];
  const mark = table.forward === null ? null : { x: table.forward, name: `forward ${figure(table.forward, 0)}` };
  return (
    <div class="halves">
      <XyChart title="Implied volatility by strike" kind="line" series={smile} format={(x) => percent(x)} mark={mark} />
      <XyChart title="Open interest by strike" kind="bars" series={interest} format={compact} mark={mark} />
    </div>
  );
}

function HeatMaps({ history }: { readonly history: ChainHistory }) {
  const { heatTime, heatStrikes, callChange, putChange } = history;
  return (
    <div class="halves">
      <HeatMap
        title="Calls: open interest since the first snapshot"
        times={heatTime}
        strikes={heatStrikes}
        values={callChange}
      />
      <HeatMap
        title="Puts: open interest since the first snapshot"
        times={heatTime}
        strikes={heatStrikes}
        values={putChange}
      />
    </div>
  );
}

function ChainOfDay({ day, first }: { readonly day: PickedDay; readonly first: string | null }) {
  const [at, setAt] = useState<string | undefined>(first ?? undefined);
  const [expiry, setExpiry] = useState<string | undefined>(undefined);
  const page = useFetched(`${day.symbol} ${day.date} ${day.market} ${at ?? ''} ${expiry ?? ''}`, () =>
    fetchChain({ ...day, at, expiry }),
  );
  if (page.problem !== '') return <Problem message={page.problem} />;
  if (page.value === null) return <Loading what="the chain" />;
  const { table, history } = page.value;
  return (
    <div class={page.isLoading ? 'loading' : ''}>
      <ModeBanner source={page.value.source} mode="REPLAY" />
      <MinutePicker page={page.value} at={at} expiry={expiry} onAt={setAt} onExpiry={setExpiry} />
      {table === null || history === null ? (
        <Empty title="No chain is known at this minute.">
          <p>Choose a later minute, another day, or let premiums be modelled (Prices: modelled:1).</p>
        </Empty>
      ) : (
        <>
          <ChainFigures table={table} />
          <p class="muted">
            ΔOI since the first snapshot of the day; buildup over {table.buildupMinutes} minutes: ▲ LB long buildup, ▼
            SB short buildup, △ SC short covering, ▽ LU long unwinding.
          </p>
          <ChainGrid table={table} isWide />
          <ByStrike table={table} />
          <OverTime history={history} />
          <HeatMaps history={history} />
        </>
      )}
    </div>
  );
}

/** The option chain at any past minute: table, smile, profile, ratios and heat map. */
export function ChainPage({ query }: { readonly query: URLSearchParams }) {
  const { day, known, problem } = usePickedDay(query);
  if (problem !== '') return <Problem message={problem} />;
  if (day === null) return <Loading what="the days" />;
  const pick = (next: PickedDay): void => navigate(`/chain?${new URLSearchParams({ ...next }).toString()}`);
  return (
    <>
      <h1>Option chain</h1>
      <DayPicker day={day} known={known} onPick={pick} />
      <ChainOfDay key={`${day.symbol} ${day.date} ${day.market}`} day={day} first={query.get('at')} />
    </>
  );
}
