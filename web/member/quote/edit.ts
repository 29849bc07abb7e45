import { dropMemberQuoteDraft, saveMemberQuoteDraft } from '../../../database/member-quotes/drafts.ts';
import type { Deps } from '../../../deps.ts';
import { allows } from '../../../domain/lifecycle/lifecycle.ts';
import { quoteRoundLifecycle } from '../../../domain/lifecycle/quote-round.ts';
import { Problem } from '../../../domain/problem.ts';
import { text } from '../../body.ts';
import type { Access, Done } from '../../page.ts';
import type { UploadedFile } from '../../uploads.ts';
import { billingToKeep } from '../billing-fields.ts';
import { editLines } from './edit-lines.ts';
import { importEarlier, importTable } from './import-lines.ts';
import type { QuotingRound } from './round.ts';
import { typedQuote } from './typed-quote.ts';

type Body = Record<string, unknown>;

/**
 * What a button of the editor asks, short of sending: without a script each comes back with everything typed still there. Null when the quote is to be sent.
 * @throws Problem `csv_unreadable`, `form_invalid`, `not_found`
 */
export async function editQuote(deps: Deps, access: Access, body: Body, csv: UploadedFile | null, open: QuotingRound): Promise<Done | null> {
  const wish = text(body, 'do');
  const typed = typedQuote(body);
  const lines = editLines(typed.lines, wish);
  if (lines) return { again: { ...body, ...typed, lines } };
  if (wish === 'recalculate' || wish === 'attach') return { again: { ...body, ...typed } };
  if (wish.startsWith('leave-file-')) return { again: { ...body, ...typed, fileIds: typed.fileIds.filter((id) => id !== wish.slice('leave-file-'.length)) } };
  if (wish === 'import-csv') {
    const { quote, answer } = importTable(typed, csv, text(body, 'table'), access.locale);
    return { again: { ...body, ...quote, table: answer.table, imported: answer } };
  }
  if (wish === 'import-quote') {
    const { quote, answer } = await importEarlier(deps, access, typed, text(body, 'earlier'));
    return { again: { ...body, ...quote, imported: answer } };
  }
  if (wish === 'draft') {
    await keepDraft(deps, body, open);
    return { notice: 'quoteDraftKept' };
  }
  if (wish === 'discard') {
    await dropMemberQuoteDraft(deps.db, { roundId: open.round.id, memberId: open.memberId });
    return { notice: 'quoteDraftDropped' };
  }
  return null;
}

/** M9: what is typed is kept, right or wrong; never the account of a billing entity. @throws Problem `stage_changed` once no quote is waited for, or another version was sent meanwhile */
export async function keepDraft(deps: Deps, body: Body, { round, memberId, nextVersion }: QuotingRound): Promise<void> {
  if (!allows(quoteRoundLifecycle, round.state, 'submitQuote') || text(body, 'version') !== String(nextVersion)) throw new Problem('stage_changed', `${round.ref} is ${round.state}, at version ${nextVersion}`, { stage: round.state });
  const { lines, fileIds, ...terms } = typedQuote(body);
  const rows = lines.map((line) => ({ ...line }));
  await saveMemberQuoteDraft(deps.db, { roundId: round.id, memberId }, nextVersion, { ...terms, ...billingToKeep(body), lines: rows, fileIds: [...fileIds] }, Date.now());
}
