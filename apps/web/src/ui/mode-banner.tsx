/** What the prices on this page are: impossible to miss, in words, colour and pattern. */
export function ModeBanner({ source, mode }: { readonly source: string; readonly mode: 'LIVE VIEW' | 'REPLAY' }) {
  const isMade = source === 'simulated' || source === 'modelled';
  return (
    <div class={`mode ${isMade ? 'made' : 'recorded'}`} role="note" aria-label="Mode">
      <strong>{isMade ? source.toUpperCase() : mode}</strong>
      <span>
        {isMade
          ? `${mode}: prices are ${source}, nothing here happened on the exchange`
          : source === 'derived'
            ? 'recorded option prices played again; the index is derived from them'
            : 'recorded prices played again'}
        {' · no broker is connected, no order leaves this machine'}
      </span>
    </div>
  );
}
