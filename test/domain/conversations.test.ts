import { describe, expect, it } from 'vitest';
import { excerptOf, isMailed, isUnread } from '../../domain/conversations.ts';

const message = { seq: 5, kind: 'message', authorKind: 'member', authorId: 'lea', told: false };
const owner = { kind: 'client', id: 'claire', readSeq: 4 };

describe('C7 what is left to read, and to be told of', () => {
  it('is what others said since', () => {
    expect(isUnread(message, owner)).toBe(true);
    expect(isUnread(message, { ...owner, readSeq: 5 })).toBe(false);
    expect(isUnread(message, { kind: 'member', id: 'lea', readSeq: 0 })).toBe(false);
    expect(isUnread(message, { kind: 'client', id: 'lea', readSeq: 0 })).toBe(true); // the same id of another kind is somebody else
    expect(isUnread({ ...message, kind: 'event' }, owner)).toBe(false);
  });

  it('is told once, unless it had an e-mail of its own', () => {
    expect(isMailed(message, owner, 4)).toBe(true);
    expect(isMailed(message, owner, 5)).toBe(false);
    expect(isMailed({ ...message, told: true }, owner, 4)).toBe(false);
    expect(isMailed(message, { ...owner, readSeq: 5 }, 4)).toBe(false);
  });

  it('is repeated on one line, cut where it is long, with the names of its files', () => {
    expect(excerptOf('Léa', ' Bonjour,\n\nvoici.  ', ['a.pdf'])).toBe('Léa — Bonjour, voici. · a.pdf');
    expect(excerptOf('Léa', '', ['a.pdf', 'b.png'])).toBe('Léa — a.pdf · b.png');
    const cut = excerptOf('Léa', 'mot '.repeat(200), []);
    expect([cut.length < 300, cut.endsWith('mot…')]).toEqual([true, true]);
  });
});
