import fastifySwagger from '@fastify/swagger';
import * as contracts from '@sos/contracts';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';

const DESCRIPTION = [
  'Data, backtests, gates and replay of SOS. Times are epoch milliseconds, money is integer paise, quantities are units, unknown is null.',
  'The stream is a WebSocket at /api/stream: a client sends ClientMessage, the server ServerMessage (see the schemas).',
  'On another address than 127.0.0.1 every request carries a token: Authorization: Bearer, or the subprotocol sos.token.<token> on the socket.',
].join('\n\n');

/** The schemas of the wire by their names in `@sos/contracts`, so that the document refers to them instead of repeating them; those of queries become parameters. */
function namedSchemas() {
  const registry = z.registry<{ id: string }>();
  for (const [id, value] of Object.entries(contracts))
    if (value instanceof z.ZodType && !id.endsWith('Query') && !registry.has(value)) registry.add(value, { id });
  return registry;
}

/** Says of every route what it answers when it fails. */
function declareFailures(route: RouteOptions): void {
  const { schema } = route;
  if (schema === undefined || schema.hide === true) return;
  const answers = typeof schema.response === 'object' && schema.response !== null ? schema.response : {};
  route.schema = { ...schema, response: { '4xx': contracts.Failure, '5xx': contracts.Failure, ...answers } };
}

/** What is sent and what is answered have one shape each: a second copy of every schema for requests says nothing. */
function withoutCopies(document: object): object {
  const text = JSON.stringify(document).replace(/(#\/components\/schemas\/\w+)Input"/g, '$1"');
  const parsed = JSON.parse(text) as { components?: { schemas?: Record<string, unknown> } };
  const { schemas = {} } = parsed.components ?? {};
  for (const name of Object.keys(schemas)) if (name.endsWith('Input')) delete schemas[name];
  return parsed;
}

/** Collects the routes that are added from now on into an OpenAPI 3.1 document. */
export async function collectRoutes(app: FastifyInstance, version: string): Promise<void> {
  app.addHook('onRoute', declareFailures);
  const schemaRegistry = namedSchemas();
  const named = createJsonSchemaTransformObject({ schemaRegistry });
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'SOS', version, description: DESCRIPTION, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: '/' }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{}, { token: [] }],
    },
    transform: createJsonSchemaTransform({ schemaRegistry }),
    transformObject: (document) => withoutCopies(named(document)),
  });
}
