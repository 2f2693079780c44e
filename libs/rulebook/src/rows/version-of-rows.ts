import { RULEBOOK_VERSION } from '../version.js';
import type { RuleRow } from './rule-row-schema.js';

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** FNV-1a, 64 bits (draft-eastlake-fnv), over UTF-16 code units, low byte first: names a text, proves nothing against forgery. */
function fingerprint(text: string): string {
  let hash = OFFSET;
  const take = (byte: number): void => {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  };
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    take(unit & 0xff);
    take(unit >>> 8);
  }
  return hash.toString(16).padStart(16, '0');
}

/** JSON with the keys of every object in order, so that two ways of writing one row are one text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
}

/** The version of the shipped tables, and with added rows how many they are and a fingerprint of their content in their order. */
export function versionWithRows(added: readonly RuleRow[]): string {
  if (added.length === 0) return RULEBOOK_VERSION;
  const count = added.length === 1 ? '1-row' : `${added.length}-rows`;
  return `${RULEBOOK_VERSION}+${count}-${fingerprint(canonical(added))}`;
}
