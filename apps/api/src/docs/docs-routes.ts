import type { FastifyInstance } from 'fastify';
import { docsPage, DOCS_STYLE } from './docs-page.js';

const HIDDEN = { schema: { hide: true } };

/** `GET /docs`, `GET /docs/openapi.json`: what the server answers, for machines and for people; nothing of it is fetched from elsewhere. */
export function docsRoutes(app: FastifyInstance): void {
  let page: string | null = null;
  app.get('/docs/openapi.json', HIDDEN, async () => app.swagger());
  app.get('/docs/page.css', HIDDEN, async (_request, reply) => reply.type('text/css; charset=utf-8').send(DOCS_STYLE));
  app.get('/docs', HIDDEN, async (_request, reply) => {
    page ??= docsPage(app.swagger());
    return reply.type('text/html; charset=utf-8').send(page);
  });
}
