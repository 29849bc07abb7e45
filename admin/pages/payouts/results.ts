import { Problem, type ProblemCode } from '../../../domain/problem.ts';
import { sendPayout } from '../../../steps/invoice-steps.ts';
import type { Block, Cell, Row } from '../blocks.ts';
import { waterfallHref } from '../finance/addresses.ts';
import type { Asked } from '../page.ts';

/** What became of each payout of the sending named in the address, from what was kept of it: its own sender's, and nobody else's. */
export async function resultBlocks({ deps: { db }, say, staff, query }: Asked): Promise<Block[]> {
  if (!query.sent || !query.of) return [];
  const refs = query.of.split(',').slice(0, 200);
  const submissions = await db.submission.findMany({ where: { id: { in: refs.map((ref) => `${query.sent}/${ref}`) }, step: sendPayout.name, actorId: staff.id }, orderBy: { id: 'asc' } });
  const idsOf = (payload: unknown): string[] => (payload as { payoutIds: string[] }).payoutIds;
  const payouts = await db.payout.findMany({ where: { id: { in: submissions.flatMap(({ payload }) => idsOf(payload)) } }, include: { member: true, payment: { include: { clientInvoice: true } } } });
  const rows = submissions.flatMap(({ payload, state, problem }): Row[] => idsOf(payload).flatMap((id): Row[] => {
    const payout = payouts.find((one) => one.id === id);
    if (!payout) return [];
    const { ref, number } = payout.payment.clientInvoice;
    const fate: Cell = state === 'done' ? { text: say.say('payouts.result.done'), tone: 'good' }
      : state === 'refused' ? { text: say.say('payouts.result.refused'), tone: 'bad', detail: say.problem(new Problem((problem ?? 'stage_changed') as ProblemCode, 'refused')) }
        : { text: say.say('payouts.result.pending'), tone: 'strong' };
    return [{ cells: [payout.member.name, say.money(payout.amountCents), { text: number ?? ref, href: waterfallHref(ref) }, fate] }];
  }));
  return [{ kind: 'table', caption: say.say('payouts.results'), head: ['member', 'amount', 'invoice', 'result'].map((name) => say.say(`payouts.head.${name}`)), numeric: [1], rows, empty: say.say('payouts.noResult') }];
}
