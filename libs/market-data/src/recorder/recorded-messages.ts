import { AppError, type Contract, type EpochMs, type IstDate } from '@sos/domain';
import { contractOfKey, masterFor, readMaster } from '../importers/feed/instrument-keys.js';
import { child, numberOf, stampOf } from '../importers/feed/json-fields.js';
import { RecorderClock } from '../importers/feed/recorder-clock.js';
import { instrumentKeyOf } from '../importers/feed/tick-message.js';
import { jsonArray } from '../importers/files/json-array.js';
import { DAMAGED, dayOfUnit, tickFiles } from '../importers/upstox-ticks/tick-files.js';

/** One recorded message of the Upstox v3 feed as it was exported. */
export interface RecordedMessage {
  /** When it was sent, epoch ms: the recorder's stamp, its clock set right by the trade times. */
  readonly at: EpochMs;
  /** The vendor's instrument key. */
  readonly key: string;
  /** The exported document, with the vendor's field names. */
  readonly message: unknown;
}

/** A day of recorded messages, to be played again. */
export interface RecordedMessages {
  readonly date: IstDate;
  /** The contract of a key, or null. */
  contractOf(key: string): Contract | null;
  /** All contracts that the instrument master of that day lists, with their keys. */
  instruments(): { readonly key: string; readonly contract: Contract }[];
  /** Of all instruments together, in the order of time; those of one instrument in the order of recording. Read once, streamed. */
  messages(): AsyncGenerator<RecordedMessage>;
}

/** One file with one message in hand. */
class MessageFile {
  at = Number.NaN;
  message: unknown = null;
  private readonly batches: AsyncGenerator<unknown[]>;
  private readonly clock = new RecorderClock();
  private batch: readonly unknown[] = [];
  private next = 0;
  private lastTrade = Number.NaN;

  constructor(file: string) {
    this.batches = jsonArray(file, () => undefined);
  }

  /** Takes the next message in hand; false at the end. Messages without a stamp are passed over. */
  async advance(): Promise<boolean> {
    for (;;) {
      while (this.next >= this.batch.length) {
        const more = await this.batches.next();
        if (more.done === true) return false;
        this.batch = more.value;
        this.next = 0;
      }
      this.message = this.batch[this.next++];
      const stamp = stampOf(child(this.message, '_insertion_time'));
      if (Number.isNaN(stamp)) continue;
      this.at = this.clock.correct(stamp, this.newTrade());
      return true;
    }
  }

  private newTrade(): number {
    const full =
      child(child(this.message, 'fullFeed'), 'marketFF') ?? child(child(this.message, 'fullFeed'), 'indexFF');
    const time = numberOf(child(child(full, 'ltpc'), 'ltt'));
    if (Number.isNaN(time) || time <= this.lastTrade) return Number.NaN;
    this.lastTrade = time;
    return time;
  }
}

async function* merged(paths: readonly string[]): AsyncGenerator<RecordedMessage> {
  const files = paths.map((file) => new MessageFile(file));
  const open: MessageFile[] = [];
  for (const file of files) if (await file.advance()) open.push(file);
  while (open.length > 0) {
    let first = 0;
    for (let i = 1; i < open.length; i++) if ((open[i] as MessageFile).at < (open[first] as MessageFile).at) first = i;
    const file = open[first] as MessageFile;
    const { message } = file;
    yield { at: Math.floor(file.at) as EpochMs, key: instrumentKeyOf(message), message };
    if (!(await file.advance())) open.splice(first, 1);
  }
}

/**
 * Opens exported feed messages of one day (`upstox-ticks`) for playing.
 * @param master instrument master that names the keys; default: the nearest one beside the data
 * @throws SOS_INPUT when the folder holds no or more than one day, or no master is found; SOS_DATA_CORRUPT while reading a damaged file
 */
export async function recordedMessages(folder: string, master?: string): Promise<RecordedMessages> {
  const days = (await tickFiles(folder)).filter((unit) => unit.variant !== DAMAGED);
  const [unit] = days;
  if (!unit || days.length > 1)
    throw new AppError('SOS_INPUT', `expected recorded messages of one day in ${folder}, found ${days.length} days`);
  const date = dayOfUnit(unit);
  const listed = await readMaster(await masterFor(folder, date, master), date);
  return {
    date,
    contractOf: (key) => contractOfKey(listed, key, date),
    instruments: () => listed.live(date).map(({ key, contract }) => ({ key, contract })),
    messages: () => merged(unit.paths),
  };
}
