import { corruptFrame, longVarint, skipField } from './wire.js';

const UTF8 = new TextDecoder('utf-8');

/** A field of a message that is not on the hot path. */
export interface ProtoField {
  readonly field: number;
  /** Value of a number, else 0. */
  readonly value: number;
  /** Bytes of a text or a message, else empty. */
  readonly bytes: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** The fields of one message in their order. @throws SOS_DATA_CORRUPT */
export function* protoFields(bytes: Uint8Array): Generator<ProtoField> {
  let pos = 0;
  while (pos < bytes.length) {
    const tagEnd = skipField(bytes, 0, pos);
    const tag = longVarint(bytes, pos, tagEnd);
    const wire = tag & 7;
    const end = skipField(bytes, wire, tagEnd);
    if (end > bytes.length) throw corruptFrame('a field that is cut off', pos);
    if (wire === 2) {
      const start = skipField(bytes, 0, tagEnd);
      yield { field: tag >>> 3, value: 0, bytes: bytes.subarray(start, end) };
    } else {
      yield { field: tag >>> 3, value: wire === 0 ? longVarint(bytes, tagEnd, end) : 0, bytes: NOTHING };
    }
    pos = end;
  }
}

/** A text field. */
export function protoText(bytes: Uint8Array): string {
  return UTF8.decode(bytes);
}
