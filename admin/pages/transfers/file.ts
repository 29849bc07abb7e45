import { sepaExportLifecycle, type SepaExportAction } from '../../../domain/lifecycle/sepa-export.ts';
import { allows } from '../../../domain/lifecycle/lifecycle.ts';
import { Problem } from '../../../domain/problem.ts';
import { mayDo } from '../../../domain/roles.ts';
import type { Block, PageField, Row } from '../blocks.ts';
import { bankDay } from '../bank/shown-line.ts';
import { financeNavigation } from '../finance/navigation.ts';
import type { Asked } from '../page.ts';

const way = ['prepared', 'approved', 'exported', 'completed'] as const;

/** One file of transfers: what it pays, to whom, who did what, and what may be done now. */
export async function fileBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say, query, staff } = asked;
  const file = await db.sepaExport.findUnique({
    where: { ref: query.file ?? '' },
    include: { account: true, lines: { orderBy: [{ executeOn: 'asc' }, { name: 'asc' }, { id: 'asc' }], include: { payout: { select: { state: true, paidAt: true, member: { select: { name: true } } } } } } },
  });
  if (!file) throw new Problem('not_found', `no file ${query.file}`);
  const may = (act: SepaExportAction): boolean => mayDo(staff.role, act) && allows(sepaExportLifecycle, file.state, act);
  const ref: PageField = { name: 'ref', kind: 'hidden', label: '', value: file.ref };
  const own = file.createdById === staff.id;
  const done = way.indexOf(file.state as (typeof way)[number]);
  const facts: [string, string][] = [
    ['account', `${file.account.name} •••• ${file.account.ibanLast4}`], ['version', `pain.001.001.${file.version}`], ['total', `${say.money(file.totalCents)}, ${say.say('transfers.count', { count: file.lines.length })}`], ['made', `${file.createdBy}, ${say.moment(file.createdAt)}`],
    ...(file.approvedBy ? [['approved', `${file.approvedBy}, ${say.moment(file.approvedAt)}`] as [string, string]] : []), ...(file.sha256 ? [['sha256', file.sha256] as [string, string]] : []), ...(file.exportedBy ? [['taken', `${file.exportedBy}, ${say.moment(file.exportedAt)}`] as [string, string]] : []),
    ...(file.cancelledBy ? [['cancelled', `${file.cancelledBy}, ${say.moment(file.cancelledAt)} : ${file.cancelReason ?? ''}`] as [string, string]] : []),
  ];
  return [
    financeNavigation(asked, 'transfers'),
    { kind: 'links', items: [{ text: say.say('transfers.back'), href: '/console/pages/transfers' }, ...(file.exportedAt && file.state !== 'cancelled' && mayDo(staff.role, 'takeExport') ? [{ text: say.say('transfers.download'), href: `/console/transfer-files/${file.ref}` }] : [])] },
    ...(file.state === 'cancelled' ? [{ kind: 'callout' as const, text: say.say('transfers.isCancelled') }] : [{ kind: 'stages' as const, label: say.say('transfers.way'), items: way.map((name, index) => ({ label: say.state('sepaExport', name), done: index < done || file.state === 'completed', current: index === done && file.state !== 'completed' })) }]),
    { kind: 'table', head: [say.say('bank.head.fact'), say.say('bank.head.said')], rows: facts.map(([name, text]): Row => ({ cells: [say.say(`transfers.fact.${name}`), text] })), empty: '' },
    ...(may('approveExport') ? [own ? { kind: 'callout' as const, text: say.say('transfers.ownFile') } : { kind: 'form' as const, method: 'post' as const, act: 'approve', title: say.say('transfers.approveTitle'), button: say.say('transfers.approve'), consequence: say.say('transfers.approveConsequence'), fields: [ref] }] : []),
    ...(may('takeExport') ? [{ kind: 'form' as const, method: 'post' as const, act: 'take', title: say.say('transfers.takeTitle'), button: say.say('transfers.take'), consequence: say.say('transfers.takeConsequence'), fields: [ref] }] : []),
    {
      kind: 'table', caption: say.say('transfers.lines'), head: ['member', 'amount', 'account', 'day', 'words', 'state'].map((name) => say.say(`transfers.head.${name}`)), numeric: [1], empty: '',
      rows: file.lines.map(({ name, amountCents, ibanLast4, executeOn, remittance, live, payout }): Row => ({
        cells: [
          { text: payout.member.name, ...(payout.member.name === name ? {} : { detail: name }) }, say.money(amountCents), `•••• ${ibanLast4}`, bankDay(executeOn, say), remittance,
          live ? { text: say.state('payout', payout.state), tone: payout.state === 'paid' ? 'good' : payout.state === 'held' ? 'bad' : 'strong', ...(payout.paidAt ? { detail: bankDay(payout.paidAt, say) } : {}) } : { text: say.say(file.state === 'cancelled' ? 'transfers.freed' : 'transfers.returned'), tone: file.state === 'cancelled' ? 'soft' : 'bad' },
        ],
      })),
    },
    ...(may('cancelExport') ? [{
      kind: 'details' as const, summary: say.say('transfers.cancelTitle'), blocks: [{
        kind: 'form' as const, method: 'post' as const, act: 'cancel', button: say.say('transfers.cancel'), consequence: say.say(file.exportedAt ? 'transfers.cancelSentConsequence' : 'transfers.cancelConsequence'),
        fields: [ref, { name: 'reason', kind: 'text' as const, required: true, label: say.say('transfers.field.reason') }, ...(file.exportedAt ? [{ name: 'confirmed', kind: 'check' as const, required: true, label: say.say('transfers.field.notPaid') }] : [])],
      }],
    }] : []),
  ];
}
