import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gateSchemaText } from './gate-file/gate-schema-text.js';
import { vocabularyText } from './vocabulary/vocabulary-text.js';

const read = (file: string): string => readFileSync(path.join(__dirname, '..', file), 'utf8');
const remedy = 'run: node --conditions=@sos/source --import tsx libs/gates/scripts/generate.ts';

test(`the JSON Schema file is what the code says (else ${remedy})`, () => {
  expect(read('schema/gate.schema.json')).toBe(gateSchemaText());
});

test(`the vocabulary document is what the code says (else ${remedy})`, () => {
  expect(read('docs/vocabulary.md')).toBe(vocabularyText());
});
