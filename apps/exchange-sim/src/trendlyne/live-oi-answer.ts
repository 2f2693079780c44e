import { toIstIso, type ChainTape, type EpochMs, type IstDate } from '@sos/domain';

/** Which snapshot is told, and of which window the server says that it is. */
export interface LiveOiSnapshot {
  readonly tape: ChainTape;
  readonly row: number;
  /** The last snapshot of the session before of the same expiry, where the changes begin; null when there is none. */
  readonly before: ChainTape | null;
  readonly date: IstDate;
  readonly from: string;
  readonly to: string;
  readonly isSliderHidden: boolean;
}

// The site tells strikes of about five percent around the spot.
const REACH = 0.05;
const orZero = (value: number | undefined): number => (value !== undefined && Number.isFinite(value) ? value : 0);

interface StrikeRow {
  readonly callOi: number;
  readonly callPrevOi: number;
  readonly callOiChange: number;
  readonly putOi: number;
  readonly putPrevOi: number;
  readonly putOiChange: number;
}

function rowOf({ tape, row, before }: LiveOiSnapshot, strike: number, at: number): StrikeRow {
  const cell = row * tape.strikes.length + at;
  const then = before === null ? -1 : before.strikes.indexOf(strike);
  const lastRow = before === null || then < 0 ? -1 : (before.length - 1) * before.strikes.length + then;
  const previous = (side: 'call' | 'put'): number => (lastRow < 0 ? 0 : orZero(before?.[side].openInterest[lastRow]));
  const [callOi, putOi] = [orZero(tape.call.openInterest[cell]), orZero(tape.put.openInterest[cell])];
  const [callPrevOi, putPrevOi] = [previous('call'), previous('put')];
  return { callOi, callPrevOi, callOiChange: callOi - callPrevOi, putOi, putPrevOi, putOiChange: putOi - putPrevOi };
}

/** The body of a `live-oi-data` answer in units, with the totals of call and put changes swapped as the site swaps them. */
export function liveOiBody(snapshot: LiveOiSnapshot): object {
  const { tape, row, date, from, to, isSliderHidden } = snapshot;
  const spot = tape.spot[row] as number;
  const near = [...tape.strikes.entries()].filter(([, strike]) => Math.abs(strike / spot - 1) <= REACH);
  const rows = near.map(([at, strike]) => [String(strike), rowOf(snapshot, strike, at)] as const);
  const total = (name: keyof StrikeRow): number => rows.reduce((sum, [, found]) => sum + found[name], 0);
  const [calls, puts] = [total('callOi'), total('putOi')];
  return {
    overallData: {
      totalCallOi: calls,
      totalCallOiChange: total('putOiChange'),
      totalPutOi: puts,
      totalPutOiChange: total('callOiChange'),
      totalPCR: calls > 0 ? puts / calls : 0,
      spotPrice: spot,
      hideTimeSlider: isSliderHidden,
      strikePriceList: [...tape.strikes],
    },
    oiData: Object.fromEntries(rows),
    inputData: {
      tradingDate: date,
      lastUpdatedDateTime: toIstIso(tape.availableAt[row] as EpochMs).replace('.000', ''),
      minTime: from,
      maxTime: to,
      minStrikePrice: Math.floor(spot * (1 - REACH)),
      maxStrikePrice: Math.ceil(spot * (1 + REACH)),
      expDateList: [tape.expiry],
    },
  };
}

/** The body before the first publication of a session. */
export function liveOiNotYet({ expiry, date, at }: { expiry: IstDate; date: IstDate; at: EpochMs }): object {
  const window = { tradingDate: date, minTime: '09:15', maxTime: '09:15', expDateList: [expiry] };
  return {
    overallData: {},
    oiData: {},
    inputData: { ...window, lastUpdatedDateTime: toIstIso(at).replace('.000', '') },
  };
}
