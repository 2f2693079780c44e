import { sha256 } from '@noble/hashes/sha2';
import { utf8ToBytes } from '@noble/hashes/utils';
import type { OrderTag } from './broker-words.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const PREFIX = 's';
const LENGTH = 20;

/**
 * The tag of an order: `s` and 95 bits of the SHA-256 of its intent as 19 characters of base32. The same intent has the same tag in every process,
 * so that two of them cannot send it twice without each other's knowledge.
 */
export function orderTag(intent: string): OrderTag {
  const digest = sha256(utf8ToBytes(intent));
  let tag = PREFIX;
  let bits = 0;
  let held = 0;
  for (const byte of digest) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5 && tag.length < LENGTH; bits -= 5) tag += ALPHABET[(held >>> (bits - 5)) & 31] ?? '';
    held &= (1 << bits) - 1;
  }
  return tag as OrderTag;
}

/** True for a text that has the form of our tags. */
export function isOrderTag(text: string): text is OrderTag {
  return /^s[a-z2-7]{19}$/.test(text);
}
