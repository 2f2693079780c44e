import type { MinuteState, TradeView } from '@sos/contracts';
import { clock, figure, money, result, tone } from '../format/figures.js';

/** Realised and open result, open positions, and closed trades of the session. */
export function MoneyPanel({
  minute,
  trades,
}: {
  readonly minute: MinuteState;
  readonly trades: readonly TradeView[];
}) {
  const open = minute.positions.reduce((sum, p) => sum + (p.openPaise ?? 0), 0);
  return (
    <section aria-label="Positions and result">
      <h2>
        Net ₹ <output class={tone(minute.realisedPaise)}>{result(minute.realisedPaise)}</output>{' '}
        <small>
          after charges, {minute.trades} trades · open ₹ <span class={tone(open)}>{result(open)}</span> before charges
        </small>
      </h2>
      {minute.positions.map((p) => (
        <article class="position" key={`${p.gate}${p.contract}`}>
          <strong>{p.contract}</strong> {p.units} units · {p.gate} · in {money(p.entryPrice)} at {clock(p.entryTime)} ·
          last {figure(p.last)} · stop {figure(p.stop)} · target {figure(p.target)} ·{' '}
          <span class={tone(p.openPaise)}>{result(p.openPaise)}</span>
        </article>
      ))}
      {trades.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label="Closed trades">
          <table>
            <thead>
              <tr>
                <th scope="col">In</th>
                <th scope="col">Out</th>
                <th scope="col">Gate</th>
                <th scope="col">Contract</th>
                <th scope="col">Why</th>
                <th scope="col" class="number">
                  Net ₹
                </th>
              </tr>
            </thead>
            <tbody>
              {[...trades].reverse().map((t) => (
                <tr key={t.seq}>
                  <td>{clock(t.entryTime)}</td>
                  <td>{clock(t.exitTime)}</td>
                  <td>{t.gate}</td>
                  <td>{t.contract}</td>
                  <td>{t.exitReason}</td>
                  <td class={`number ${tone(t.netPaise)}`}>{result(t.netPaise)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
