import type { ContractId, IstDate, OptionContract, Right, Underlying } from '@sos/domain';
export function optionContract(o: {
  underlying: Underlying;
  expiry: IstDate;
  strike: number;
  right: Right;
}): OptionContract {
  return { kind: 'option', id: `${o.underlying}${o.expiry}${o.strike}${o.right}` as ContractId, ...o };
}
export function strikeAt(o: { spot: number; strikes: Float64Array; right: Right; steps: number }): number | null {
  let n = 0;
  for (let i = 0; i < o.strikes.length; i++)
    if (Math.abs((o.strikes[i] as number) - o.spot) < Math.abs((o.strikes[n] as number) - o.spot)) n = i;
  return o.strikes[n + (o.right === 'CE' ? o.steps : -o.steps)] ?? null;
}
