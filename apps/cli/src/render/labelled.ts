import type { Provenance } from '@sos/analytics';
import type { Palette } from '../terminal/palette.js';

/** Writes titles and lines with the warning word of their data, so that no excerpt of a report loses it. */
export interface Labels {
  banner(): string[];
  title(text: string): string;
  line(text: string): string;
}

/** Labels of one report: `SIMULATED` or `MODELLED` on every title and line, nothing for recorded data. */
export function labelsOf(provenance: Provenance, palette: Palette): Labels {
  const { label, mixed, statement } = provenance;
  const loud = label !== null || mixed;
  const suffix = label === null ? '' : palette.warning(` · ${label}`);
  const prefix = label === null ? '' : palette.warning(`[${label}] `);
  return {
    banner: () => (loud ? [palette.warning(`*** ${statement} ***`), ''] : []),
    title: (text) => `${palette.title(text)}${suffix}`,
    line: (text) => `${prefix}${text}`,
  };
}
