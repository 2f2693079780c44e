import { formatIst } from '@sos/domain';
import { PROVIDER_IDS, type Provider, type ProviderSession } from '@sos/market-data';
import type { CommandContext } from '../commands/command-context.js';
import { loadConfig } from '../config/load-config.js';
import { renderTable } from '../render/table.js';
import { makeProvider, type KnownProvider } from './provider-registry.js';

const SECOND = 1_000;

function stateOf(isEnabled: boolean, { state, expiresAt }: ProviderSession): string {
  if (!isEnabled) return 'off';
  if (state === 'not-needed') return 'ready';
  if (state === 'valid') return expiresAt === null ? 'logged in' : `logged in until ${formatIst(expiresAt)} IST`;
  return state === 'expired' ? 'login expired' : 'not logged in';
}

const ABILITIES: readonly (readonly [keyof Provider, string])[] = [
  ['chain', 'chain now'],
  ['openInterest', 'open interest'],
  ['buildups', 'buildups'],
  ['quotes', 'quotes'],
  ['feed', 'live feed'],
  ['instruments', 'instruments'],
  ['indexQuotes', 'all indices'],
  ['marketBreadth', 'breadth'],
  ['holidays', 'holidays'],
];

function abilitiesOf(provider: Provider): string[] {
  const { candles, candlesSince, expiredContracts } = provider.capabilities;
  const bars = candles.length === 0 ? [] : [`1-minute bars of ${candles.join(', ')}`];
  const since = candlesSince === null || candles.length === 0 ? [] : [`since ${candlesSince}`];
  const over = expiredContracts ? ['expired contracts'] : [];
  return [...bars, ...since, ...over, ...ABILITIES.flatMap(([name, word]) => (name in provider ? [word] : []))];
}

function limitsOf({ capabilities }: Provider): string[] {
  const { rateLimits, candles, candleDaysPerRequest, feedInstruments } = capabilities;
  const rates = rateLimits.map(({ calls, ms }) => `${calls} calls in ${ms / SECOND} s`);
  const days = candles.length === 0 ? [] : [`${candleDaysPerRequest} days per request`];
  return [...rates, ...days, ...(feedInstruments === 0 ? [] : [`${feedInstruments} instruments live`])];
}

function nextStepOf({ id, isEnabled, provider }: KnownProvider): string {
  if (!isEnabled) return `set providers.${id}.enabled to true`;
  return provider.session().nextStep ?? '';
}

/** `sos providers`: each provider with state, what it can do, within which limits, and what to do next. */
export async function listProviders(
  context: CommandContext,
  { json = false }: { readonly json?: boolean },
): Promise<void> {
  const { settings } = loadConfig(context.io);
  const known = await Promise.all(
    PROVIDER_IDS.map((id) => makeProvider(context, id, { settings: settings.providers })),
  );
  const order: readonly string[] = settings.providers.order;
  const told = known.map((one) => {
    const session = one.provider.session();
    const place = order.indexOf(one.id);
    return {
      provider: one.id,
      place: one.isEnabled && place >= 0 ? place + 1 : null,
      state: stateOf(one.isEnabled, session),
      can: abilitiesOf(one.provider),
      limits: limitsOf(one.provider),
      nextStep: nextStepOf(one),
    };
  });
  if (json) return context.print(JSON.stringify(told, null, 2));
  const columns = ['Provider', 'Asked as', 'State', 'Can', 'Limits', 'Next step'].map((name) => ({ name }));
  const rows = told.map((one) => [
    one.provider,
    one.place === null ? 'by name' : String(one.place),
    one.state,
    one.can.join('\n'),
    one.limits.join('\n'),
    one.nextStep,
  ]);
  context.print(renderTable(columns, rows));
}
