import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MetricRegistry, type Counter, type Histogram, type Sample } from './metric-registry.js';

const LATENCY_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const BEAT_MS = 10;
const QUANTILES = [50, 99];
const S_PER_NS = 1e-9;

/** The address as it was declared (`/api/runs/:runId`), so that what a user types makes no new series. */
export const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'unmatched';

/** One sample without labels. */
export const single = (value: number): readonly Sample[] => [{ labels: {}, value }];

/** What this server counts. */
export class ServerMetrics {
  readonly registry = new MetricRegistry();
  /** Messages that went out on sockets. */
  readonly sent: Counter;
  /** Messages left out because a client did not read fast enough. */
  readonly trimmed: Counter;
  /** Clients whose connection was ended by the server, by reason. */
  readonly cut: Counter;
  readonly #requests: Counter;
  readonly #latency: Histogram;
  readonly #delay = monitorEventLoopDelay({ resolution: BEAT_MS });

  constructor() {
    const { registry } = this;
    this.#requests = registry.counter('sos_http_requests_total', 'Answers by method, route and status.');
    this.#latency = registry.histogram(
      'sos_http_request_duration_seconds',
      'Time from the request to the end of the answer.',
      LATENCY_SECONDS,
    );
    this.sent = registry.counter('sos_socket_messages_sent_total', 'Messages that were sent on sockets.');
    this.trimmed = registry.counter(
      'sos_socket_messages_trimmed_total',
      'Messages left out because the client did not read; it was told the newest state instead.',
    );
    this.cut = registry.counter('sos_socket_clients_cut_total', 'Sockets that the server ended, by reason.');
    registry.gauge('sos_event_loop_delay_seconds', 'Delay of the event loop since the last reading.', () =>
      this.#delays(),
    );
    registry.gauge('process_resident_memory_bytes', 'Resident memory.', () => single(process.memoryUsage.rss()));
    registry.gauge('process_uptime_seconds', 'Age of the process.', () => single(process.uptime()));
  }

  /** Counts every answer of a server, and measures its event loop until it closes. */
  watch(app: FastifyInstance): void {
    this.#delay.enable();
    app.addHook('onClose', async () => void this.#delay.disable());
    app.addHook('onResponse', async (request, reply) => {
      const route = routeOf(request);
      this.#requests.add({ method: request.method, route, status: String(reply.statusCode) });
      this.#latency.observe({ route }, reply.elapsedTime / 1_000);
    });
  }

  #delays(): Sample[] {
    const delay = this.#delay;
    // The monitor measures from one of its own beats to the next: what is longer than a beat is delay.
    const seconds = (ns: number): number =>
      delay.count === 0 ? Number.NaN : Math.max(0, ns * S_PER_NS - BEAT_MS / 1_000);
    const quantiles = QUANTILES.map((p) => ({
      labels: { quantile: String(p / 100) },
      value: seconds(delay.percentile(p)),
    }));
    const all = [...quantiles, { labels: { quantile: '1' }, value: seconds(delay.max) }];
    delay.reset();
    return all;
  }
}
