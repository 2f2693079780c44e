import { z } from 'zod';
import { IstDateText, SourceLabel, UnderlyingName } from './scalars.js';

/** Asks which days of an underlying can be shown. */
export const DaysQuery = z.object({ symbol: UnderlyingName });
/** Asks which days of an underlying can be shown. */
export type DaysQuery = z.infer<typeof DaysQuery>;

/** Days with imported data, and the span in which any trading day can be simulated. */
export const KnownDays = z.object({
  symbol: UnderlyingName,
  imported: z.array(IstDateText),
  simulatedFrom: IstDateText,
  simulatedTo: IstDateText,
  /** The newest imported day; without one the newest session of the calendar that has ended or runs, simulated. */
  latest: IstDateText,
  latestSource: SourceLabel,
});
/** Days with imported data, and the span in which any trading day can be simulated. */
export type KnownDays = z.infer<typeof KnownDays>;

/** Asks what is stored of an underlying in a year. */
export const CoverageQuery = z.object({ symbol: UnderlyingName, year: z.coerce.number().int().min(1990).max(2099) });
/** Asks what is stored of an underlying in a year. */
export type CoverageQuery = z.infer<typeof CoverageQuery>;

/** What is stored of one day. */
export const CoverageDay = z.object({
  date: IstDateText,
  /** Minutes the rulebook says were traded. */
  expectedMinutes: z.number().int(),
  series: z.array(
    z.object({
      series: z.enum(['index', 'future', 'option', 'chain']),
      source: SourceLabel,
      dataset: z.string(),
      contracts: z.number().int(),
      rows: z.number().int(),
    }),
  ),
});
/** What is stored of one day. */
export type CoverageDay = z.infer<typeof CoverageDay>;

/** What is stored of an underlying in a year: every trading day, also those of which nothing is known. */
export const Coverage = z.object({ symbol: UnderlyingName, year: z.number().int(), days: z.array(CoverageDay) });
/** What is stored of an underlying in a year. */
export type Coverage = z.infer<typeof Coverage>;

/** A file of the import ledger. */
export const ImportView = z.object({
  kind: z.string(),
  name: z.string(),
  state: z.string(),
  rowsRead: z.number().int(),
  rowsWritten: z.number().int(),
  rowsUnchanged: z.number().int(),
  rowsRepaired: z.number().int(),
  rowsQuarantined: z.number().int(),
  gaps: z.number().int(),
  failure: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
/** A file of the import ledger. */
export type ImportView = z.infer<typeof ImportView>;

/** Refused rows by importer and reason. */
export const QuarantineCount = z.object({
  kind: z.string(),
  reason: z.string(),
  rows: z.number().int(),
  example: z.string(),
});
/** Refused rows by importer and reason. */
export type QuarantineCount = z.infer<typeof QuarantineCount>;

/** What was imported and what was refused. */
export const StoredData = z.object({
  datasets: z.array(
    z.object({
      underlying: UnderlyingName,
      source: SourceLabel,
      dataset: z.string(),
      days: z.number().int(),
      from: IstDateText,
      to: IstDateText,
    }),
  ),
  imports: z.array(ImportView),
  quarantine: z.array(QuarantineCount),
});
/** What was imported and what was refused. */
export type StoredData = z.infer<typeof StoredData>;
