import { describe, expect, it } from 'vitest';
import { isOver } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { memberTurn, type MemberStanding } from '../../domain/member-turn.ts';

const soon = new Date('2026-12-01T09:00:00Z');
const later = new Date('2026-12-09T09:00:00Z');
const standing = (stage: string, more: Partial<MemberStanding> = {}): MemberStanding => ({ stage, application: 'chosen', round: null, invoices: [], leftCents: 0, ...more });
const turn = (stage: string, more: Partial<MemberStanding> = {}) => {
  const { whose, what, until } = memberTurn(standing(stage, more));
  return [`${whose}: ${what}`, until];
};
const round = (state: string, quote: string | null, clientQuote: { state: string; validUntil: Date | null } | null = null): Pick<MemberStanding, 'round'> => ({ round: { state, deadlineAt: soon, clientQuote, quote } });
const invoice = (state: string, more: Partial<MemberStanding['invoices'][number]> = {}) => ({ state, mandate: true, windowEndsAt: null, clientDueAt: null, payable: false, ...more });

describe('M5, M9, M11 whose turn it is, as a member reads it', () => {
  it.each(projectLifecycle.ends)('M5: %s waits for nobody, whatever was left', (stage) => {
    expect(isOver(projectLifecycle, stage)).toBe(true);
    expect(turn(stage, { ...round('collecting', null), invoices: [invoice('final', { clientDueAt: soon })], application: 'received' })).toEqual(['nobody: over', null]);
  });

  it('M5: an application waits for the client, then is answered', () => {
    expect(turn('casting', { application: 'received' })).toEqual(['client: selection', null]);
    expect(turn('running', { application: 'not_chosen' })).toEqual(['nobody: notChosen', null]);
    expect(turn('published', { application: 'withdrawn' })).toEqual(['nobody: withdrawn', null]);
  });

  it('M9: a quote is theirs until it is sent, and again when it comes back', () => {
    expect(turn('quoting', round('collecting', null))).toEqual(['you: quote', null]);
    expect(turn('quote_review', round('validating', null))).toEqual(['you: quote', null]);
    expect(turn('quote_review', round('validating', 'sent_back'))).toEqual(['you: quoteBack', null]);
    expect(turn('quoting', round('collecting', 'submitted'))).toEqual(['mates: mates', null]);
    expect(turn('quoting', round('collecting', 'submitted', { state: 'change_asked', validUntil: later }))).toEqual(['you: quoteChange', null]);
    expect(turn('quote_review', round('validating', 'submitted'))).toEqual(['agency: checking', soon]);
    expect(turn('quote_sent', round('sent', 'included', { state: 'sent', validUntil: later }))).toEqual(['client: signature', later]);
    expect(turn('running', round('signed', 'accepted'))).toEqual(['nobody: work', null]);
  });

  it('M11: a preview comes before everything, the one that ends first; then the client, the transfer, and what is left to invoice', () => {
    const open = [invoice('preview', { windowEndsAt: later }), invoice('preview', { windowEndsAt: soon, mandate: false })];
    expect(turn('running', { ...round('collecting', null), invoices: open })).toEqual(['you: approval', soon]);
    expect(turn('running', { invoices: open.slice(0, 1) })).toEqual(['you: preview', later]);
    expect(turn('running', { ...round('collecting', null), invoices: [invoice('anomaly')] })).toEqual(['you: quote', null]);
    expect(turn('running', { invoices: [invoice('anomaly')] })).toEqual(['agency: anomaly', null]);
    expect(turn('running', { invoices: [invoice('final'), invoice('final', { clientDueAt: later }), invoice('final', { clientDueAt: soon })], leftCents: 5 })).toEqual(['client: payment', soon]);
    expect(turn('settling', { invoices: [invoice('final'), invoice('final', { payable: true })] })).toEqual(['agency: payout', null]);
    expect(turn('running', { invoices: [invoice('final')] })).toEqual(['agency: issuing', null]);
    expect(turn('running', { leftCents: 41_500 })).toEqual(['nobody: toInvoice', null]);
  });
});
