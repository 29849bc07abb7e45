import { saveBillingEntity } from '../../database/billing/entity.ts';
import { giveFilesToQuote } from '../../database/member-quotes/files.ts';
import type { Tx } from '../../database/open.ts';
import { Problem } from '../../domain/problem.ts';
import { checkedSchedule } from '../../domain/quote-schedule.ts';
import { checkQuote, lineAmount, quoteTotals } from '../../domain/quotes.ts';
import { roundDeadline } from '../../domain/round-schedule.ts';
import * as steps from '../../steps/quote-steps.ts';
import type { BillingFields } from '../../steps/quote-steps.ts';
import type { ActivityDeps } from '../deps.ts';
import { roundStep, type RoundStepInput } from './round-step.ts';

/** M9, Q1 to Q5: a member's quote arrives, or goes back to its member with remarks. */
export function memberQuoteActivities(deps: ActivityDeps) {
  return {
    submitQuote: (input: RoundStepInput) =>
      roundStep(deps, steps.submitQuote, input, async ({ tx, project, round, terms, letters, at }, submitted) => {
        const memberId = submitted.by.id ?? '';
        const inTeam = await tx.teamMember.count({ where: { projectId: project.id, memberId } });
        if (inTeam === 0) throw new Problem('not_in_team', `${memberId} is not in the team of ${project.ref}`);
        const member = await tx.member.findUniqueOrThrow({ where: { id: memberId } });
        const billing = await billingOf(tx, memberId, submitted.payload.billing, at);

        const { lines, discountCents, conditions, validityDays, fileIds } = submitted.payload;
        const schedule = checkedSchedule(submitted.payload);
        checkQuote({ lines, discountCents });
        const totals = quoteTotals({ lines, discountCents });

        const earlier = round.memberQuotes.filter((quote) => quote.memberId === memberId);
        const version = (earlier.at(-1)?.version ?? 0) + 1;
        await tx.memberQuote.updateMany({
          where: { roundId: round.id, memberId, state: { in: ['submitted', 'sent_back', 'included'] } },
          data: { state: 'superseded', decidedAt: new Date(at) },
        });
        const quote = await tx.memberQuote.create({
          data: {
            roundId: round.id, memberId, version, state: 'submitted', discountCents, conditions, ...schedule, validityDays,
            totalCents: totals.totalCents, optionsCents: totals.optionsCents,
            vatRegime: billing.vatRegime, vatRateBp: billing.vatRateBp, createdAt: new Date(at),
            lines: { create: lines.map((line, position) => ({ ...line, position, amountCents: lineAmount(line) })) },
          },
        });
        await giveFilesToQuote(tx, { roundId: round.id, memberId, quoteId: quote.id }, fileIds);
        const since = round.state === 'validating' && round.clockStartedAt ? round.clockStartedAt.getTime() : at;
        const deadline = new Date(roundDeadline('validating', terms, since) ?? at).toISOString();
        await letters.toMember(member, 'quote_received', { totalCents: totals.totalCents, version, deadline }, { purpose: 'member_quote', subjectId: round.id });
        await letters.toStaff('staff_quote_received', { memberName: member.name, totalCents: totals.totalCents, deadline }, roundPath(round.id));
        return { told: { member: member.name, version, totalCents: totals.totalCents } };
      }),

    sendBackQuote: (input: RoundStepInput) =>
      roundStep(deps, steps.sendBackQuote, input, async ({ tx, round, letters, at }, submitted) => {
        const { quoteId, remarks } = submitted.payload;
        const quote = round.memberQuotes.find(({ id, state }) => id === quoteId && state === 'submitted');
        if (!quote) throw new Problem('quote_not_standing', `${quoteId} is not a standing quote of ${round.ref}`);
        await tx.memberQuote.update({ where: { id: quote.id }, data: { state: 'sent_back', remarks, decidedAt: new Date(at) } });
        await letters.toMember(quote.member, 'quote_sent_back', { remarks }, { purpose: 'member_quote', subjectId: round.id });
        const standing = round.memberQuotes.some(({ id, state }) => state === 'submitted' && id !== quote.id);
        // With nothing left to check, the 24 h stop: the next quote starts them again.
        return { action: standing ? 'sendBackQuote' : 'allSentBack', told: { member: quote.member.name, remarks } };
      }),
  };
}

/** The console's page of a round. */
export function roundPath(roundId: string): string {
  return `/console/resources/QuoteRound/records/${roundId}/show`;
}

/** M3: the billing entity comes with the first quote. */
async function billingOf(tx: Tx, memberId: string, given: BillingFields | null, at: number): Promise<{ vatRegime: string; vatRateBp: number }> {
  const known = await tx.billingEntity.findUnique({ where: { memberId } });
  if (known) return known;
  if (!given) throw new Problem('billing_missing', `${memberId} has no billing entity yet`);
  return saveBillingEntity(tx, memberId, given, at);
}
