import { formatIst, formatIstClock } from '@sos/domain';
import {
  QUARANTINE_REASONS,
  RECORDER_ALARMS,
  type RecorderAlarm,
  type RecorderEvent,
  type RecordingReport,
} from '@sos/market-data';
import { figures, renderTable } from '../render/table.js';

const whole = (count: number): string => count.toLocaleString('en-IN');

function stateText({ state }: Extract<RecorderEvent, { readonly type: 'feed' }>): string {
  if (state.state === 'stalled') return `feed stalled: nothing for ${(state.silentMs / 1000).toFixed(1)} s`;
  if (state.state === 'waiting')
    return `feed lost (${state.reason}); next attempt at ${formatIst(state.nextAttemptAt)} IST`;
  if (state.state === 'login-needed') return `login needed: ${state.reason}`;
  return `feed ${state.state}`;
}

function resumedText({ earlier, framesReplayed }: Extract<RecorderEvent, { readonly type: 'resumed' }>): string {
  const how = earlier.ended ? 'ended' : 'was cut off';
  const last = earlier.lastMinute > 0 ? `written up to ${formatIstClock(earlier.lastMinute)}` : 'nothing written';
  const lost =
    framesReplayed > 0
      ? `${whole(framesReplayed)} raw frames read again: at most the last second before the end is missing`
      : 'what was seen of the minute in progress is lost; the vendor’s own candle of it is used';
  return `resuming: the recording of ${earlier.date} ${how}, ${last}; ${lost}`;
}

/** A line about an event, or null where none is due: an alarm is told the first, second, fourth … time. */
export function eventText(event: RecorderEvent): string | null {
  switch (event.type) {
    case 'feed':
      return stateText(event);
    case 'resumed':
      return resumedText(event);
    case 'alarm':
      return Number.isInteger(Math.log2(event.count))
        ? `alarm ${event.alarm} (${whole(event.count)}): ${RECORDER_ALARMS[event.alarm]}: ${event.detail}`
        : null;
    case 'minute':
      return null;
  }
}

/** What a recording came to. */
export function recordingText({ frames, messages, minutes, refused, alarms, raw }: RecordingReport): string {
  const lines: [string, number, string][] = [
    ['frames', frames, 'with market data'],
    ['messages', messages, 'one instrument in one frame'],
    ['minutes written', minutes, ''],
    ...(raw
      ? ([
          ['raw frames kept', raw.written, ''],
          ['raw frames lost', raw.dropped, ''],
        ] as [string, number, string][])
      : []),
    ...Object.entries(refused).map(([reason, count]): [string, number, string] => [
      reason,
      count,
      QUARANTINE_REASONS[reason as keyof typeof QUARANTINE_REASONS],
    ]),
    ...Object.entries(alarms).map(([alarm, count]): [string, number, string] => [
      `alarm ${alarm}`,
      count,
      RECORDER_ALARMS[alarm as RecorderAlarm],
    ]),
  ];
  return renderTable(
    [{ name: 'Recording' }, ...figures('Count'), { name: 'Meaning' }],
    lines.map(([name, count, meaning]) => [name, whole(count), meaning]),
  );
}
