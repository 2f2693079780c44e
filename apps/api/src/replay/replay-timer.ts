/** How a session waits: real timers in the server, a hand-driven clock in tests. */
export interface ReplayTimer {
  every(milliseconds: number, tick: () => void): () => void;
  after(milliseconds: number, run: () => void): () => void;
}

/** Timers of the machine. */
export const WALL_TIMER: ReplayTimer = {
  every(milliseconds, tick) {
    const handle = setInterval(tick, milliseconds);
    return () => clearInterval(handle);
  },
  after(milliseconds, run) {
    const handle = setTimeout(run, milliseconds);
    return () => clearTimeout(handle);
  },
};
