/** Market minutes per wall-clock minute that can be chosen. */
export const SPEEDS = [1, 5, 15, 30, 60, 120, 200] as const;

/** The next speed up or down. */
export function otherSpeed(speed: number, by: 1 | -1): number {
  const at = SPEEDS.findIndex((s) => s >= speed);
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, (at < 0 ? SPEEDS.length - 1 : at) + by))] ?? speed;
}
