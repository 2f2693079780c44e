import path from 'node:path';
import { AppError, istDateOf, type Contract, type Underlying } from '@sos/domain';
import {
  nodeRuntime,
  startRecording,
  strikeBand,
  type Provider,
  type RecorderOptions,
  type RecordingReport,
} from '@sos/market-data';
import { indexContract } from '@sos/symbol-master';
import type { CommandContext } from '../commands/command-context.js';
import { loadConfig } from '../config/load-config.js';
import { withStore } from '../db/with-store.js';
import { makeProvider, providerIdOf } from '../providers/provider-registry.js';
import { planRecord, type RecordOptions, type RecordPlan } from './record-options.js';
import { eventText, recordingText } from './record-text.js';
import { storeRecordSink } from './store-record-sink.js';
import { UntilEnd } from './until-end.js';

type Recordable = Provider & Required<Pick<Provider, 'feed' | 'instruments' | 'quotes'>>;

const isRecordable = (provider: Provider): provider is Recordable =>
  provider.feed !== undefined && provider.instruments !== undefined && provider.quotes !== undefined;

async function providerOf(context: CommandContext, name: string): Promise<Recordable> {
  const { settings } = loadConfig(context.io);
  const { provider } = await makeProvider(context, providerIdOf(name), { settings: settings.providers });
  if (!isRecordable(provider))
    throw new AppError('SOS_INPUT', `expected a provider with a live feed of options (upstox), found ${provider.id}`);
  const { state, nextStep } = provider.session();
  if (state === 'missing' || state === 'expired')
    throw new AppError('SOS_AUTH', `expected a valid login of ${provider.id}, found it ${state}`, {
      context: { remedy: nextStep ?? 'Log in.' },
    });
  return provider;
}

/** The contracts to record as the spot moves; until the feed tells it, the vendor's last price stands in. */
async function universeOf(provider: Recordable, plan: RecordPlan): Promise<RecorderOptions['universe']> {
  const instruments = await provider.instruments();
  const quotes = await provider.quotes(plan.underlyings.map((underlying) => indexContract(underlying)));
  const known = new Map<Underlying, number>();
  for (const { contract, lastPrice, previousClose } of quotes.values()) {
    const spot = Number.isNaN(lastPrice) ? previousClose : lastPrice;
    if (!Number.isNaN(spot)) known.set(contract.underlying, spot);
  }
  const band = strikeBand({ ...plan, instruments });
  return (spots): readonly Contract[] => band(new Map([...known, ...spots]));
}

/** Records until the end; what was recorded by then is kept whatever ends it. */
async function recordDay(context: CommandContext, plan: RecordPlan, options: RecordOptions): Promise<RecordingReport> {
  const { io, settings } = context;
  const provider = await providerOf(context, options.provider);
  const universe = await universeOf(provider, plan);
  const end = new UntilEnd(io, plan.until);
  return withStore(context, async (store) => {
    const recording = await startRecording({
      feed: (listener) => provider.feed(listener),
      universe,
      sink: storeRecordSink(store),
      dataset: `${provider.id}-live`,
      folder: path.join(settings.dataDir, 'recordings', `${provider.id}-live`, istDateOf(io.now())),
      raw: options.raw === true,
      runtime: { ...nodeRuntime, now: () => io.now() },
      onEvent: (event) => {
        const line = eventText(event);
        if (line !== null) context.note(line);
        if (event.type === 'feed' && event.state.state === 'login-needed') end.loginNeeded(event.state.reason);
      },
    });
    const why = await end.wait();
    const report = await recording.stop();
    if (why instanceof AppError) throw why;
    return report;
  });
}

/** `sos record`. */
export async function record(context: CommandContext, options: RecordOptions): Promise<void> {
  const plan = planRecord(options, context.io.now());
  const report = await recordDay(context, plan, options);
  context.print(options.json === true ? JSON.stringify(report, null, 2) : recordingText(report));
}
