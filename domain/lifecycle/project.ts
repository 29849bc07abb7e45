import { defineLifecycle } from './lifecycle.ts';

/** W1: brief review → publication or casting → selection → quotes → contract → invoicing → payment → closed. */
export const projectLifecycle = defineLifecycle({
  name: 'project',
  initial: 'brief_review',
  states: [
    'brief_review', 'changes_requested', 'approved', 'casting', 'published', 'quoting', 'quote_review', 'quote_sent',
    'running', 'settling', 'closed', 'rejected', 'withdrawn', 'abandoned', 'declined', 'expired',
  ],
  ends: ['closed', 'rejected', 'withdrawn', 'abandoned', 'declined', 'expired'],
  actions: {
    // C2: every brief is checked by staff before anything else.
    approveBrief: { from: ['brief_review'], to: 'approved', by: ['staff'] },
    askBriefChanges: { from: ['brief_review'], to: 'changes_requested', by: ['staff'] },
    rejectBrief: { from: ['brief_review'], to: 'rejected', by: ['staff'] },
    resubmitBrief: { from: ['changes_requested'], to: 'brief_review', by: ['client'] },
    // C3: private casting or public publication; the first may turn into the second.
    startCasting: { from: ['approved'], to: 'casting', by: ['client', 'staff'] },
    publish: { from: ['approved', 'casting'], to: 'published', by: ['client', 'staff'] },
    inviteMember: { from: ['casting', 'published'], by: ['client', 'staff'] },
    answerInvitation: { from: ['casting', 'published'], by: ['member'] },
    // M6
    apply: { from: ['casting', 'published'], by: ['member'] },
    // M6: the team of an application, whose mates count once they have accepted
    inviteMates: { from: ['casting', 'published'], by: ['member'] },
    answerTeamInvitation: { from: ['casting', 'published'], by: ['member'] },
    dropMate: { from: ['casting', 'published'], by: ['member'] },
    withdrawApplication: { from: ['casting', 'published'], by: ['member'] },
    // C8
    postNotice: { from: ['casting', 'published'], by: ['client', 'staff'] },
    selectTeam: { from: ['casting', 'published'], to: 'quoting', by: ['client', 'staff'] },
    // Q4, Q7: told by the quote round
    quoteReceived: { from: ['quoting'], to: 'quote_review', by: ['clock'] },
    quotesSentBack: { from: ['quote_review', 'quote_sent'], to: 'quoting', by: ['clock'] },
    quoteReopened: { from: ['quote_sent'], to: 'quote_review', by: ['clock'] },
    quoteSent: { from: ['quote_review', 'quoting'], to: 'quote_sent', by: ['clock'] },
    quoteSigned: { from: ['quote_sent'], to: 'running', by: ['clock'] },
    quoteDeclined: { from: ['quote_sent'], to: 'declined', by: ['clock'] },
    quoteExpired: { from: ['quote_sent'], to: 'expired', by: ['clock'] },
    // Q9
    openAmendment: { from: ['running', 'settling'], to: 'running', by: ['staff'] },
    // M10, I1
    enterAmount: { from: ['running'], by: ['member', 'staff'] },
    everythingInvoiced: { from: ['running'], to: 'settling', by: ['clock'] },
    invoicingReopened: { from: ['settling'], to: 'running', by: ['clock'] },
    everythingSettled: { from: ['settling'], to: 'closed', by: ['clock'] },
    closeProject: { from: ['running', 'settling'], to: 'closed', by: ['staff'] },
    // ways out before the contract
    withdraw: {
      from: ['brief_review', 'changes_requested', 'approved', 'casting', 'published', 'quoting', 'quote_review'],
      to: 'withdrawn', by: ['client', 'staff'],
    },
    abandon: {
      from: ['brief_review', 'changes_requested', 'approved', 'casting', 'published', 'quoting', 'quote_review', 'quote_sent'],
      to: 'abandoned', by: ['staff', 'clock'],
    },
    // S2: from quoting on, the quote round reminds.
    remindNow: { from: ['changes_requested', 'approved', 'casting', 'published', 'quoting', 'quote_sent'], by: ['staff'] },
    // C3: the members invited who have said neither yes nor no
    remindInvited: { from: ['casting', 'published'], by: ['staff'] },
    // S3: staff move a deadline, with a reason. Later stages keep their clocks in the quote round and the invoices.
    moveDeadline: { from: ['brief_review', 'changes_requested', 'approved', 'casting', 'published'], by: ['staff'] },
    // I8: until the first share of it has fallen due.
    setReferral: {
      from: ['brief_review', 'changes_requested', 'approved', 'casting', 'published', 'quoting', 'quote_review', 'quote_sent', 'running', 'settling'],
      by: ['staff'],
    },
    assignManager: {
      from: ['brief_review', 'changes_requested', 'approved', 'casting', 'published', 'quoting', 'quote_review', 'quote_sent', 'running', 'settling'],
      by: ['staff'],
    },
  },
});

export type ProjectStage = (typeof projectLifecycle.states)[number];
export type ProjectAction = keyof typeof projectLifecycle.actions;
