import type { FastifyReply } from 'fastify';
import type { RestFault } from './fault-script.js';

/** Lets a fault befall a request; after a delay the request goes on. @param body what the vendor would send with an error status */
export async function strikeFault(fault: RestFault, reply: FastifyReply, body: object | string): Promise<void> {
  switch (fault.fault) {
    case 'status':
      if (fault.retryAfterSeconds !== undefined) reply.header('Retry-After', String(fault.retryAfterSeconds));
      await reply.status(fault.status).send(body);
      return;
    case 'hang':
      reply.hijack();
      await new Promise<void>((resolve) => reply.raw.once('close', () => resolve()));
      return;
    case 'drop':
      reply.hijack();
      reply.raw.destroy();
      return;
    case 'truncate':
      reply.hijack();
      reply.raw.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '5000' });
      reply.raw.write('{"status":"success","data":{"candles":[["2026-');
      setImmediate(() => reply.raw.destroy());
      return;
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
  }
}

// The answer of a request that gets none.
const NEVER = new Promise<never>(() => undefined);

/** Lets a fault befall the answer to a request that was carried out, and returns what is sent instead. */
export async function strikeAnswer(
  fault: RestFault,
  reply: FastifyReply,
  { payload, body }: { readonly payload: unknown; readonly body: object },
): Promise<unknown> {
  switch (fault.fault) {
    case 'status':
      if (fault.retryAfterSeconds !== undefined) reply.header('Retry-After', String(fault.retryAfterSeconds));
      reply.status(fault.status);
      return JSON.stringify(body);
    case 'hang':
      return NEVER;
    case 'drop':
      reply.raw.destroy();
      return NEVER;
    case 'truncate':
      reply.raw.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '5000' });
      reply.raw.write(String(payload).slice(0, 20));
      setImmediate(() => reply.raw.destroy());
      return NEVER;
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return payload;
  }
}
