import type { FastifyInstance } from 'fastify';
import type { TokenOffice } from './token-office.js';
import { UpstoxError } from './upstox-error.js';

type Query = Readonly<Record<string, string | undefined>>;

/** The app that the stand-in knows. */
export interface SimulatedApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** OAuth of the vendor; the user is taken to have allowed the app. */
export function loginRoutes(app: FastifyInstance, office: TokenOffice, known: SimulatedApp): void {
  app.get<{ Querystring: Query }>('/v2/login/authorization/dialog', ({ query }, reply) => {
    const { client_id: client, redirect_uri: redirect = '', state } = query;
    if (client !== known.clientId || !URL.canParse(redirect))
      throw new UpstoxError(401, 'UDAPI100068', 'Check your client_id and redirect_uri');
    const back = new URL(redirect);
    back.searchParams.set('code', office.loginCode(redirect));
    if (state !== undefined) back.searchParams.set('state', state);
    return reply.redirect(back.href, 302);
  });

  app.post<{ Body: Query }>('/v2/login/authorization/token', ({ body }) => {
    if (body['client_id'] !== known.clientId || body['client_secret'] !== known.clientSecret)
      throw new UpstoxError(401, 'UDAPI100016', 'Invalid Credentials');
    const token = office.exchange(body['code'] ?? '', body['redirect_uri'] ?? '');
    if (token === null) throw new UpstoxError(401, 'UDAPI100069', 'Invalid Auth code');
    return {
      email: 'simulated@example.invalid',
      exchanges: ['NSE', 'NFO', 'BSE', 'BFO'],
      products: ['D', 'I'],
      broker: 'UPSTOX',
      user_id: 'SIMULATED',
      user_name: 'SIMULATED',
      order_types: ['MARKET', 'LIMIT', 'SL', 'SL-M'],
      user_type: 'individual',
      poa: false,
      is_active: true,
      access_token: token,
      extended_token: null,
    };
  });

  app.delete('/v2/logout', ({ headers }) => {
    office.revoke(headers.authorization);
    return { status: 'success', data: true };
  });
}
