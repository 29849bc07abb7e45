import { mandateText } from '../../billing/mandate.ts';
import { memberQuoteDraft } from '../../database/member-quotes/drafts.ts';
import { filesNamed, joinFiles, quoteFiles } from '../../database/member-quotes/files.ts';
import { memberVatRates } from '../../domain/billing-entity.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { quoteRoundLifecycle } from '../../domain/lifecycle/quote-round.ts';
import { Problem } from '../../domain/problem.ts';
import { paymentSchedules } from '../../domain/quote-schedule.ts';
import { checkQuote } from '../../domain/quotes.ts';
import { submitQuote } from '../../steps/quote-steps.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import type { Page } from '../page.ts';
import { fileIn, filesIn } from '../uploads.ts';
import { billingTyped, whyWrong } from './billing-fields.ts';
import { editQuote, keepDraft } from './quote/edit.ts';
import { linesShown } from './quote/form-view.ts';
import { earlierQuotes } from './quote/import-lines.ts';
import { adviceOn, totalsShown } from './quote/look-again.ts';
import { figuresOf, readQuote, termsTyped } from './quote/read-quote.ts';
import { roundFor } from './quote/round.ts';
import { standingOf } from './quote/standing.ts';
import { addableKinds, emptyLine, lineKinds, quoteAsTyped, typedQuote } from './quote/typed-quote.ts';
import { readVersions } from './quote/versions.ts';

/** M9, Q1 to Q5, M3: a member's quote, from its first line to the client's answer, and their billing entity with the first one. */
export const memberQuotePage: Page = {
  template: 'member-quote',
  async show(deps, access, typed, query) {
    const open = await roundFor(deps, access);
    const { round, latest, member, memberId, nextVersion } = open;
    const whose = { roundId: round.id, memberId };
    const canSubmit = allows(quoteRoundLifecycle, round.state, 'submitQuote');
    const draft = canSubmit && !typed ? await memberQuoteDraft(deps.db, whose, nextVersion) : null;
    const quote = typed ? typedQuote(typed.body) : draft ? typedQuote(draft.fields) : latest ? quoteAsTyped(latest, access.locale) : { ...typedQuote({}), lines: [emptyLine('days'), emptyLine('flat')] };
    const read = readQuote(quote);
    const sending = typed !== null && ['', 'send'].includes(text(typed.body, 'do'));
    const entity = typed?.body ?? draft?.fields ?? {};
    const [askedChange] = round.clientQuotes;
    return {
      title: round.project.title, project: round.project, round, latest, canSubmit, version: nextVersion, draft,
      editing: canSubmit && (typed !== null || draft !== null || !latest || latest.state === 'sent_back' || round.state === 'collecting' || query.edit === 'yes'),
      standing: standingOf(open, Date.now()), versions: readVersions(round.memberQuotes), changeAsked: round.state === 'collecting' && askedChange?.state === 'change_asked' ? askedChange.reason : null,
      quote, ...linesShown(quote, read, sending, access.locale), advice: adviceOn(read, open, Date.now()), totals: totalsShown(read, round.project),
      sections: [...new Set(quote.lines.map(({ section }) => section).filter(Boolean))],
      kinds: lineKinds, addable: addableKinds, schedules: paymentSchedules, imported: typed?.body.imported ?? null,
      files: await filesNamed(deps.db, whose, quote.fileIds), mostFiles: quoteFiles.most, filesAt: access.linkId === null ? '/my-quote-files' : `${access.root}/file`, earlier: canSubmit ? await earlierQuotes(deps, memberId, round.id) : [],
      billing: member.billing, entity, vatRates: memberVatRates, why: sending && !member.billing ? whyWrong(entity, ['entity', 'account']) : {},
      mandate: mandateText(text(entity, 'legalName') || (access.locale === 'fr' ? 'La raison sociale saisie ci-dessus' : 'The legal name typed above')),
    };
  },
  acts: {
    async submitQuote(deps, access, body, key) {
      const [csv, files] = [fileIn(body, 'csv'), filesIn(body, 'files')];
      delete body.csv;
      delete body.files;
      const open = await roundFor(deps, access);
      const { round, member, memberId } = open;
      // Kept first, whatever was asked: a file is not chosen twice.
      if (files.length > 0 && allows(quoteRoundLifecycle, round.state, 'submitQuote')) body.fileIds = await joinFiles(deps.db, { roundId: round.id, memberId }, typedQuote(body).fileIds, files);
      const edited = await editQuote(deps, access, body, csv, open);
      if (edited) return edited;
      const typed = typedQuote(body);
      const wrong: string[] = [];
      const figures = orWrong(() => figuresOf(readQuote(typed)), wrong);
      const terms = orWrong(() => termsTyped(typed), wrong);
      const billing = member.billing ? null : orWrong(() => billingTyped(deps.secret, body), wrong);
      if (wrong.length > 0 || !figures || !terms) throw new Problem('form_invalid', `to look at again: ${wrong.join(', ')}`, { fields: wrong.join(', ') });
      checkQuote(figures);
      await askStep(deps, access, key, submitQuote, `quote-review/${round.ref}`, { ...figures, ...terms, fileIds: typed.fileIds, billing });
      return { notice: 'quoteSent' };
    },
    /** While one types, and when the page is left. */
    async saveDraft(deps, access, body) {
      await keepDraft(deps, body, await roundFor(deps, access));
      return { notice: '' };
    },
  },
};

/** What a part of the form says, or null when it is to be looked at again: all its parts are told at once. */
function orWrong<T>(read: () => T, wrong: string[]): T | null {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof Problem) || cause.code !== 'form_invalid') throw cause;
    wrong.push(String(cause.details.fields));
    return null;
  }
}
