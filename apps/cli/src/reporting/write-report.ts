import { tearSheet, type Report, type TradeSplit } from '@sos/analytics';
import type { RunResult } from '@sos/backtester';
import { sourceWord } from '../render/format-figures.js';
import { gateCsv } from '../render/gate-csv.js';
import { labelsOf } from '../render/labelled.js';
import { reportText } from '../render/report-text.js';
import { splitLines, splitName, splitTable } from '../render/split-table.js';
import type { Palette } from '../terminal/palette.js';
import type { ReportFormat } from './report-format.js';

/** A report that is to be written. */
export interface WrittenReport {
  readonly report: Report;
  readonly result: RunResult;
  readonly stamps: readonly string[];
}

/** How it is to be written. */
export interface WritingOptions {
  readonly format: ReportFormat;
  readonly palette: Palette;
  /** Every split and charge head. */
  readonly all: boolean;
  /** Only this split. */
  readonly split: TradeSplit | null;
}

function splitText({ report }: WrittenReport, split: TradeSplit, { format, palette }: WritingOptions): string {
  const data = sourceWord(report.provenance.source);
  const identity = { runId: report.runId, data };
  if (format === 'json') return `${JSON.stringify({ ...identity, ...split }, null, 2)}\n`;
  if (format === 'csv') return [...splitLines([split], identity)].join('');
  const { banner, title } = labelsOf(report.provenance, palette);
  return `${[...banner(), title(`By ${splitName(split)}`), splitTable(split, data)].join('\n')}\n`;
}

/** The text of a report in the wanted format. */
export function writtenReport(written: WrittenReport, options: WritingOptions): string {
  const { report, result, stamps } = written;
  const { format, palette, all, split } = options;
  if (split !== null) return splitText(written, split, options);
  switch (format) {
    case 'json':
      return `${JSON.stringify({ stamps, ...report }, null, 2)}\n`;
    case 'csv':
      return gateCsv(report);
    case 'html':
      return tearSheet(report, { trades: result.trades, stamps });
    case 'table':
      return reportText(report, palette, { stamps, all });
  }
}
