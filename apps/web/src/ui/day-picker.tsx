import type { KnownDays } from '@sos/contracts';
import { UNDERLYINGS } from '@sos/domain';
import { useEffect, useState } from 'preact/hooks';
import { fetchDays } from '../server/api.js';

/** One day of one underlying in one market. */
export interface PickedDay {
  readonly symbol: string;
  readonly date: string;
  readonly market: string;
}

/** The day that an address names; what it leaves out is the newest day. Null while the newest day is being asked for. */
export function usePickedDay(query: URLSearchParams): {
  day: PickedDay | null;
  known: KnownDays | null;
  problem: string;
} {
  const symbol = query.get('symbol') ?? 'NIFTY';
  const date = query.get('date');
  const market = query.get('market') ?? 'auto';
  const [known, setKnown] = useState<KnownDays | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    setProblem('');
    fetchDays(symbol).then(setKnown, (error: Error) => setProblem(error.message));
  }, [symbol]);
  const newest = date ?? known?.latest ?? null;
  return { day: newest === null ? null : { symbol, date: newest, market }, known, problem };
}

export interface DayPickerProps {
  readonly day: PickedDay;
  readonly known: KnownDays | null;
  readonly onPick: (day: PickedDay) => void;
}

/** Chooses underlying, day and market. */
export function DayPicker({ day, known, onPick }: DayPickerProps) {
  const imported = known?.imported ?? [];
  return (
    <form class="picker" onSubmit={(event) => event.preventDefault()}>
      <label>
        Underlying{' '}
        <select value={day.symbol} onChange={(event) => onPick({ ...day, symbol: event.currentTarget.value })}>
          {UNDERLYINGS.map((u) => (
            <option key={u} value={u}>
              {u}
            </option>
          ))}
        </select>
      </label>
      <label>
        Day{' '}
        <input
          type="date"
          value={day.date}
          min={known?.simulatedFrom}
          max={known?.simulatedTo}
          list="imported-days"
          onChange={(event) => event.currentTarget.value !== '' && onPick({ ...day, date: event.currentTarget.value })}
        />
        <datalist id="imported-days">
          {imported.map((d) => (
            <option key={d} value={d} />
          ))}
        </datalist>
      </label>
      <label>
        Prices{' '}
        <select value={day.market} onChange={(event) => onPick({ ...day, market: event.currentTarget.value })}>
          {[...new Set(['auto', 'imported', 'simulated:1', 'modelled:1', day.market])].map((m) => (
            <option key={m} value={m}>
              {m === 'auto' ? 'imported, else simulated' : m}
            </option>
          ))}
        </select>
      </label>
      <span class="muted">
        {imported.length === 0
          ? 'no imported days: every trading day can be simulated'
          : `${imported.length} imported days`}
      </span>
    </form>
  );
}
