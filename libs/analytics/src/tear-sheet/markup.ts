/** Text that is markup already. Only `html` makes it, so that everything else in a page is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: markup as it is, everything else escaped; lists one after another, null as nothing. */
export type MarkupPart = Markup | string | number | null | readonly MarkupPart[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in quoted attributes. */
export function escapeMarkup(text: string): string {
  // A control character is no legal text of a page.
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c).replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '�');
}

function partText(part: MarkupPart): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.text;
  return typeof part === 'object' ? part.map(partText).join('') : escapeMarkup(String(part));
}

// Templates are laid out for people who read the source: a page of thousands of rows is not indented.
const known = new WeakMap<TemplateStringsArray, readonly string[]>();

function squeezed(texts: TemplateStringsArray): readonly string[] {
  const before = known.get(texts);
  if (before !== undefined) return before;
  const now = texts.map((text) => text.replace(/\s*\n\s*/g, '\n'));
  known.set(texts, now);
  return now;
}

/** A template of markup: the text between the values is taken as it is, save that line breaks lose their indentation; values are escaped. */
export function html(template: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  const texts = squeezed(template);
  let text = texts[0] ?? '';
  parts.forEach((part, i) => (text += partText(part) + (texts[i + 1] ?? '')));
  return new Markup(text);
}
