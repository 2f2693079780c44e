import type { Paise } from '../units/money.js';

/** Every charge head of one executed order, in paise; `total` is their exact sum. */
export interface ChargeBreakdown {
  readonly brokerage: Paise;
  readonly stt: Paise;
  readonly exchange: Paise;
  readonly ipft: Paise;
  readonly sebi: Paise;
  readonly stamp: Paise;
  readonly gst: Paise;
  readonly total: Paise;
}

/** The charge heads in the order in which a contract note prints them. */
export const CHARGE_HEADS = ['brokerage', 'stt', 'exchange', 'ipft', 'sebi', 'stamp', 'gst'] as const;

/** One of {@link CHARGE_HEADS}. */
export type ChargeHead = (typeof CHARGE_HEADS)[number];
