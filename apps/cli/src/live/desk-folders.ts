import path from 'node:path';
import { AppError } from '@sos/domain';
import type { Settings } from '../settings/settings.js';

/** The desks of an installation: money that is made up, and money that is not. */
export const DESKS = ['paper', 'live'] as const;

/** One of {@link DESKS}. */
export type DeskName = (typeof DESKS)[number];

/** Where a desk keeps its journal, its lock, its order budget and its kill switch. */
export function deskFolder(settings: Settings, desk: DeskName): string {
  return path.join(settings.dataDir, 'desk', desk);
}

/** The desks that an option names; all without one. @throws SOS_INPUT */
export function desksNamed(name: string | undefined): readonly DeskName[] {
  if (name === undefined) return DESKS;
  const found = DESKS.filter((desk) => desk === name);
  if (found.length > 0) return found;
  throw new AppError('SOS_INPUT', `expected --desk to be one of ${DESKS.join(', ')}, found "${name}"`);
}
