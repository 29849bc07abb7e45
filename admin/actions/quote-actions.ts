import type { Deps } from '../../deps.ts';
import { fee } from '../../domain/fees.ts';
import { quoteRoundLifecycle } from '../../domain/lifecycle/quote-round.ts';
import { mayDo } from '../../domain/roles.ts';
import { sum } from '../../domain/money.ts';
import type { Terms } from '../../domain/terms.ts';
import { moveDeadline, remindNow } from '../../steps/deadline-steps.ts';
import * as steps from '../../steps/quote-steps.ts';
import type { Step } from '../../steps/step.ts';
import type { Speaker } from '../text.ts';
import { deadlineFields } from './deadline-fields.ts';
import type { ConsoleStep, ShownTable } from './console-step.ts';

/** Q4: staff check the members' quotes, send one back, build and send the global quote, or take it back to revise it. */
export const quoteActions: readonly ConsoleStep[] = [
  round(steps.sendClientQuote, 'Send', async (deps, id, say, staff) => {
    const quotes = await standingQuotes(deps, id);
    return [
      { name: 'quoteIds', kind: 'choices', required: true, value: quotes.map((quote) => quote.id), options: quotes.map((quote) => ({ value: quote.id, label: `${quote.member.name} — ${say.money(quote.totalCents)}` })) },
      { name: 'introduction', kind: 'long' },
      ...(mayDo(staff.role, 'overrideQuoteChecks') ? [{ name: 'overrideReason', kind: 'long' as const }] : []),
    ];
  }, sideBySide),
  round(steps.sendBackQuote, 'CornerUpLeft', async (deps, id, say) => {
    const quotes = await standingQuotes(deps, id);
    return [
      { name: 'quoteId', kind: 'choice', required: true, value: quotes[0]?.id, options: quotes.map((quote) => ({ value: quote.id, label: `${quote.member.name} — ${say.money(quote.totalCents)}` })) },
      { name: 'remarks', kind: 'long', required: true },
    ];
  }, sideBySide),
  round(remindNow, 'Bell', () => Promise.resolve([])),
  round(moveDeadline, 'Clock', deadlineFields(['extend', 'skip', 'restart'])),
  round(steps.reopenQuote, 'RefreshCw', () => Promise.resolve([{ name: 'reason', kind: 'long', required: true }])),
];

function round(step: Step<never> | Step<unknown>, icon: string, fields: ConsoleStep['fields'], tables?: ConsoleStep['tables']): ConsoleStep {
  return {
    step: step, icon, fields, tables, stateField: 'state', lifecycle: quoteRoundLifecycle,
    subject: (params) => `quote-review/${params.ref}`,
  };
}

function standingQuotes(deps: Deps, roundId: string) {
  return deps.db.memberQuote.findMany({ where: { roundId, state: 'submitted' }, include: { member: true, lines: { orderBy: { position: 'asc' } } }, orderBy: { memberId: 'asc' } });
}

/** Every quote with its lines, then what the client will pay, the fee apart with its rate and basis (Q6). */
async function sideBySide(deps: Deps, roundId: string, say: Speaker): Promise<ShownTable[]> {
  const quotes = await standingQuotes(deps, roundId);
  const { project } = await deps.db.quoteRound.findUniqueOrThrow({ where: { id: roundId }, include: { project: true } });
  const terms = project.terms as unknown as Terms;
  const members = sum(quotes.map(({ totalCents }) => totalCents));
  const feeCents = fee(members, terms.feeRateBp, terms.feeBasis);
  const each = quotes.map((quote): ShownTable => ({
    title: `${quote.member.name} · ${say.say('version', { version: quote.version })}`, total: true,
    rows: [
      ...quote.lines.map((line) => [line.section, line.label, `${line.quantityMilli / 1000} × ${say.money(line.unitCents)}`, line.offered ? say.say('offered') : `${line.optional ? `${say.say('option')} · ` : ''}${say.money(line.amountCents)}`]),
      ...(quote.discountCents > 0 ? [['', say.say('discount'), '', `−${say.money(quote.discountCents)}`]] : []),
      ['', say.say('total'), '', say.money(quote.totalCents)],
    ],
  }));
  const whole: ShownTable = {
    title: say.say('globalQuote'), total: true,
    rows: [[say.say('members'), say.money(members)], [say.say(`fee.${terms.feeBasis}`, { rate: terms.feeRateBp }), say.money(feeCents)], [say.say('totalNet'), say.money(members + feeCents)]],
  };
  return [...each, whole];
}
