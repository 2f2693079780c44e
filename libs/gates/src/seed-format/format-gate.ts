const WIDTH = 120;

function inline(value: readonly unknown[]): string {
  return `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
}

function format(value: unknown, { indent, room }: { indent: string; room: number }): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const isPlain = value.every((item) => typeof item !== 'object');
    const line = isPlain ? inline(value) : '';
    if (isPlain && line.length <= room) return line;
    const items = value.map(
      (item: unknown) => deeper + format(item, { indent: deeper, room: WIDTH - deeper.length - 1 }),
    );
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value).map(([key, member]) => {
    const head = `${deeper}${JSON.stringify(key)}: `;
    return head + format(member, { indent: deeper, room: WIDTH - head.length - 1 });
  });
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
}

/** A gate file as the shipped ones are written: two spaces, short lists on one line. */
export function formatGate(gate: object): string {
  return `${format(gate, { indent: '', room: WIDTH })}\n`;
}
