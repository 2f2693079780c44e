import { paise, units } from '@sos/domain';
import fc from 'fast-check';
import { LimitChase, type ChaseInput, type ChaseRequest } from './limit-chase.js';

const TICK = paise(5);
const CAP = paise(15_000);

const PRICE = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 0.05, max: 250, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 0, -1, Number.POSITIVE_INFINITY) },
);

/** What may happen next: how much later, and what. */
const MOVE = fc.record({
  wait: fc.integer({ min: 0, max: 4000 }),
  kind: fc.constantFrom(
    ...(['quote', 'quote', 'quote', 'timer', 'timer', 'answer', 'answer', 'answer', 'fill', 'leave'] as const),
    ...(['protect', 'reject', 'cancelled', 'triggered', 'give-up'] as const),
  ),
  bid: PRICE,
  ask: PRICE,
  lots: fc.integer({ min: 1, max: 4 }),
});
type Move = typeof MOVE extends fc.Arbitrary<infer T> ? T : never;

const CHASE = fc.record({
  purpose: fc.constantFrom('entry' as const, 'exit' as const),
  parameters: fc.record({
    bufferPoints: fc.constantFrom(0, 0.25, 3),
    bufferShare: fc.constantFrom(0, 0.005, 0.1),
    stepTicks: fc.integer({ min: 0, max: 10 }),
    intervalMs: fc.constantFrom(500, 3000),
    maxChase: fc.integer({ min: 0, max: 4 }),
    escalation: fc.constantFrom(1, 2),
    collarShare: fc.constantFrom(0.03, 0.25, 1),
    bandPoints: fc.constantFrom(0, 1),
    bandShare: fc.constantFrom(0, 0.05),
    quoteMaxAgeMs: fc.constantFrom(1000, 60_000),
  }),
});

/** The input of a move, or null when an exchange could not do that now. */
function inputOf(move: Move, time: number, open: Exchange): ChaseInput | null {
  const { chase, isPending, isLive } = open;
  switch (move.kind) {
    case 'quote': {
      const quote = { time, bid: move.bid, ask: move.ask, bidQty: 65, askQty: 65, last: Number.NaN };
      return { kind: 'quote', quote };
    }
    case 'answer':
      return isPending ? { kind: open.isCancel ? 'cancelled' : 'accepted', time } : null;
    case 'reject':
      return isPending ? { kind: 'rejected', time, reason: 'refused' } : null;
    case 'cancelled':
      return isLive ? { kind: 'cancelled', time } : null;
    case 'fill': {
      const count = Math.min(move.lots * 65, chase.left);
      return isLive && count > 0 ? { kind: 'fill', time, units: units(count), price: paise(chase.limit || 5) } : null;
    }
    case 'give-up':
      return { kind: 'give-up', time, reason: 'asked' };
    case 'protect':
      return { kind: 'protect', time, trigger: paise(9000) };
    default:
      return { kind: move.kind, time };
  }
}

interface Exchange {
  readonly chase: LimitChase;
  isPending: boolean;
  isCancel: boolean;
  isLive: boolean;
}

/** What of the laws a request breaks. */
function brokenBy(request: ChaseRequest, { chase, isPending, isLive }: Exchange, isGivenUp: boolean): string[] {
  const { purpose } = chase.order;
  const prices = request.kind === 'cancel' ? [] : [request.limit, request.trigger ?? TICK];
  const laws: Record<string, boolean> = {
    'one request at a time': !isPending,
    'nothing after the end': !chase.isOver,
    'on the tick, at least one tick': prices.every((p) => p >= TICK && p % TICK === 0),
    'never beyond the cap': purpose === 'exit' || prices.every((p) => p <= CAP),
    'no entry after it was given up': !isGivenUp || request.kind === 'cancel',
    'an order is placed once': request.kind !== 'place' || !isLive,
    'only what is left': request.kind !== 'place' || request.units === chase.left,
    'an exit is never withdrawn': request.kind !== 'cancel' || purpose === 'entry',
  };
  return Object.keys(laws).filter((law) => laws[law] === false);
}

function answer(exchange: Exchange, input: ChaseInput): void {
  if (input.kind === 'accepted') [exchange.isPending, exchange.isLive] = [false, true];
  if (input.kind === 'rejected') exchange.isPending = false;
  if (input.kind === 'cancelled') [exchange.isPending, exchange.isLive] = [false, false];
}

it('whatever market and exchange do, a chase keeps its laws', () => {
  let [ends, requests] = [0, 0];
  fc.assert(
    fc.property(CHASE, fc.array(MOVE, { minLength: 10, maxLength: 80 }), ({ purpose, parameters }, moves) => {
      const side = purpose === 'entry' ? 'BUY' : 'SELL';
      const bounds = { tick: TICK, protection: null, cap: purpose === 'entry' ? CAP : null };
      const chase = new LimitChase({ purpose, side, units: units(260), parameters, bounds });
      const exchange: Exchange = { chase, isPending: false, isCancel: false, isLive: false };
      let [time, filled, isGivenUp] = [0, 0, false];
      for (const move of moves) {
        time += move.wait;
        const input = inputOf(move, time, exchange);
        if (input === null || (chase.isOver && input.kind === 'fill')) continue;
        answer(exchange, input);
        if (input.kind === 'fill') filled += input.units;
        if (input.kind === 'give-up' && purpose === 'entry') isGivenUp = true;
        const request = chase.advance(input);
        if (request === null) continue;
        requests++;
        expect(brokenBy(request, exchange, isGivenUp)).toEqual([]);
        [exchange.isPending, exchange.isCancel] = [true, request.kind === 'cancel'];
      }
      expect(chase.filledUnits).toBe(filled);
      if (purpose === 'exit') expect(chase.state).not.toBe('abandoned');
      if (chase.isOver) ends++;
    }),
    { numRuns: 2000 },
  );
  expect(ends).toBeGreaterThan(200);
  expect(requests).toBeGreaterThan(800);
});
