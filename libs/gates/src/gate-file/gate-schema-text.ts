import { gateJsonSchema } from './gate-schema.js';

/** Text of `schema/gate.schema.json`. */
export function gateSchemaText(): string {
  return `${JSON.stringify(gateJsonSchema(), null, 2)}\n`;
}
