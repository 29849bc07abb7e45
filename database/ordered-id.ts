import { randomBytes } from 'node:crypto';

let last = { at: 0, sequence: 0 };

/** A UUID of version 7 (RFC 9562), as the database's own rows have: in this process, each is greater than the one before. */
export function orderedId(now: number = Date.now()): string {
  const at = Math.max(now, last.at);
  const sequence = at === last.at ? last.sequence + 1 : randomBytes(2).readUInt16BE() & 0x07ff;
  // A full counter borrows from the next millisecond.
  last = sequence > 0x0fff ? { at: at + 1, sequence: 0 } : { at, sequence };
  const bytes = randomBytes(16);
  bytes.writeUIntBE(last.at, 0, 6);
  bytes.writeUInt16BE(0x7000 | last.sequence, 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
