import { clock } from '../format/figures.js';
import { useKeys } from '../ui/shortcuts.js';
import type { ReplayView } from './replay-view.js';
import { SPEEDS, otherSpeed } from './speeds.js';
import type { Replay } from './use-replay.js';

function useTransportKeys(view: ReplayView, say: Replay['say']): void {
  const { bar } = view.minute;
  const { status, speed } = view.playback;
  useKeys((event) => {
    const seek = (to: number): void => say({ type: 'replay.seek', bar: Math.max(0, Math.min(to, view.about.bars)) });
    const actions: Readonly<Record<string, () => void>> = {
      ' ': () => say({ type: status === 'playing' ? 'replay.pause' : 'replay.resume' }),
      ArrowRight: () => (event.shiftKey ? seek(bar + 15) : say({ type: 'replay.step', by: 1 })),
      ArrowLeft: () => (event.shiftKey ? seek(bar - 15) : say({ type: 'replay.step', by: -1 })),
      Home: () => seek(1),
      End: () => seek(view.about.bars),
      n: () => say({ type: 'replay.next-signal' }),
      '+': () => say({ type: 'replay.speed', speed: otherSpeed(speed, 1) }),
      '-': () => say({ type: 'replay.speed', speed: otherSpeed(speed, -1) }),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}

function Speed({ speed, say }: { readonly speed: number; readonly say: Replay['say'] }) {
  return (
    <label>
      Speed{' '}
      <select
        value={String(speed)}
        onChange={(event) => say({ type: 'replay.speed', speed: Number(event.currentTarget.value) })}
      >
        {[...new Set([...SPEEDS, speed])].map((s) => (
          <option key={s} value={String(s)}>
            {s}×
          </option>
        ))}
      </select>
    </label>
  );
}

/** Play, pause, step both ways, seek, speed, next signal. The server's position is authoritative: the slider shows it. */
export function Transport({ view, say }: { readonly view: ReplayView; readonly say: Replay['say'] }) {
  useTransportKeys(view, say);
  const { about, minute, playback } = view;
  const isPlaying = playback.status === 'playing';
  return (
    <div class="transport" role="group" aria-label="Playback">
      <button
        type="button"
        onClick={() => say({ type: 'replay.step', by: -1 })}
        disabled={minute.bar === 0}
        aria-label="One minute back"
      >
        ◀|
      </button>
      <button
        type="button"
        class="primary"
        onClick={() => say({ type: isPlaying ? 'replay.pause' : 'replay.resume' })}
        disabled={minute.bar >= about.bars}
      >
        {isPlaying ? '❚❚ Pause' : '▶ Play'}
      </button>
      <button
        type="button"
        onClick={() => say({ type: 'replay.step', by: 1 })}
        disabled={minute.bar >= about.bars}
        aria-label="One minute on"
      >
        |▶
      </button>
      <button type="button" onClick={() => say({ type: 'replay.next-signal' })} disabled={minute.bar >= about.bars}>
        Next signal
      </button>
      <Speed speed={playback.speed} say={say} />
      <label class="seek">
        <span>Minute</span>
        <input
          type="range"
          min={0}
          max={about.bars}
          value={minute.bar}
          aria-valuetext={`${clock(minute.time)} IST`}
          onChange={(event) => say({ type: 'replay.seek', bar: Number(event.currentTarget.value) })}
        />
      </label>
      <output class="clock" aria-live="off" data-bar={minute.bar} data-status={playback.status}>
        {clock(minute.time)} IST · {minute.bar}/{about.bars} · {playback.status}
      </output>
    </div>
  );
}
