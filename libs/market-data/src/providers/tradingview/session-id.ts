const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The name of a new session as the vendor's page makes them: `cs_` or `qs_` and twelve letters. */
export function newSession(kind: 'cs' | 'qs', random: () => number): string {
  let name = `${kind}_`;
  for (let i = 0; i < 12; i++) name += LETTERS.charAt(Math.floor(random() * LETTERS.length));
  return name;
}
