import { bigint } from 'drizzle-orm/pg-core';

const head = (name: string) => bigint(`${name}_paise`, { mode: 'number' }).notNull();

/** One column per charge head, and their exact sum. */
export const chargeColumns = () => ({
  brokeragePaise: head('brokerage'),
  sttPaise: head('stt'),
  exchangePaise: head('exchange'),
  ipftPaise: head('ipft'),
  sebiPaise: head('sebi'),
  stampPaise: head('stamp'),
  gstPaise: head('gst'),
  chargesPaise: head('charges'),
});
