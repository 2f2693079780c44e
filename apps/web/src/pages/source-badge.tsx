/** Says where prices come from; anything but recorded is impossible to miss. */
export function SourceBadge({ source }: { readonly source: string }) {
  return <strong class={`badge ${source}`}>{source.toUpperCase()}</strong>;
}
