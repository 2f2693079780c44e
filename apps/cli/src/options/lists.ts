/** A comma-separated option without blanks, empty items and repeats, in order. */
export function parseList(text: string): string[] {
  return [...new Set(text.split(',').map((item) => item.trim()))].filter((item) => item !== '');
}
