import type { Settings } from '../settings/settings.js';
import type { CliIo } from '../terminal/cli-io.js';
import type { Palette } from '../terminal/palette.js';

/** What a command's action works with. */
export interface CommandContext {
  readonly io: CliIo;
  readonly settings: Settings;
  readonly palette: Palette;
  /** Writes a line to stdout. */
  print(line: string): void;
  /** Writes a note to stderr, so that machines can read stdout. */
  note(line: string): void;
  /** Ends the command with this exit code although nothing was thrown: a check that found something. */
  exitWith(code: 1 | 2): void;
}
