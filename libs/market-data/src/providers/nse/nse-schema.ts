import { z } from 'zod';

// Fields that we use are strict, fields that the site adds are let through. The same figure comes as number and as text.
const figure = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    if (typeof value === 'number') return value;
    const text = (value ?? '').replaceAll(',', '').trim();
    return text === '' || text === '-' ? Number.NaN : Number(text);
  });
const text = z.string();

/** One side of a strike; the page of before 2025 has other names for its quotes. */
const Leg = z.looseObject({
  expiryDate: text.nullish(),
  openInterest: figure,
  totalTradedVolume: figure,
  lastPrice: figure,
  buyPrice1: figure,
  buyQuantity1: figure,
  sellPrice1: figure,
  sellQuantity1: figure,
  bidprice: figure,
  bidQty: figure,
  askPrice: figure,
  askQty: figure,
});

/** A row of `option-chain-v3`. */
export const ChainRow = z.looseObject({
  strikePrice: z.number(),
  expiryDates: text.nullish(),
  expiryDate: text.nullish(),
  CE: Leg.nullish(),
  PE: Leg.nullish(),
});

/** Answer of `option-chain-v3`. */
export const OptionChain = z.looseObject({
  records: z.looseObject({
    data: z.array(ChainRow).nullish(),
    timestamp: text.nullish(),
    underlyingValue: figure,
  }),
});

/** Answer of `option-chain-contract-info`. */
export const ContractInfo = z.looseObject({ expiryDates: z.array(text) });

/** Answer of `allIndices`. */
export const AllIndices = z.looseObject({
  timestamp: text.nullish(),
  data: z
    .array(
      z.looseObject({
        index: text,
        indexSymbol: text.nullish(),
        last: figure,
        open: figure,
        high: figure,
        low: figure,
        previousClose: figure,
        advances: figure,
        declines: figure,
        unchanged: figure,
      }),
    )
    .nullish(),
});

/** Answer of `live-analysis-advance`; its counts are of all three kinds. */
export const Advances = z.looseObject({
  timestamp: text.nullish(),
  advance: z.looseObject({
    count: z.looseObject({ Advances: figure, Declines: figure, Unchange: figure, Total: figure }).nullish(),
  }),
});

const DaysOff = z
  .array(
    z.looseObject({
      tradingDate: text,
      description: text,
      morning_session: text.nullish(),
      evening_session: text.nullish(),
    }),
  )
  .nullish();

/** Answer of `holiday-master`: days off of the current year by segment; segments that we do not use are not looked at. */
export const HolidayMaster = z.looseObject({ CM: DaysOff, FO: DaysOff, CD: DaysOff, COM: DaysOff });
