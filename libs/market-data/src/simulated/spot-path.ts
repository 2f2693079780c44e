/**
 * The fair value of an index through a session, one row per one-minute bar of the derivatives session: where options and futures are priced from. Outside the closing
 * auction it is the index itself. `time` is the bar's close (epoch ms); `minute` counts trading minutes of the session from 0. Prices rupees.
 */
export interface SpotPath {
  readonly length: number;
  readonly time: Float64Array;
  readonly minute: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}
