import { describe, expect, it } from 'vitest';
import { defaultMembershipTerms } from '../../domain/membership-terms.ts';
import { erasureMoment, membershipAlarms, parisDay, type Watched } from '../../domain/membership-schedule.ts';

const at = (iso: string): number => Date.parse(iso);
const watching = (documents: Watched['documents'], more: Partial<Watched> = {}): Watched => ({ documents, overrides: [], eraseAt: null, ...more });
const shown = (alarms: ReturnType<typeof membershipAlarms>) => alarms.map((alarm) => [new Date(alarm.at).toISOString(), alarm.kind, alarm.times]);

describe('M1 the study of a candidature', () => {
  it('W2: staff are reminded after three, eight and fifteen working days, in office hours', () => {
    // Friday 20 November 2026, 19:30 in Paris
    const alarms = membershipAlarms('candidate', defaultMembershipTerms, at('2026-11-20T18:30:00Z'), watching([]));
    expect(shown(alarms)).toEqual([
      ['2026-11-26T08:00:00.000Z', 'study', 1],
      ['2026-12-03T08:00:00.000Z', 'study', 2],
      ['2026-12-14T08:00:00.000Z', 'study', 3],
    ]);
  });

  it('a refused candidature is erased when its terms say: two years later, to the day, or as long as was promised', () => {
    const refusedAt = at('2026-11-24T23:30:00Z'); // already the 25th in Paris
    const eraseAt = erasureMoment(refusedAt, defaultMembershipTerms);
    expect(new Date(eraseAt).toISOString()).toBe('2028-11-24T23:00:00.000Z');
    expect(new Date(erasureMoment(refusedAt, { ...defaultMembershipTerms, refusedKeptMonths: 6 })).toISOString()).toBe('2027-05-24T22:00:00.000Z');
    expect(shown(membershipAlarms('refused', defaultMembershipTerms, 0, watching([], { eraseAt })))).toEqual([['2028-11-24T23:00:00.000Z', 'erase', 1]]);
    expect(membershipAlarms('erased', defaultMembershipTerms, 0, watching([], { eraseAt }))).toEqual([]);
  });
});

describe('M4 documents that expire', () => {
  const urssaf = { id: 'd1', kind: 'urssaf', expiresOn: '2027-03-31', since: at('2026-11-24T10:00:00Z') };

  it('W2: notices thirty and seven days before, then the last millisecond of the last day in Paris, summer time included', () => {
    expect(shown(membershipAlarms('active', defaultMembershipTerms, 0, watching([urssaf])))).toEqual([
      ['2027-03-01T08:00:00.000Z', 'expiring', 30],
      ['2027-03-24T08:00:00.000Z', 'expiring', 7],
      ['2027-03-31T21:59:59.999Z', 'expires', 0],
    ]);
  });

  it('gives no notice whose moment had passed when the document was accepted', () => {
    const late = { ...urssaf, since: at('2027-03-10T10:00:00Z') };
    expect(shown(membershipAlarms('active', defaultMembershipTerms, 0, watching([late]))).map(([, kind]) => kind)).toEqual(['expiring', 'expires']);
  });

  it('gives no notice that office hours would bring past the end', () => {
    const sunday = { ...urssaf, expiresOn: '2027-01-31' };
    const terms = { ...defaultMembershipTerms, expiryNoticeDays: [1] };
    expect(shown(membershipAlarms('active', terms, 0, watching([sunday]))).map(([, kind]) => kind)).toEqual(['expires']);
  });

  it('orders several documents, watches them while blocked, and nothing once refused', () => {
    const insurance = { ...urssaf, id: 'd2', kind: 'insurance', expiresOn: '2027-03-15' };
    const alarms = membershipAlarms('blocked', defaultMembershipTerms, 0, watching([urssaf, insurance]));
    expect(alarms.map(({ at: moment }) => moment)).toEqual([...alarms.map(({ at: moment }) => moment)].sort((a, b) => a - b));
    expect(alarms.filter(({ kind }) => kind === 'expires').map(({ documentId }) => documentId)).toEqual(['d2', 'd1']);
    expect(membershipAlarms('refused', defaultMembershipTerms, 0, watching([urssaf]))).toEqual([]);
  });

  it('an override ends with the last millisecond of its day', () => {
    const overrides = [{ id: 'o1', kind: 'urssaf', until: '2027-01-31' }];
    expect(shown(membershipAlarms('active', defaultMembershipTerms, 0, watching([], { overrides })))).toEqual([['2027-01-31T22:59:59.999Z', 'overrideEnds', 0]]);
  });

  it('knows the day in Paris', () => {
    expect(parisDay(at('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
  });
});
