import type { Member } from '@prisma/client';
import { eraseCandidate } from './erase-candidate.ts';
import type { Tx } from './open.ts';
import { forgetShares } from './project-shares.ts';

/**
 * M2 (GDPR 17): blanks what we hold about a member who asked for it, wherever it stands. What stays is what the law makes us keep ten years (C. com. L123-22): invoices,
 * payments and the ledger, the accepted quotes and the correspondence of the projects they worked on, the legal identity those documents bear, and, with them, the documents of
 * vigilance we had to hold (C. trav. D8222-5); and the trail, which nobody can change. `at` in ms.
 */
export async function eraseMember(tx: Tx, member: Member, state: string, at: number): Promise<void> {
  const memberId = member.id;
  const contracts = await tx.project.findMany({ where: { OR: [{ team: { some: { memberId } } }, { rounds: { some: { memberQuotes: { some: { memberId, state: 'accepted' } } } } }, { memberInvoices: { some: { memberId } } }] }, select: { id: true } });
  const kept = contracts.map(({ id }) => id);
  const elsewhere = { projectId: { notIn: kept } };
  await tx.invitation.updateMany({ where: { memberId, ...elsewhere }, data: { message: '', answer: null } });
  await tx.application.updateMany({ where: { leadId: memberId, ...elsewhere }, data: { message: '', answer: null } });
  await tx.teamInvitation.updateMany({ where: { memberId, application: elsewhere }, data: { answer: '' } });
  await forgetShares(tx, (await tx.projectShare.findMany({ where: { OR: [{ memberId }, { email: member.email }] }, select: { id: true } })).map(({ id }) => id));
  await tx.shortlistEntry.deleteMany({ where: { memberId } });
  await tx.candidateNote.deleteMany({ where: { memberId } });
  await tx.projectSeen.deleteMany({ where: { memberId } });
  await tx.memberQuote.updateMany({ where: { memberId, round: elsewhere }, data: { conditions: '', remarks: null } });
  await tx.memberQuoteDraft.deleteMany({ where: { memberId } });
  await tx.quoteFile.deleteMany({ where: { memberId, OR: [{ quoteId: null }, { round: elsewhere }] } });
  await tx.accountChange.deleteMany({ where: { memberId } });
  await tx.emailChange.deleteMany({ where: { personKind: 'member', personId: memberId } });
  await tx.quoteLine.updateMany({ where: { quote: { memberId, round: elsewhere } }, data: { section: '', label: '—' } });
  await tx.referral.updateMany({ where: { memberId, payouts: { none: {} } }, data: { lead: '' } });
  // M14: a lead that brought nothing goes; of the others, the people it names.
  await tx.lead.deleteMany({ where: { memberId, referrals: { none: {} } } });
  await tx.lead.updateMany({ where: { memberId }, data: { contactName: '—', contactEmail: '', contactPhone: '', need: '—', mailDomain: null } });
  const said = { authorKind: 'member', authorId: memberId, conversation: elsewhere };
  await tx.messageFile.deleteMany({ where: { message: said, file: { ownerKind: 'member', ownerId: memberId } } });
  await tx.message.updateMany({ where: said, data: { text: '—', authorName: '—' } });
  await tx.conversationReader.updateMany({ where: { personKind: 'member', personId: memberId }, data: { personName: '—' } });
  if (kept.length === 0) {
    await tx.documentOverride.deleteMany({ where: { memberId } });
    await tx.memberDocument.deleteMany({ where: { memberId } });
    await tx.memberFile.deleteMany({ where: { memberId } });
    await tx.billingEntity.deleteMany({ where: { memberId } });
    await tx.billingMandate.deleteMany({ where: { memberId } });
  } else {
    await tx.memberFile.deleteMany({ where: { memberId, documents: { none: {} } } });
    // Everything is paid: the account is of no use any more.
    await tx.billingEntity.updateMany({ where: { memberId }, data: { ibanEncrypted: '', bic: null } });
  }
  // Nothing more leaves for an address that is about to be blanked; what others were told of them, outside their contracts, goes too.
  await tx.mail.deleteMany({ where: { toId: memberId, state: 'queued' } });
  await tx.mail.updateMany({ where: { toKind: { not: 'member' }, data: { path: ['memberName'], equals: member.name }, OR: [{ projectId: null }, elsewhere] }, data: { data: {}, subject: '', html: null, text: null } });
  await eraseCandidate(tx, member, state, at, kept);
}
