import { askQuoteQuestion, mayBeAskedAbout } from '../../database/quote-questions.ts';
import type { Deps } from '../../deps.ts';
import { clientQuoteContent } from '../../documents/client-quote-content.ts';
import { consentText } from '../../documents/consent.ts';
import type { ClientQuoteContent } from '../../domain/client-quote.ts';
import type { ClientAct } from '../../domain/client-rights.ts';
import { actionsFrom } from '../../domain/lifecycle/lifecycle.ts';
import { quoteRoundLifecycle } from '../../domain/lifecycle/quote-round.ts';
import { Problem } from '../../domain/problem.ts';
import type { QuoteLayout } from '../../domain/quote-layout.ts';
import type { Terms } from '../../domain/terms.ts';
import { longText } from '../../steps/fields.ts';
import * as steps from '../../steps/quote-steps.ts';
import { requireRight } from '../access.ts';
import { askStep } from '../ask.ts';
import { text, texts } from '../body.ts';
import type { Access, Act, Page } from '../page.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';
import type { Step } from '../../steps/step.ts';
import { feeExplained } from './quote/fee-explained.ts';
import { withQuestions } from './quote/questions.ts';
import { readVersions } from './quote/versions.ts';

/** Q7, C9: the client reads the global quote and its versions, ticks options, asks, declines or signs. */
export const clientQuotePage: Page = {
  template: 'client-quote',
  async show(deps, access, typed, query) {
    requireRight(access, 'readQuote');
    const round = await roundOf(deps, access);
    const [current] = round.clientQuotes;
    const quote = query.version === undefined ? current : round.clientQuotes.find(({ version }) => String(version) === query.version);
    if (!current || !quote) throw new Problem('not_found', 'no such quote');
    const stands = quote.id === current.id && quote.state === 'sent';
    // Ticked in the address, or in a form that comes back: shown, and kept nowhere.
    const ticked = typed && typed.act !== 'askQuestion' ? texts(typed.body, 'optionLineIds') : query.optionLineIds !== undefined ? texts(query, 'optionLineIds') : quote.tickedOptions;
    const content = stands ? recalculated(round, quote, ticked) : (quote.content as unknown as ClientQuoteContent);
    const may = (action: keyof typeof rights): boolean => access.may(rights[action]);
    const { work, otherQuestions, askingAll } = withQuestions(content, round.clientQuotes.flatMap(({ questions }) => questions), typed);
    return {
      title: quote.number, project: round.project, round, quote, stands, ticked, otherQuestions, askingAll, content: { ...content, work },
      current: quote.id === current.id ? null : current, hasOptions: work.some(({ options }) => options.length > 0),
      can: stands ? Object.fromEntries(actionsFrom(quoteRoundLifecycle, round.state, 'client').map((action) => [action, action in rights && may(action as keyof typeof rights)])) : {},
      mayAsk: quote.id === current.id && mayBeAskedAbout(quote.state) && access.may('askAboutQuote'),
      consent: consentText({ number: quote.number, version: quote.version, clientName: round.project.company.name }, access.locale),
      fee: feeExplained(quote.feeRateBp, quote.feeBasis),
      versions: readVersions(round.clientQuotes, quote.id),
      changes: readVersions(round.clientQuotes, quote.id).find(({ shown }) => shown)?.changes ?? null,
      documentBase: `${access.root}/document`, projectHref: access.base === access.root ? null : access.root,
    };
  },
  acts: {
    recalculate: (_deps, _access, body) => Promise.resolve({ again: body }),
    signQuote: act('signQuote', steps.signQuote, 'signed', (body) => ({
      clientQuoteId: text(body, 'clientQuoteId'), optionLineIds: texts(body, 'optionLineIds'), signerName: text(body, 'signerName'),
      signerTitle: text(body, 'signerTitle'), consent: text(body, 'consent') === 'yes', orderNumber: text(body, 'orderNumber'),
    })),
    askQuoteChange: act('askQuoteChange', steps.askQuoteChange, 'changeAsked', (body) => ({ clientQuoteId: text(body, 'clientQuoteId'), reason: text(body, 'reason') })),
    declineQuote: act('declineQuote', steps.declineQuote, 'declined', (body) => ({ clientQuoteId: text(body, 'clientQuoteId'), reason: text(body, 'reason') })),
    async askQuestion(deps, access, body, key) {
      requireRight(access, 'askAboutQuote');
      const parsed = longText.safeParse(text(body, 'text'));
      if (!parsed.success) throw new Problem('form_invalid', 'no question', { fields: 'text' });
      const mailIds = await deps.db.$transaction((tx) => askQuoteQuestion(
        tx, { by: { kind: 'client', id: access.person.id, name: access.name }, at: Date.now(), secret: deps.secret },
        { key, clientQuoteId: text(body, 'clientQuoteId'), projectId: access.projectId ?? '', lineId: text(body, 'lineId') || null, text: parsed.data },
      ));
      for (const mailId of mailIds) sendQueuedMail(deps, mailId);
      return { notice: 'questionAsked' };
    },
  },
};

/** C6 */
const rights = { signQuote: 'signQuote', askQuoteChange: 'askQuoteChange', declineQuote: 'declineQuote' } as const satisfies Record<string, ClientAct>;

function act(name: keyof typeof rights, step: Step<unknown>, notice: string, payloadOf: (body: Record<string, unknown>) => unknown): Act {
  return async (deps, access, body, key) => {
    // Without a script, the same form recalculates the options.
    if (text(body, 'do') === 'recalculate') return { again: body };
    requireRight(access, rights[name]);
    const { ref } = await roundOf(deps, access);
    await askStep(deps, access, key, step, `quote-review/${ref}`, payloadOf(body));
    return { notice };
  };
}

type Round = Awaited<ReturnType<typeof roundOf>>;

/** By the same path as the sending and the signature: what is shown is what is signed. */
function recalculated(round: Round, quote: Round['clientQuotes'][number], ticked: readonly string[]): ClientQuoteContent {
  const terms = round.project.terms as unknown as Terms;
  return clientQuoteContent({
    quotes: round.memberQuotes.filter(({ state }) => state === 'included' || state === 'accepted'), terms: { ...terms, feeRateBp: quote.feeRateBp }, layout: quote.layout as unknown as QuoteLayout | null,
    vatTreatment: round.project.company.vatTreatment, tickedOptionIds: ticked,
  });
}

async function roundOf(deps: Deps, access: Access) {
  const round = await deps.db.quoteRound.findFirst({
    where: { id: access.subjectId ?? '', projectId: access.projectId ?? '' },
    include: {
      project: { include: { company: true, accountManager: true } },
      clientQuotes: { orderBy: { version: 'desc' }, include: { signature: true, questions: { orderBy: { createdAt: 'asc' } } } },
      memberQuotes: { include: { member: true, lines: { orderBy: { position: 'asc' } } }, orderBy: { memberId: 'asc' } },
    },
  });
  if (!round) throw new Problem('not_found', 'no such round for this person');
  return round;
}
