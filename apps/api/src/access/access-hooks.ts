import { AppError, isAppError } from '@sos/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { routeOf } from '../metrics/server-metrics.js';
import { withoutSecrets, type AuditEntry, type AuditLog } from './audit-log.js';
import type { GateKeeper } from './gate-keeper.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, for the audit log. */
    who: string;
  }
}

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
const HEADERS = {
  'content-security-policy': CSP,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);
const ALIVE = '/healthz';
/** The header of a change that has no JSON body: a form of another site can send neither. */
const CHANGE_HEADER = 'x-sos-request';

const isChange = (request: FastifyRequest): boolean => !READS.has(request.method);

// By the address as it was declared, never as it was typed: `/%61pi/runs` is another way to write `/api/runs`.
const PUBLIC_ROUTES: ReadonlySet<string | undefined> = new Set([undefined, '/', '/*']);

/** The built pages, and addresses that are nothing: they hold nothing of the user's. */
const isPublic = (request: FastifyRequest): boolean =>
  !isChange(request) && PUBLIC_ROUTES.has(request.routeOptions.url);

// A browser lets a page of another site send forms without asking, but neither JSON nor a header of its own.
function refuseForms(request: FastifyRequest): void {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json' || request.headers[CHANGE_HEADER] !== undefined) return;
  throw new AppError(
    'SOS_INPUT',
    `expected a change as application/json or with the header ${CHANGE_HEADER}, found ${type || 'neither'}`,
    {
      context: { status: 415 },
    },
  );
}

function retryAfter(error: unknown): number | null {
  const seconds = isAppError(error) ? error.context['retryAfterSeconds'] : undefined;
  return typeof seconds === 'number' ? seconds : null;
}

/** What the hooks need. */
export interface AccessHooks {
  readonly keeper: GateKeeper;
  /** Left out, nothing is kept of commands. */
  readonly audit: AuditLog | null;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Headers, access and the audit log of every request. */
export function addAccessHooks(app: FastifyInstance, { keeper, audit, now }: AccessHooks): void {
  app.decorateRequest('who', 'nobody');
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(HEADERS).header('x-request-id', request.id);
    // A monitor knows no name of the server; the answer says no more than that the process is up.
    if (request.routeOptions.url === ALIVE) return;
    admit(keeper, request, reply);
    if (isChange(request)) refuseForms(request);
  });
  if (audit === null) return;
  const entry = (request: FastifyRequest, rest: Pick<AuditEntry, 'stage' | 'status' | 'body'>): AuditEntry => ({
    at: new Date(now()).toISOString(),
    requestId: request.id,
    address: request.ip,
    who: request.who,
    method: request.method,
    route: routeOf(request),
    ...rest,
  });
  // Before it is done: what cannot be kept is not done.
  app.addHook('preHandler', async (request) => {
    if (isChange(request))
      await audit.write(entry(request, { stage: 'asked', status: null, body: withoutSecrets(request.body) }));
  });
  app.addHook('onResponse', async (request, reply) => {
    if (isChange(request))
      await audit.write(entry(request, { stage: 'answered', status: reply.statusCode, body: null }));
  });
}

function admit(keeper: GateKeeper, request: FastifyRequest, reply: FastifyReply): void {
  const { headers, ip: address } = request;
  try {
    request.who = keeper.admit({
      headers,
      address,
      errand: isChange(request) ? 'changes' : 'reads',
      isPublic: isPublic(request),
    });
  } catch (error) {
    const seconds = retryAfter(error);
    if (seconds !== null) void reply.header('retry-after', String(seconds));
    throw error;
  }
}
