import type { MarketSource } from '@sos/backtester';
import type { Underlying } from '@sos/domain';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { FaultScriptInput } from './fault-script.js';
import { FaultMenu } from './faults.js';
import { SimulatedExchange } from './market/simulated-exchange.js';
import type { SimClock } from './sim-clock.js';
import { strikeFault } from './strike-fault.js';
import { RateGuard } from './upstox/rate-guard.js';

/** The settings of a stand-in of a web site. */
export interface SiteServerOptions {
  /** Where its market comes from: the simulated market, or recorded days of the store. */
  readonly market: MarketSource;
  readonly clock: SimClock;
  readonly underlyings?: readonly Underlying[];
  readonly faults?: FaultScriptInput;
  /** Milliseconds of the client's time, which the spacing of requests and the age of cookies are counted in; the real one when left out. */
  readonly elapsed?: () => number;
}

/** A running stand-in of a web site. */
export interface SiteServer {
  /** Listens on this machine and tells its address, `http://127.0.0.1:41234`. */
  listen(port?: number): Promise<string>;
  /** What clients did wrong and what faults did to them so far; `refusals` are requests without a session of the site. */
  report(): { readonly rateLimitBreaches: number; readonly faultsStruck: number; readonly refusals: number };
  close(): Promise<void>;
}

/** How a site treats its visitors. */
export interface Site {
  /** Least time between two requests of any kind. */
  readonly minIntervalMs: number;
  /** The status with which a request is refused, null when it is welcome. */
  refuses(request: FastifyRequest): number | null;
  routes(app: FastifyInstance, exchange: SimulatedExchange): void;
}

const DENIED = '<html><head><title>Access Denied</title></head><body>Access Denied</body></html>';

/** A server for one site with the faults of a script. */
export function createSiteServer(options: SiteServerOptions, site: Site): SiteServer {
  const { market, clock, underlyings = ['NIFTY', 'BANKNIFTY'] } = options;
  const faults = new FaultMenu(options.faults ?? {});
  const exchange = new SimulatedExchange(market, clock, underlyings);
  const spacing = new RateGuard(options.elapsed ?? (() => performance.now()), [{ calls: 1, ms: site.minIntervalMs }]);
  let refusals = 0;
  const app = fastify({ routerOptions: { maxParamLength: 200 } });
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    // A site counts every request, also one that it then fails to answer.
    const isTooFast = !spacing.admits('site');
    const fault = faults.onRequest(decodeURIComponent(path), exchange.now());
    if (fault !== null) await strikeFault(fault, reply.type('text/html'), DENIED);
    if (reply.sent || reply.raw.destroyed) return reply;
    const status = isTooFast ? 429 : site.refuses(request);
    if (status === null) return undefined;
    if (!isTooFast) refusals++;
    return reply.status(status).type('text/html').send(DENIED);
  });
  site.routes(app, exchange);
  return {
    listen: (port = 0) => app.listen({ host: '127.0.0.1', port }),
    report: () => ({ rateLimitBreaches: spacing.breaches, faultsStruck: faults.struck, refusals }),
    close: () => app.close(),
  };
}

/** The cookies of a request by name. */
export function cookiesOf({ headers }: FastifyRequest): ReadonlyMap<string, string> {
  const pairs = (headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
  return new Map(pairs.map(([name = '', value = '']) => [name, value]));
}

/** True for a request whose headers look like those of a browser. */
export function looksLikeBrowser({ headers }: FastifyRequest): boolean {
  return (headers['user-agent'] ?? '').startsWith('Mozilla/') && headers['accept-language'] !== undefined;
}
