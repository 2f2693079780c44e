import { formatIstClock, istDateOf, type EpochMs } from '@sos/domain';
import { useEffect } from 'preact/hooks';
import { clock } from '../format/figures.js';
import { Desk } from '../replay/desk.js';
import { useReplay, type Wanted } from '../replay/use-replay.js';
import { ModeBanner } from '../ui/mode-banner.js';
import { usePickedDay, type PickedDay } from '../ui/day-picker.js';
import { Loading, Problem } from '../ui/states.js';

const FIRST_BARS = 45;
const LAST_MINUTE = '15:29';
const FIRST_MINUTE = '09:30';

/** While the day is on, its minute is the clock's; a day that is over is played a bar a second. */
function wantedOf({ symbol, date }: PickedDay, now: number): Wanted {
  const minute = formatIstClock(now as EpochMs);
  const isOn = istDateOf(now as EpochMs) === date && minute >= FIRST_MINUTE && minute <= LAST_MINUTE;
  const head = { symbol: symbol as Wanted['symbol'], date };
  return isOn ? { ...head, at: minute, speed: 1 } : { ...head, bar: FIRST_BARS, speed: 60 };
}

/** The newest day as it runs: today's where there is one, told by the same stream as a replay. No broker is connected. */
export function LivePage({ query }: { readonly query: URLSearchParams }) {
  const { day, problem } = usePickedDay(query);
  const replay = useReplay();
  const { view, start } = replay;
  const key = day === null ? '' : `${day.symbol} ${day.date}`;
  useEffect(() => {
    if (day !== null) start(wantedOf(day, Date.now()));
  }, [key]);
  if (problem !== '') return <Problem message={problem} />;
  if (day === null) return <Loading what="the newest day" />;
  return (
    <>
      <h1 class="visually-hidden">Live</h1>
      {view !== null && (
        <>
          <ModeBanner source={view.about.source} mode="LIVE VIEW" />
          <div class="bar">
            <nav class="inline" aria-label="Underlying">
              {['NIFTY', 'BANKNIFTY'].map((s) => (
                <a key={s} href={`/?symbol=${s}`} aria-current={s === day.symbol ? 'page' : undefined}>
                  {s}
                </a>
              ))}
            </nav>
            <output class="clock" data-bar={view.minute.bar} data-status={view.playback.status}>
              {day.date} {clock(view.minute.time)} IST ·{' '}
              {view.playback.status === 'ended' ? 'the session is over' : view.playback.status}
            </output>
            <span class="muted">source: {view.about.origins[0] ?? view.about.source}</span>
            <a href={`/replay?symbol=${day.symbol}&date=${day.date}&at=${clock(view.minute.time)}`}>
              Step through this day in Replay
            </a>
          </div>
        </>
      )}
      <Desk replay={replay} />
    </>
  );
}
