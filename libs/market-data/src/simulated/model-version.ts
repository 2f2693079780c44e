import { RULEBOOK_VERSION, type Rulebook } from '@sos/rulebook';

/** Raise it whenever the same seed would give other prices: it is what stands for them in content keys. */
const MODEL_VERSION = 1;

/** Part of a content key where rows were added to the shipped law: they may list other contracts. */
export function ownLaw({ version }: Rulebook): { readonly rulebook?: string } {
  return version === RULEBOOK_VERSION ? {} : { rulebook: version };
}

/** Names everything that the model makes of an index path: equal keys and equal index bars give equal columns. */
export function contentKeyOf(inputs: Readonly<Record<string, string | number | boolean>>): string {
  const parts = Object.keys(inputs)
    .sort()
    .map((name) => [name, String(inputs[name])]);
  return `market model ${MODEL_VERSION} ${JSON.stringify(parts)}`;
}
