import { KillSwitchFile } from '@sos/brokers';
import type { CommandContext } from '../commands/command-context.js';
import { deskFolder, desksNamed } from '../live/desk-folders.js';

/** Options of `sos kill`. */
export interface KillOptions {
  readonly desk?: string;
  readonly reason?: string;
  /** The words of release, typed. */
  readonly release?: string;
  readonly json?: boolean;
}

/** `sos kill`: throws or releases the kill switch of one desk or of all. Works without any desk running. */
export function kill(context: CommandContext, { desk, reason = 'sos kill', release, json }: KillOptions): void {
  const switches = desksNamed(desk).map((name) => ({
    name,
    file: new KillSwitchFile(deskFolder(context.settings, name)),
  }));
  for (const { file } of switches) {
    if (release === undefined) file.engage(reason);
    else file.release(release);
  }
  const state = switches.map(({ name, file }) => ({ desk: name, killed: file.killed() }));
  if (json === true) return context.print(JSON.stringify({ desks: state }, null, 2));
  for (const { desk: name, killed } of state)
    context.print(
      killed === null
        ? `${name}: released`
        : `${name}: killed (${killed}); no entry leaves, orders are withdrawn, positions are left`,
    );
}
