import picocolors from 'picocolors';
import type { CliIo } from './cli-io.js';

/** Colours by meaning; all of them return their text unchanged when colours are off. */
export interface Palette {
  readonly warning: (text: string) => string;
  readonly error: (text: string) => string;
  readonly title: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly gain: (text: string) => string;
  readonly loss: (text: string) => string;
}

/** Colours are on only on a terminal, without `--no-color` and without `NO_COLOR`. */
export function paletteOf(io: CliIo, wanted: boolean): Palette {
  const noColor = io.env['NO_COLOR'];
  const on = wanted && io.out.isTty && (noColor === undefined || noColor === '');
  const c = picocolors.createColors(on);
  return {
    warning: (t) => c.bold(c.yellow(t)),
    error: (t) => c.bold(c.red(t)),
    title: (t) => c.bold(t),
    faint: (t) => c.dim(t),
    gain: (t) => c.green(t),
    loss: (t) => c.red(t),
  };
}
