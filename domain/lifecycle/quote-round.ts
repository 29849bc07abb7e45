import { defineLifecycle } from './lifecycle.ts';

/** From the members' quotes to the client's answer: the project's own round, or an amendment's (Q4, Q7, Q9). */
export const quoteRoundLifecycle = defineLifecycle({
  name: 'quote round',
  initial: 'collecting',
  states: ['collecting', 'validating', 'sent', 'signed', 'declined', 'expired', 'abandoned'],
  ends: ['signed', 'declined', 'expired', 'abandoned'],
  actions: {
    // The first quote starts the 24 h clock; the next ones join it.
    submitQuote: { from: ['collecting', 'validating'], to: 'validating', by: ['member'] },
    sendBackQuote: { from: ['validating'], by: ['staff'] },
    allSentBack: { from: ['validating'], to: 'collecting', by: ['clock'] },
    // From collecting too: after an asked change, the standing quotes may be enough.
    sendClientQuote: { from: ['collecting', 'validating'], to: 'sent', by: ['staff'] },
    askQuoteChange: { from: ['sent'], to: 'collecting', by: ['client'] },
    reopenQuote: { from: ['sent'], to: 'validating', by: ['staff'] },
    signQuote: { from: ['sent'], to: 'signed', by: ['client'] },
    declineQuote: { from: ['sent'], to: 'declined', by: ['client'] },
    quoteExpires: { from: ['sent'], to: 'expired', by: ['clock'] },
    // S2
    remindNow: { from: ['collecting', 'sent'], by: ['staff'] },
    // S3
    moveDeadline: { from: ['collecting', 'validating', 'sent'], by: ['staff'] },
    abandonRound: { from: ['collecting', 'validating', 'sent'], to: 'abandoned', by: ['staff', 'clock'] },
  },
});

export type QuoteRoundState = (typeof quoteRoundLifecycle.states)[number];
export type QuoteRoundAction = keyof typeof quoteRoundLifecycle.actions;
