const MEANING: Readonly<Record<string, string>> = {
  recorded: 'printed by the exchange and kept',
  derived: 'computed from recorded prices',
  modelled: 'priced by a model on a recorded index: nobody traded at these premiums',
  simulated: 'made by the simulated market: nothing here happened on the exchange',
};

/** Says where prices come from; anything but recorded is impossible to miss. */
export function SourceBadge({ source }: { readonly source: string }) {
  return (
    <strong class={`badge ${source}`} title={MEANING[source] ?? source}>
      {source.toUpperCase()}
    </strong>
  );
}
