import * as contracts from '@sos/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { testServer } from '../fixtures/test-server.js';

const LOCAL = { host: '127.0.0.1:8640' };
const Document = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.unknown()) }))),
  components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }),
});

let app: FastifyInstance;
beforeEach(async () => {
  app = await testServer();
});
afterEach(() => app.close());

const document = async () => {
  const answer = await app.inject({ url: '/docs/openapi.json', headers: LOCAL });
  expect(answer.statusCode).toBe(200);
  return { ...Document.parse(answer.json()), body: answer.body };
};

test('every route is in the document, with what it answers when it fails', async () => {
  const { paths } = await document();
  const routes = Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map((verb) => `${verb} ${path}`));
  expect(routes.sort()).toEqual([
    'get /api/backtests/{jobId}',
    'get /api/chain',
    'get /api/data',
    'get /api/data/coverage',
    'get /api/day',
    'get /api/days',
    'get /api/gates',
    'get /api/gates/{id}/day',
    'get /api/health',
    'get /api/runs',
    'get /api/runs/{runId}',
    'get /healthz',
    'get /metrics',
    'get /readyz',
    'post /api/backtests',
    'post /api/gates/check',
  ]);
  for (const item of Object.values(paths))
    for (const { responses } of Object.values(item))
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '4XX', '5XX']));
});

test('schemas are those of the contracts, by their names, and every reference leads to one', async () => {
  const { body, components } = await document();
  const references = [...body.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');
  expect(references.length).toBeGreaterThan(50);
  expect(references.filter((name) => !(name in components.schemas))).toEqual([]);
  expect(Object.keys(components.schemas).filter((name) => !(name in contracts))).toEqual([]);
  expect(components.schemas['JobView']).toMatchObject({
    type: 'object',
    properties: { state: { type: 'string', enum: ['running', 'done', 'failed', 'cancelled'] } },
  });
});

test('the page shows every route without a script, and fetches nothing from elsewhere', async () => {
  const page = await app.inject({ url: '/docs', headers: LOCAL });
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(page.body).not.toMatch(/<script|style="|https?:\/\//);
  expect(page.body).toContain('<b>POST</b> /api/backtests');
  for (const [, address = ''] of page.body.matchAll(/(?:href|src)="(\/[^"]*)"/g))
    expect([address, (await app.inject({ url: address, headers: LOCAL })).statusCode]).toEqual([address, 200]);
  const anchors = [...page.body.matchAll(/href="#([^"]+)"/g)].map(([, id = '']) => id);
  expect(anchors.filter((id) => !page.body.includes(`id="${id}"`))).toEqual([]);
});
