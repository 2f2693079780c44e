import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError, didYouMean } from '@sos/domain';
import type { z } from 'zod';
import { KNOWN_KEYS, mappingSchema, type Mapping } from './mapping-schema.js';

/** Name under which a mapping lies beside the data it is for. */
export const MAPPING_NAME = 'sos-mapping.json';

type Issue = z.core.$ZodIssue;

function describeIssue(issue: Issue): string {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [deepest = []] = [...issue.errors].sort((a, b) => a.length - b.length);
    const inner = deepest[0];
    if (inner) return describeIssue({ ...inner, path: [...issue.path, ...inner.path] });
  }
  const at = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const where = at === '' ? '' : ` in ${at}`;
    const known = KNOWN_KEYS[at] ?? [];
    const keys = issue.keys.map((key) => `"${key}"${didYouMean(key, known)}`);
    return `found the unknown key ${keys.join(', ')}${where}`;
  }
  return `${at === '' ? 'mapping' : at}: ${issue.message}`;
}

/** Checks a mapping. @throws SOS_INPUT with every fault at once; an unknown key is a fault, named with what is near it */
export function parseMapping(value: unknown, file: string): Mapping {
  const checked = mappingSchema.safeParse(value);
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map(describeIssue).join('; ');
  throw new AppError('SOS_INPUT', `${path.basename(file)}: expected a mapping of columns, ${faults}`, {
    context: { file },
  });
}

/** Reads and checks a mapping file. @throws SOS_INPUT for a missing file, malformed JSON, or a mapping with faults */
export async function readMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new AppError('SOS_INPUT', `expected a mapping file, found nothing at "${file}"`);
  try {
    return parseMapping(JSON.parse(text), file);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const found = error.message;
    throw new AppError('SOS_INPUT', `${path.basename(file)}: expected a mapping in JSON, found ${found}`, {
      cause: error,
    });
  }
}
