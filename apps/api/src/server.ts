import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import { Health, SOCKET_VERSION, type SettingView } from '@sos/contracts';
import { AppError, isAppError, type ErrorKind } from '@sos/domain';
import { ENGINE_VERSION } from '@sos/engine';
import { LAST_REVIEWED, RULEBOOK_VERSION } from '@sos/rulebook';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { WebSocketServer, type WebSocket } from 'ws';
import type { GateLibrary } from './gates/gate-library.js';
import { JobDesk, type StartJob } from './jobs/job-desk.js';
import { DayShelf } from './market/day-shelf.js';
import { Markets } from './market/markets.js';
import { serveReplay } from './replay/replay-socket.js';
import { WALL_TIMER, type ReplayTimer } from './replay/replay-timer.js';
import { SessionTable } from './replay/session-table.js';
import type { ResearchData } from './research-data.js';
import { chainRoutes } from './routes/chain.js';
import { dayRoutes } from './routes/day.js';
import { gateRoutes } from './routes/gates.js';
import { runRoutes } from './routes/runs.js';
import { storedDataRoutes } from './routes/stored-data.js';
import type { ServerParts } from './server-parts.js';

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
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
}

// A page of another site may reach this port from the user's browser: DNS rebinding shows as a foreign Host, cross-site use as a foreign Origin.
function isLocal(request: { headers: { host?: string | undefined; origin?: string | undefined } }): boolean {
  const { host, origin } = request.headers;
  if (host === undefined || !LOCAL_HOST.test(host)) return false;
  return origin === undefined || origin === `http://${host}`;
}

function answerError(error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  if (isAppError(error)) {
    const notFound = ['SOS_NO_DATA', 'SOS_UNKNOWN_RUN', 'SOS_UNKNOWN_GATE'].includes(error.code);
    void reply.status(notFound ? 404 : STATUS[error.kind]).send({ code: error.code, message: error.message });
    return;
  }
  // Fastify's own refusals (a broken body, too much of it) name a status below 500 and are the client's.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const isClients = status >= 400 && status < 500;
  void reply
    .status(isClients ? status : 500)
    .send(
      isClients && error instanceof Error
        ? { code: 'SOS_INPUT', message: error.message }
        : { code: 'SOS_INVARIANT', message: 'expected an answer, found an internal error: see the server log' },
    );
}

function attachSocket(app: FastifyInstance, { shelf, gates, jobs }: ServerParts, timer: ReplayTimer): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 16_384 });
  const sessions = new SessionTable(timer);
  const sayJob = (client: WebSocket) =>
    jobs.follow((job) => client.send(JSON.stringify({ v: SOCKET_VERSION, seq: 0, type: 'job', job })));
  app.server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/api/stream' || !isLocal(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.once('close', sayJob(client));
      serveReplay(client, { shelf, gates, sessions, timer });
    });
  });
  app.addHook('onClose', () => {
    sessions.endAll();
    jobs.close();
    for (const client of sockets.clients) client.terminate();
    sockets.close();
  });
}

function guard(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'content-security-policy': CSP,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    if (!isLocal(request))
      throw new AppError('SOS_AUTH', 'expected a request from this machine to localhost, found another host or origin');
  });
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

/** The HTTP and WebSocket server; binds nothing by itself. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { data, gates, version, settings = [], webRoot, timer = WALL_TIMER, now = Date.now } = options;
  const markets = new Markets(data);
  const parts = { data, gates, markets, shelf: new DayShelf(markets), jobs: new JobDesk(options.startJob), now };
  const app = fastify({ logger: false, bodyLimit: 131_072, forceCloseConnections: true });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  guard(app);
  const health: Health = {
    status: 'ok',
    version,
    mode: 'research',
    rulebookVersion: RULEBOOK_VERSION,
    rulebookReviewed: LAST_REVIEWED,
    engineVersion: ENGINE_VERSION,
    gates: gates.cards.length,
    settings: [...settings],
  };
  app.get('/api/health', { schema: { response: { 200: Health } } }, async () => health);
  for (const routes of [runRoutes, dayRoutes, chainRoutes, gateRoutes, storedDataRoutes]) routes(app, parts);
  attachSocket(app, parts, timer);
  if (webRoot !== undefined && existsSync(webRoot)) await servePages(app, webRoot);
  return app;
}
