import { z } from 'zod';

// Fields that we use are strict, fields that the site adds are let through.
const figure = z.number().nullish();
const isoDate = z.iso.date();

/** `head.status` is the text "0" when all is well. */
export const Head = z.looseObject({
  head: z.looseObject({ status: z.union([z.string(), z.number()]), statusDescription: z.string().nullish() }),
});

// Seen as a number, as a text, and as a list of one text.
const stockId = z.union([z.number().int(), z.string().regex(/^\d+$/)]);

/** Answer of `search-contract-stock`. */
export const Stocks = z.looseObject({
  body: z.looseObject({
    data: z.array(z.looseObject({ stock_id: z.union([stockId, z.tuple([stockId])]), stock_code: z.string() })),
  }),
});

/** Answer of `fno/get-expiry-dates`; one reader saw objects. */
export const Expiries = z.looseObject({
  body: z.looseObject({ expiryDates: z.array(z.union([isoDate, z.looseObject({ expiryDate: isoDate })])) }),
});

// `9:15` as well as `09:15`.
const clock = z
  .string()
  .regex(/^\d{1,2}:\d{2}$/)
  .transform((text) => text.padStart(5, '0'));

/** Answer of `live-oi-data`. `overallData` is kept for the spot only: its totals of changes are swapped. */
export const LiveOi = z.looseObject({
  body: z.looseObject({
    overallData: z.looseObject({ spotPrice: figure, hideTimeSlider: z.boolean().nullish() }).nullish(),
    oiData: z.record(
      z.string().regex(/^\d+(\.\d+)?$/),
      z.looseObject({
        callOi: figure,
        putOi: figure,
        callPrevOi: figure,
        putPrevOi: figure,
        callOiChange: figure,
        putOiChange: figure,
      }),
    ),
    inputData: z.looseObject({
      tradingDate: isoDate,
      lastUpdatedDateTime: z.string(),
      minTime: clock,
      maxTime: clock,
      expDateList: z.array(isoDate),
    }),
  }),
});

/** Answer of `fno/buildup-5` and `fno/buildup-15`, newest row first. */
export const Buildups = z.looseObject({
  body: z.looseObject({
    data_v2: z.array(
      z.looseObject({
        interval: z.string().regex(/^\s*\d{1,2}:\d{2}\s+TO\s+\d{1,2}:\d{2}\s*$/i, 'expected "09:15 TO 09:20"'),
        buildup: z.string().nullish(),
        price_range: z.string().nullish(),
        close_price: figure,
        oi: figure,
        open_interest: figure,
        oi_change_gross: figure,
        volume_gross: figure,
      }),
    ),
  }),
});
