import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import { Health, type SettingView } from '@sos/contracts';
import { isAppError, type AppError, type ErrorKind } from '@sos/domain';
import { ENGINE_VERSION } from '@sos/engine';
import { LAST_REVIEWED, RULEBOOK_VERSION } from '@sos/rulebook';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { addAccessHooks } from './access/access-hooks.js';
import { LOCAL_ACCESS, type AccessRules } from './access/access-rules.js';
import type { AuditLog } from './access/audit-log.js';
import { GateKeeper, type AccessRates } from './access/gate-keeper.js';
import { docsRoutes } from './docs/docs-routes.js';
import { collectRoutes } from './docs/openapi.js';
import type { GateLibrary } from './gates/gate-library.js';
import { healthRoutes } from './health/health-routes.js';
import { Readiness, type ReadinessProbe } from './health/readiness.js';
import { JobDesk, type StartJob } from './jobs/job-desk.js';
import { logRequests, requestId } from './logging/log-requests.js';
import { DayShelf } from './market/day-shelf.js';
import { Markets } from './market/markets.js';
import { ServerMetrics, single } from './metrics/server-metrics.js';
import { WALL_TIMER, type ReplayTimer } from './replay/replay-timer.js';
import { SessionTable } from './replay/session-table.js';
import type { ResearchData } from './research-data.js';
import { chainRoutes } from './routes/chain.js';
import { dayRoutes } from './routes/day.js';
import { gateRoutes } from './routes/gates.js';
import { runRoutes } from './routes/runs.js';
import { storedDataRoutes } from './routes/stored-data.js';
import type { PipeLimits } from './socket/client-pipe.js';
import { StreamServer } from './socket/stream-server.js';

const MOST_BODY_BYTES = 131_072;
const REQUEST_TIMEOUT_MS = 60_000;
const STATUS: Record<ErrorKind, number> = {
  ConfigError: 503,
  InputError: 400,
  DataError: 422,
  NetworkError: 502,
  AuthError: 401,
  OutcomeUnknown: 500,
  InvariantViolation: 500,
};

/** What a server is made of. */
export interface ServerOptions {
  readonly data: ResearchData;
  readonly gates: GateLibrary;
  /** How backtests of the form are run. */
  readonly startJob: StartJob;
  readonly version: string;
  /** The settings in force, for people. */
  readonly settings?: readonly SettingView[];
  /** Folder of the built dashboard; left out, only the API is served. */
  readonly webRoot?: string;
  readonly timer?: ReplayTimer;
  readonly now?: () => number;
  /** Who is let in; this machine's users when left out. */
  readonly access?: AccessRules | undefined;
  readonly rates?: AccessRates | undefined;
  /** Where commands are kept; left out, they are not. */
  readonly audit?: AuditLog | undefined;
  readonly logger?: FastifyBaseLogger | undefined;
  /** What must be usable before the server says that it is ready. */
  readonly probes?: Readonly<Record<string, ReadinessProbe>> | undefined;
  /** How long a running backtest may go on when the server ends. */
  readonly jobGraceMs?: number | undefined;
  readonly pipeLimits?: PipeLimits | undefined;
}

const NOT_FOUND: ReadonlySet<string> = new Set(['SOS_NO_DATA', 'SOS_UNKNOWN_RUN', 'SOS_UNKNOWN_GATE']);

function statusOf(error: AppError): number {
  if (error.code === 'SOS_RATE_LIMIT') return 429;
  if (NOT_FOUND.has(error.code)) return 404;
  const { status } = error.context;
  return typeof status === 'number' ? status : STATUS[error.kind];
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (isAppError(error)) {
    const status = statusOf(error);
    if (status >= 500) request.log.error({ err: error }, 'failed');
    void reply.status(status).send({ code: error.code, message: error.message });
    return;
  }
  // Fastify's own refusals (a broken body, too much of it) name a status below 500 and are the client's.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (error instanceof Error && status >= 400 && status < 500) {
    void reply.status(status).send({ code: 'SOS_INPUT', message: error.message });
    return;
  }
  request.log.error({ err: error }, 'failed');
  const message = `expected an answer, found an internal error: see the server log, request ${request.id}`;
  void reply.status(500).send({ code: 'SOS_INVARIANT', message });
}

// Every page has an address of its own, and all of them are the one document.
async function servePages(app: FastifyInstance, webRoot: string): Promise<void> {
  await app.register(fastifyStatic, { root: webRoot });
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' && !request.url.startsWith('/api/') && !/\.[a-z0-9]+($|\?)/.test(request.url);
    if (isPage) return reply.sendFile('index.html');
    return reply.status(404).send({ code: 'SOS_INPUT', message: `expected a known address, found ${request.url}` });
  });
}

function addGauges({ registry }: ServerMetrics, jobs: JobDesk, sessions: SessionTable): void {
  registry.gauge('sos_replay_sessions', 'Replays that are open, with or without a client.', () =>
    single(sessions.size),
  );
  registry.gauge('sos_jobs', 'Backtests of this server by state; the last 50 are kept.', () =>
    Object.entries(jobs.counts()).map(([state, value]) => ({ labels: { state }, value })),
  );
}

function healthOf({ gates, version, settings = [] }: ServerOptions): Health {
  return {
    status: 'ok',
    version,
    mode: 'research',
    rulebookVersion: RULEBOOK_VERSION,
    rulebookReviewed: LAST_REVIEWED,
    engineVersion: ENGINE_VERSION,
    gates: gates.cards.length,
    settings: [...settings],
  };
}

function newApp(logger: FastifyBaseLogger | undefined): FastifyInstance {
  const app = fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  // A form of another site can send plain text without asking.
  app.removeContentTypeParser('text/plain');
  return app;
}

interface Closing {
  readonly readiness: Readiness;
  readonly jobs: JobDesk;
  readonly jobGraceMs: number;
  readonly stream: StreamServer;
  readonly sessions: SessionTable;
}

// Before the listening socket closes: monitors hear that no more should be sent here, jobs end, clients are told.
function endInOrder(app: FastifyInstance, { readiness, jobs, jobGraceMs, stream, sessions }: Closing): void {
  app.addHook('preClose', async () => {
    readiness.stop();
    await jobs.close(jobGraceMs);
    await stream.close();
    sessions.endAll();
  });
}

/** The HTTP and WebSocket server; binds nothing by itself. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { data, gates, version, webRoot, timer = WALL_TIMER, now = Date.now } = options;
  const { access = LOCAL_ACCESS, rates, audit = null, probes = {}, jobGraceMs = 0 } = options;
  const markets = new Markets(data);
  const parts = { data, gates, markets, shelf: new DayShelf(markets), jobs: new JobDesk(options.startJob), now };
  const app = newApp(options.logger);
  const metrics = new ServerMetrics();
  const keeper = new GateKeeper(access, rates);
  const readiness = new Readiness(probes, now);
  const sessions = new SessionTable(timer);
  metrics.watch(app);
  logRequests(app);
  addAccessHooks(app, { keeper, audit, now });
  addGauges(metrics, parts.jobs, sessions);
  await collectRoutes(app, version);
  const health = healthOf(options);
  app.get('/api/health', { schema: { response: { 200: Health } } }, async () => health);
  for (const routes of [runRoutes, dayRoutes, chainRoutes, gateRoutes, storedDataRoutes]) routes(app, parts);
  healthRoutes(app, readiness, metrics);
  docsRoutes(app);
  const desk = { shelf: parts.shelf, gates, sessions, timer };
  const stream = new StreamServer(app, { parts, desk, keeper, metrics, limits: options.pipeLimits });
  endInOrder(app, { readiness, jobs: parts.jobs, jobGraceMs, stream, sessions });
  if (webRoot !== undefined && existsSync(webRoot)) await servePages(app, webRoot);
  return app;
}
