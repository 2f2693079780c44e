import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import { Health } from '@sos/contracts';
import { AppError, isAppError, type ErrorKind } from '@sos/domain';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { WebSocketServer } from 'ws';
import { serveReplay } from './replay/replay-socket.js';
import type { ResearchData } from './research-data.js';
import { dayRoutes } from './routes/day.js';
import { runRoutes } from './routes/runs.js';

const CSP =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'";
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

export interface ServerOptions {
  readonly data: ResearchData;
  readonly version: string;
  /** Folder of the built dashboard; left out, only the API is served. */
  readonly webRoot?: string;
}

// A page of another site may reach this port from the user's browser: DNS rebinding shows as a foreign Host, cross-site use as a foreign Origin.
function isLocal(request: { headers: { host?: string | undefined; origin?: string | undefined } }): boolean {
  const { host, origin } = request.headers;
  if (host === undefined || !LOCAL_HOST.test(host)) return false;
  return origin === undefined || origin === `http://${host}`;
}

function answerError(error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  if (isAppError(error)) {
    const notFound = error.code === 'SOS_NO_DATA' || error.code === 'SOS_UNKNOWN_RUN';
    void reply.status(notFound ? 404 : STATUS[error.kind]).send({ code: error.code, message: error.message });
    return;
  }
  const validation = error instanceof Error && 'validation' in error;
  void reply
    .status(validation ? 400 : 500)
    .send(
      validation
        ? { code: 'SOS_INPUT', message: error.message }
        : { code: 'SOS_INVARIANT', message: 'expected an answer, found an internal error: see the server log' },
    );
}

function attachSocket(app: FastifyInstance, data: ResearchData): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 16_384 });
  app.server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/api/stream' || !isLocal(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => serveReplay(client, data));
  });
  app.addHook('onClose', () => {
    for (const client of sockets.clients) client.close(1001);
    sockets.close();
  });
}

/** The HTTP and WebSocket server; binds nothing by itself. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({ logger: false, bodyLimit: 65_536, forceCloseConnections: true });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'content-security-policy': CSP,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    if (!isLocal(request))
      throw new AppError('SOS_AUTH', 'expected a request from this machine to localhost, found another host or origin');
  });
  app.get('/api/health', { schema: { response: { 200: Health } } }, async () => ({
    status: 'ok',
    version: options.version,
    mode: 'research',
  }));
  runRoutes(app, options.data);
  dayRoutes(app, options.data);
  attachSocket(app, options.data);
  if (options.webRoot !== undefined && existsSync(options.webRoot))
    await app.register(fastifyStatic, { root: options.webRoot });
  return app;
}
