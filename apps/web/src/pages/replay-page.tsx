import { useEffect, useState } from 'preact/hooks';
import { clock } from '../format/figures.js';
import { Desk } from '../replay/desk.js';
import type { ReplayView } from '../replay/replay-view.js';
import { Transport } from '../replay/transport.js';
import { useReplay, type Wanted } from '../replay/use-replay.js';
import { navigate, setQuery } from '../router/route.js';
import { DayPicker, usePickedDay, type PickedDay } from '../ui/day-picker.js';
import { ModeBanner } from '../ui/mode-banner.js';
import { Loading, Problem } from '../ui/states.js';

const FIRST_BARS = 30;

function wantedOf(day: PickedDay, query: URLSearchParams): Wanted {
  const at = query.get('at');
  const strike = Number(query.get('strike'));
  return {
    symbol: day.symbol as Wanted['symbol'],
    date: day.date,
    market: day.market,
    speed: 60,
    paused: true,
    ...(at === null ? { bar: FIRST_BARS } : { at }),
    ...(strike > 0 ? { strike } : {}),
  };
}

function addressOf(view: ReplayView, market: string): URLSearchParams {
  const { symbol, date, strike } = view.about;
  const query = new URLSearchParams({ symbol, date, market });
  if (view.minute.time !== null) query.set('at', clock(view.minute.time));
  if (strike !== null) query.set('strike', String(strike));
  return query;
}

function ShareMinute() {
  const [told, setTold] = useState('');
  const copy = (): void => {
    navigator.clipboard.writeText(location.href).then(
      () => setTold('copied'),
      () => setTold('the address bar holds the link'),
    );
  };
  return (
    <>
      <button type="button" onClick={copy}>
        Copy link to this minute
      </button>{' '}
      <output class="muted">{told}</output>
    </>
  );
}

/** Any stored or simulated day, minute by minute: charts, chain, gates and decisions all stand at the same past minute. */
export function ReplayPage({ query }: { readonly query: URLSearchParams }) {
  const { day, known, problem } = usePickedDay(query);
  const replay = useReplay();
  const { view, say, start } = replay;
  const key = day === null ? '' : `${day.symbol} ${day.date} ${day.market}`;
  useEffect(() => {
    if (day !== null) start(wantedOf(day, query));
  }, [key]);
  const isStill = view !== null && view.playback.status !== 'playing';
  useEffect(() => {
    if (view !== null && isStill && day !== null) setQuery(addressOf(view, day.market));
  }, [view, isStill]);
  if (problem !== '') return <Problem message={problem} />;
  if (day === null) return <Loading what="the days" />;
  const pick = (next: PickedDay): void => navigate(`/replay?${new URLSearchParams({ ...next }).toString()}`);
  return (
    <>
      <h1 class="visually-hidden">Replay</h1>
      {view !== null && <ModeBanner source={view.about.source} mode="REPLAY" />}
      <div class="bar">
        <DayPicker day={day} known={known} onPick={pick} />
        <ShareMinute />
      </div>
      {view !== null && <Transport view={view} say={say} />}
      <Desk replay={replay} />
    </>
  );
}
