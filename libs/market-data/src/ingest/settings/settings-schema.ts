import { z } from 'zod';
import { NseConfig } from '../../providers/nse/nse-config.js';
import { TrendlyneConfig } from '../../providers/trendlyne/trendlyne-config.js';
import { UPSTOX_HOSTS } from '../../providers/upstox/upstox-config.js';

/** The providers that a settings file may name. */
export const PROVIDER_IDS = ['upstox', 'tradingview', 'nse', 'trendlyne', 'simulated'] as const;

/** The short name of a provider. */
export type ProviderId = (typeof PROVIDER_IDS)[number];

const address = z.url({ protocol: /^(https?|wss?)$/ });
const switchedOn = z.boolean().default(true);

const Upstox = z.strictObject({
  enabled: switchedOn,
  /** Key of the app that the user registered; no secret. */
  apiKey: z.string().min(1).nullable().default(null),
  /** Equal to the app's registered redirect address, letter by letter. */
  redirectUri: z.url().default('http://127.0.0.1:8641/upstox'),
  api: address.default(UPSTOX_HOSTS.api),
  assets: address.default(UPSTOX_HOSTS.assets),
});

const Providers = z.strictObject({
  /** Who is asked first, and who next when something is missing. Simulated prices never fill real ones: they are asked for by name only. */
  order: z
    .array(z.enum(['upstox', 'tradingview']))
    .min(1)
    .default(['upstox', 'tradingview']),
  upstox: Upstox.prefault({}),
  tradingview: z.strictObject({ enabled: switchedOn }).prefault({}),
  nse: NseConfig.extend({ enabled: switchedOn }).prefault({}),
  trendlyne: TrendlyneConfig.prefault({}),
  simulated: z.strictObject({ enabled: switchedOn, seed: z.number().int().default(1) }).prefault({}),
});

const Ingest = z.strictObject({
  /** Strikes on either side of each day's path. */
  strikeBand: z.number().int().min(0).max(100).default(10),
  /** Nearest expiries of each day, besides the nearest monthly one. */
  expiries: z.number().int().min(1).max(12).default(2),
});

const Coverage = z.strictObject({
  /** Share of a backtest's universe that may be missing, percent. */
  maxMissingPercent: z.number().min(0).max(100).default(0.5),
  /** Strikes on either side of each day's path that belong to the universe. */
  strikes: z.number().int().min(0).max(50).default(2),
  /** Minutes for which a page of the option chain stands; backtests take the age up to which their gates read it. */
  pageMinutes: z.number().min(1).max(375).default(10),
});

/** `sos.config.json`: everything may be left out, and nothing may be added. */
export const SettingsSchema = z.strictObject({
  /** Folder of database, runs and secrets; below the settings file unless it is absolute. */
  dataDir: z.string().min(1).nullable().default(null),
  /** Folder of gate files. */
  strategies: z.string().min(1).nullable().default(null),
  providers: Providers.prefault({}),
  ingest: Ingest.prefault({}),
  coverage: Coverage.prefault({}),
});

/** The settings of `sos.config.json`, with every default filled in. */
export type DataSettings = z.output<typeof SettingsSchema>;
