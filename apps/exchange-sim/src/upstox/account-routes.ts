import { istDateOf, istInstant } from '@sos/domain';
import type { FastifyInstance } from 'fastify';
import type { TradingFloor } from '../trading/trading-floor.js';
import type { KillSwitch } from './kill-switch.js';
import { positionRow } from './order-rows.js';
import { UpstoxError } from './upstox-error.js';

type Query = Readonly<Record<string, string | undefined>>;

/** The parts of the stand-in that tell of the account. */
export interface AccountRoutesOptions {
  readonly floor: TradingFloor;
  readonly killSwitch: KillSwitch;
  /** Ends the session of a request's token: after the kill switch the vendor wants a new login. */
  readonly endSession: (authorization: string | undefined) => void;
}

const success = (data: unknown): object => ({ status: 'success', data });
const rupees = (paise: number): number => Number((paise / 100).toFixed(2));
const NO_FUNDS = {
  used_margin: 0,
  payin_amount: 0,
  span_margin: 0,
  adhoc_margin: 0,
  notional_cash: 0,
  available_margin: 0,
  exposure_margin: 0,
};

function checkFundsWindow(floor: TradingFloor): void {
  const now = floor.now();
  if (now < istInstant(istDateOf(now), '05:30'))
    throw new UpstoxError(423, 'UDAPI100072', 'The Funds service is accessible from 05:30 to 24:00 IST');
}

async function positions(floor: TradingFloor): Promise<object[]> {
  const rows: object[] = [];
  for (const position of floor.desk.account.positions())
    rows.push(positionRow(position, await floor.lastPrice(position.instrumentKey, position.contract)));
  return rows;
}

/** Positions, holdings, funds and the kill switch. */
export function accountRoutes(app: FastifyInstance, { floor, killSwitch, endSession }: AccountRoutesOptions): void {
  app.get('/v2/portfolio/short-term-positions', async () => success(await positions(floor)));
  // Options are never delivered into holdings.
  app.get('/v2/portfolio/long-term-holdings', () => success([]));

  app.get<{ Querystring: Query }>('/v2/user/get-funds-and-margin', ({ query }) => {
    checkFundsWindow(floor);
    const { openingPaise, availablePaise } = floor.desk.funds();
    const used = rupees(openingPaise - availablePaise);
    const equity = { ...NO_FUNDS, used_margin: used, available_margin: rupees(availablePaise) };
    if (query['segment'] === 'SEC') return success({ equity });
    return success(query['segment'] === 'COM' ? { commodity: NO_FUNDS } : { equity, commodity: NO_FUNDS });
  });

  app.get('/v3/user/get-funds-and-margin', () => {
    checkFundsWindow(floor);
    const { openingPaise, availablePaise } = floor.desk.funds();
    const [total, cash] = [rupees(availablePaise), rupees(openingPaise)];
    return success({
      available_to_trade: {
        total,
        cash_available_to_trade: { total, cash, margin_used: rupees(openingPaise - availablePaise) },
        pledge_available_to_trade: { total: 0 },
      },
      unavailable_to_trade: { cash_unavailable_to_trade: { unsettled_profit: 0 } },
    });
  });

  app.get('/v2/user/kill-switch', () => success(killSwitch.rows()));
  app.post('/v2/user/kill-switch', ({ body, headers }) => {
    const before = killSwitch.strikes;
    const rows = killSwitch.update(body);
    if (killSwitch.strikes > before) endSession(headers.authorization);
    return success(rows);
  });

  app.get('/v2/user/profile', () =>
    success({
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
    }),
  );
}
