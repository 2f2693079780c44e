import type { IstDate } from '@sos/domain';

interface Period {
  readonly from: IstDate;
  readonly to: IstDate | null;
}

/** True when `date` lies in the row's period, ends included. */
export function covers(row: Period, date: IstDate): boolean {
  return row.from <= date && (row.to === null || date <= row.to);
}

/** The row in force on `date`; of several, the last of the table wins, so that added rows override. */
export function rowOn<Row extends Period>(rows: readonly Row[], date: IstDate): Row | null {
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i];
    if (row !== undefined && covers(row, date)) return row;
  }
  return null;
}
