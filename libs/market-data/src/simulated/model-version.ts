/** Raise it whenever the same seed would give other prices: it is what stands for them in content keys. */
const MODEL_VERSION = 1;

/** Names everything that the model makes of an index path: equal keys and equal index bars give equal columns. */
export function contentKeyOf(inputs: Readonly<Record<string, string | number | boolean>>): string {
  const parts = Object.keys(inputs)
    .sort()
    .map((name) => [name, String(inputs[name])]);
  return `market model ${MODEL_VERSION} ${JSON.stringify(parts)}`;
}
