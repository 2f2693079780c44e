import type { FastifyReply } from 'fastify';
import type { RestFault } from './faults.js';

/** Lets a fault befall a request; after a delay the request goes on. @param body what the vendor would send with an error status */
export async function strikeFault(fault: RestFault, reply: FastifyReply, body: object | string): Promise<void> {
  switch (fault.fault) {
    case 'status':
      if (fault.retryAfterSeconds !== undefined) reply.header('Retry-After', String(fault.retryAfterSeconds));
      await reply.status(fault.status).send(body);
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
