import { sliceBars } from '@sos/domain';
import fc from 'fast-check';
import { DecisionLog } from './fixtures/decision-log.js';
import { playSession, type PlayedSession } from './fixtures/play-session.js';
import { MISSING_DATA, realSessions } from './fixtures/real-session.js';
import { compileStrategies } from './fixtures/strategy-files.js';
import { createSignalSource } from './machine/create-signal-source.js';

const onData = MISSING_DATA === null ? test : test.skip;
const { gates } = compileStrategies();
const sessions = realSessions(6);
const history = sessions.slice(0, 5);

function decisions(session: PlayedSession): string[] {
  const source = createSignalSource(gates);
  for (const { bars, volume } of history) source.warmUp(volume === undefined ? bars : { ...bars, volume });
  const log = new DecisionLog();
  playSession(source, { ...session, onBar: (row) => void (log.bar = row) }, log);
  return log.lines;
}

const barOf = (line: string): number => Number(line.slice(0, line.indexOf(':')));

// What lies ahead is not only cut off but replaced: a rule that looked there would decide otherwise.
function withOtherFuture(session: PlayedSession, known: number): PlayedSession {
  const spoil = (column: Float64Array): Float64Array => column.map((value, i) => (i < known ? value : value * 3 + i));
  const { bars, chain, volume } = session;
  const cells = chain === null ? 0 : known * chain.strikes.length;
  const spoilSide = (column: Float64Array): Float64Array =>
    column.map((value, i) => (i < cells ? value : value * 5 + 1));
  return {
    ...session,
    bars: { ...bars, open: spoil(bars.open), high: spoil(bars.high), low: spoil(bars.low), close: spoil(bars.close) },
    ...(volume === undefined ? {} : { volume: spoil(volume) }),
    chain:
      chain === null
        ? null
        : {
            ...chain,
            spot: spoil(chain.spot),
            call: { ...chain.call, ltp: spoilSide(chain.call.ltp), openInterest: spoilSide(chain.call.openInterest) },
            put: { ...chain.put, ltp: spoilSide(chain.put.ltp), openInterest: spoilSide(chain.put.openInterest) },
          },
  };
}

onData(`decisions on the first bars of a day are the first decisions of the whole day ${MISSING_DATA ?? ''}`, () => {
  const session = sessions[5];
  if (session === undefined) throw new Error('expected six recorded sessions');
  const whole = decisions(session);
  expect(whole.length).toBeGreaterThan(100);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: session.bars.length - 1 }), (known) => {
      const expected = whole.filter((line) => barOf(line) < known);
      const part = decisions({ ...session, bars: sliceBars(session.bars, 0, known) });
      // The end of the part is the end of its session, which resets what still waits.
      expect(part.filter((line) => !line.endsWith(': session'))).toEqual(
        expected.filter((line) => !line.endsWith(': session')),
      );
      const other = decisions(withOtherFuture(session, known));
      expect(other.filter((line) => barOf(line) < known)).toEqual(expected);
    }),
    { numRuns: 6 },
  );
});

onData(`every gate decides alone what it decides among others ${MISSING_DATA ?? ''}`, () => {
  const session = sessions[5];
  if (session === undefined) throw new Error('expected six recorded sessions');
  const together = decisions(session);
  for (const [number, { profile }] of gates.gates.entries()) {
    const source = createSignalSource(gates, { select: [profile.id] });
    for (const { bars, volume } of history) source.warmUp(volume === undefined ? bars : { ...bars, volume });
    const log = new DecisionLog();
    playSession(source, { ...session, onBar: (row) => void (log.bar = row) }, log);
    const mine = together.filter((line) => line.split(' ')[1] === String(number));
    expect(log.lines.map((line) => line.replace(/: 0 /, `: ${number} `))).toEqual(mine);
  }
});
