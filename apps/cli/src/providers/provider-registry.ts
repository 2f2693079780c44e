import {
  createNseProvider,
  createSimulatedProvider,
  createTradingViewProvider,
  createTrendlyneProvider,
  createUpstoxProvider,
  nodeRuntime,
  PROVIDER_IDS,
  type DataSettings,
  type IngestSource,
  type Provider,
  type ProviderId,
  type ProviderRuntime,
  type Secret,
} from '@sos/market-data';
import { AppError, didYouMean } from '@sos/domain';
import type { Rulebook } from '@sos/rulebook';
import type { CommandContext } from '../commands/command-context.js';
import { findSecret } from '../config/secrets.js';

/** What a provider is made of. */
interface Parts {
  readonly settings: DataSettings['providers'];
  readonly runtime: ProviderRuntime;
  readonly token: Secret | null;
  readonly rulebook: Rulebook | undefined;
}

/** A provider with its switch. */
export interface KnownProvider {
  readonly id: ProviderId;
  readonly isEnabled: boolean;
  readonly provider: Provider;
}

const MAKERS: Readonly<Record<ProviderId, (parts: Parts) => Provider>> = {
  upstox: ({ settings, runtime, token }) =>
    createUpstoxProvider({
      runtime,
      token: () => token,
      hosts: { api: settings.upstox.api, assets: settings.upstox.assets },
    }),
  tradingview: ({ runtime, token }) => createTradingViewProvider({ runtime, token: () => token }),
  nse: ({ settings, runtime }) => {
    const { base, minIntervalMs } = settings.nse;
    return createNseProvider({ config: { base, minIntervalMs }, runtime });
  },
  trendlyne: ({ settings, runtime }) => createTrendlyneProvider({ config: settings.trendlyne, runtime }),
  simulated: ({ settings, runtime, rulebook }) =>
    createSimulatedProvider({
      seed: settings.simulated.seed,
      now: () => runtime.now(),
      ...(rulebook === undefined ? {} : { rulebook }),
    }),
};

/** Under which name a provider's rows are kept: simulated ones say so, and are never those that backtests make for themselves. */
function originOf(id: ProviderId, { simulated }: DataSettings['providers']): Pick<IngestSource, 'source' | 'dataset'> {
  if (id === 'simulated') return { source: 'simulated', dataset: `SIMULATED-provider-seed-${simulated.seed}` };
  return { source: 'recorded', dataset: id };
}

async function tokenOf(context: CommandContext, id: ProviderId): Promise<Secret | null> {
  if (id !== 'upstox' && id !== 'tradingview') return null;
  return (await findSecret(context, `${id}-token`))?.secret ?? null;
}

/** A provider as the settings describe it, switched on or not. */
export async function makeProvider(
  context: CommandContext,
  id: ProviderId,
  { settings, rulebook }: { readonly settings: DataSettings['providers']; readonly rulebook?: Rulebook | undefined },
): Promise<KnownProvider> {
  const runtime = { ...nodeRuntime, now: () => context.io.now() };
  const parts = { settings, runtime, token: await tokenOf(context, id), rulebook };
  return { id, isEnabled: settings[id].enabled, provider: MAKERS[id](parts) };
}

/** A provider by name. @throws SOS_INPUT */
export function providerIdOf(name: string): ProviderId {
  const id = PROVIDER_IDS.find((one) => one === name);
  if (id !== undefined) return id;
  throw new AppError(
    'SOS_INPUT',
    `expected a provider out of ${PROVIDER_IDS.join(', ')}, found "${name}"${didYouMean(name, PROVIDER_IDS)}`,
  );
}

/** The providers to be asked, in order: those that were named, else those of the settings that are switched on. @throws SOS_INPUT, SOS_CONFIG */
export async function sourcesOf(
  context: CommandContext,
  {
    settings,
    named,
    rulebook,
  }: {
    readonly settings: DataSettings['providers'];
    readonly named: readonly string[];
    readonly rulebook?: Rulebook | undefined;
  },
): Promise<IngestSource[]> {
  const ids = named.length > 0 ? named.map(providerIdOf) : settings.order;
  const sources: IngestSource[] = [];
  for (const id of ids) {
    const { isEnabled, provider } = await makeProvider(context, id, { settings, rulebook });
    if (isEnabled) sources.push({ provider, ...originOf(id, settings) });
    else if (named.length > 0)
      throw new AppError('SOS_CONFIG', `expected provider ${id} to be switched on, found it off`, {
        context: { remedy: `Set providers.${id}.enabled to true in sos.config.json.` },
      });
  }
  if (sources.length > 0) return sources;
  throw new AppError('SOS_CONFIG', 'expected a provider that is switched on, found none', {
    context: { remedy: 'See `sos providers`; --provider simulated works without a vendor.' },
  });
}
