import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Sends JSON packed as the site's content network does: with the best packing that the client names. */
export function sendPacked(request: FastifyRequest, reply: FastifyReply, answer: object): FastifyReply {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const text = JSON.stringify(answer);
  reply.type('application/json; charset=utf-8').header('Vary', 'Accept-Encoding');
  if (/\bbr\b/.test(accepted)) return reply.header('Content-Encoding', 'br').send(brotliCompressSync(text));
  if (/\bgzip\b/.test(accepted)) return reply.header('Content-Encoding', 'gzip').send(gzipSync(text));
  return reply.send(text);
}
