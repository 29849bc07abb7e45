import type { Deps } from '../../deps.ts';
import { clientQuoteContent } from '../../documents/client-quote-content.ts';
import { consentText } from '../../documents/consent.ts';
import { actionsFrom } from '../../domain/lifecycle/lifecycle.ts';
import { quoteRoundLifecycle } from '../../domain/lifecycle/quote-round.ts';
import { Problem } from '../../domain/problem.ts';
import type { QuoteLayout } from '../../domain/quote-layout.ts';
import type { Terms } from '../../domain/terms.ts';
import * as steps from '../../steps/quote-steps.ts';
import { askStep } from '../ask.ts';
import { text, texts } from '../body.ts';
import type { Access, Act, Page } from '../page.ts';
import type { Step } from '../../steps/step.ts';

/** Q7, C9: the client reads the global quote, ticks options, asks for a change, declines or signs. */
export const clientQuotePage: Page = {
  template: 'client-quote',
  async show(deps, access, typed) {
    const round = await roundOf(deps, access);
    const [quote] = round.clientQuotes;
    if (!quote) throw new Problem('not_found', 'no quote yet');
    const ticked = typed ? texts(typed.body, 'optionLineIds') : quote.tickedOptions;
    const standing = round.memberQuotes.filter(({ state }) => state === 'included' || state === 'accepted');
    const terms = round.project.terms as unknown as Terms;
    const content = quote.state === 'sent'
      ? clientQuoteContent({
          quotes: standing, terms: { ...terms, feeRateBp: quote.feeRateBp }, layout: quote.layout as unknown as QuoteLayout | null,
          vatTreatment: round.project.company.vatTreatment, tickedOptionIds: ticked,
        })
      : (quote.content as object);
    return {
      title: quote.number, project: round.project, round, quote, content, ticked,
      can: quote.state === 'sent' ? Object.fromEntries(actionsFrom(quoteRoundLifecycle, round.state, 'client').map((action) => [action, true])) : {},
      consent: consentText({ number: quote.number, version: quote.version, clientName: round.project.company.name }, access.locale),
      versions: round.clientQuotes.map((one) => ({ ...one, current: one.id === quote.id })),
      documentBase: `${access.root}/document`,
    };
  },
  acts: {
    recalculate: (_deps, _access, body) => Promise.resolve({ again: body }),
    signQuote: act(steps.signQuote, 'signed', (body) => ({
      clientQuoteId: text(body, 'clientQuoteId'), optionLineIds: texts(body, 'optionLineIds'), signerName: text(body, 'signerName'),
      signerTitle: text(body, 'signerTitle'), consent: text(body, 'consent') === 'yes', orderNumber: text(body, 'orderNumber'),
    })),
    askQuoteChange: act(steps.askQuoteChange, 'changeAsked', (body) => ({ clientQuoteId: text(body, 'clientQuoteId'), reason: text(body, 'reason') })),
    declineQuote: act(steps.declineQuote, 'declined', (body) => ({ clientQuoteId: text(body, 'clientQuoteId'), reason: text(body, 'reason') })),
  },
};

function act(step: Step<unknown>, notice: string, payloadOf: (body: Record<string, unknown>) => unknown): Act {
  return async (deps, access, body, key) => {
    // Without a script, the same form recalculates the options.
    if (text(body, 'do') === 'recalculate') return { again: body };
    const { ref } = await roundOf(deps, access);
    await askStep(deps, access, key, step, `quote-review/${ref}`, payloadOf(body));
    return { notice };
  };
}

async function roundOf(deps: Deps, access: Access) {
  const round = await deps.db.quoteRound.findFirst({
    where: { id: access.subjectId ?? '', projectId: access.projectId ?? '' },
    include: {
      project: { include: { company: true, accountManager: true } },
      clientQuotes: { orderBy: { version: 'desc' }, include: { signature: true } },
      memberQuotes: { include: { member: true, lines: { orderBy: { position: 'asc' } } }, orderBy: { memberId: 'asc' } },
    },
  });
  if (!round) throw new Problem('not_found', 'no such round for this person');
  return round;
}
