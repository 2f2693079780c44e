import { writeFileSync } from 'node:fs';
import { gateSchemaText } from '../src/gate-file/gate-schema-text.js';
import { vocabularyText } from '../src/vocabulary/vocabulary-text.js';

// Writes what is derived from the code; tests keep the files equal to it.
// Run: node --conditions=@sos/source --import tsx libs/gates/scripts/generate.ts
writeFileSync(new URL('../schema/gate.schema.json', import.meta.url), gateSchemaText());
writeFileSync(new URL('../docs/vocabulary.md', import.meta.url), vocabularyText());
