import type { Db } from '../open.ts';

/**
 * GDPR 15 and 20: everything we hold about a member, as plain data. Files are named, with the address they are read at; an account is told by its last four characters.
 * What other people wrote is theirs, and left out: their messages, and what a company notes for itself. `at` in ms.
 */
export async function exportMember(db: Db, memberId: string, at: number): Promise<object> {
  const { search: _search, ...member } = await db.member.findUniqueOrThrow({
    where: { id: memberId },
    include: {
      search: false, themes: { select: { subscribed: true, practised: true, theme: { select: { nameFr: true, nameEn: true } } } }, portfolio: { orderBy: { position: 'asc' } }, calendar: { orderBy: { fromOn: 'asc' }, select: { fromOn: true, toOn: true, kind: true, note: true, createdAt: true } },
      billing: { omit: { ibanEncrypted: true } }, mandates: { orderBy: { acceptedAt: 'asc' } }, accountChanges: { orderBy: { createdAt: 'asc' }, omit: { ibanEncrypted: true, formerEncrypted: true } },
      quoteDrafts: { select: { version: true, fields: true, updatedAt: true, round: { select: { ref: true } } } }, documents: { orderBy: { createdAt: 'asc' } }, overrides: true,
      reviews: { select: { experience: true, references: true, creativity: true, expertise: true, experienceNote: true, referencesNote: true, creativityNote: true, expertiseNote: true, createdAt: true } },
      invitations: { include: { project: projectName } }, team: { select: { isLead: true, createdAt: true, project: projectName } },
      applications: { select: { application: { select: { message: true, state: true, answer: true, createdAt: true, decidedAt: true, leadId: true, project: projectName } } } },
      quotes: { orderBy: { createdAt: 'asc' }, include: { lines: { orderBy: { position: 'asc' } }, round: { select: { ref: true } } } },
      teamInvitations: { select: { state: true, answer: true, createdAt: true, answeredAt: true, application: { select: { project: projectName } } } },
      candidatureFiles: { orderBy: { createdAt: 'asc' }, select: { id: true, name: true, type: true, size: true, sha256: true, createdAt: true } }, recommended: { select: { email: true, name: true, note: true, createdAt: true } },
      shares: { select: { email: true, name: true, note: true, createdAt: true, project: projectName } }, invoices: { orderBy: { createdAt: 'asc' } }, payouts: { orderBy: { createdAt: 'asc' } }, referrals: true, leads: { orderBy: { createdAt: 'asc' } }, seen: { select: { seenAt: true, project: projectName } },
    },
  }) as Record<string, unknown>;
  const mine = { ownerKind: 'member', ownerId: memberId };
  const [conversations, messages, files, memberFiles, mails, links, sessions, emailChanges, forms, trail] = await Promise.all([
    db.conversationMember.findMany({ where: { memberId }, select: { joinedAt: true, conversation: { select: { id: true, kind: true, title: true, project: projectName } } } }),
    db.message.findMany({ where: { authorKind: 'member', authorId: memberId }, orderBy: { createdAt: 'asc' }, select: { conversationId: true, text: true, createdAt: true } }),
    db.storedFile.findMany({ where: mine, orderBy: { createdAt: 'asc' }, select: { id: true, name: true, type: true, size: true, sha256: true, projectId: true, createdAt: true, joinedTo: { select: { quoteId: true } } } }),
    db.memberFile.findMany({ where: { memberId }, orderBy: { createdAt: 'asc' }, select: { id: true, name: true, type: true, size: true, sha256: true, createdAt: true } }),
    db.mail.findMany({ where: { toKind: 'member', toId: memberId }, orderBy: { createdAt: 'asc' }, select: { template: true, subject: true, toEmail: true, state: true, text: true, createdAt: true, sentAt: true } }),
    db.personalLink.findMany({ where: mine, orderBy: { createdAt: 'asc' }, select: { purpose: true, createdAt: true, expiresAt: true, usedAt: true, revokedAt: true } }),
    db.webSession.findMany({ where: { personKind: 'member', personId: memberId }, orderBy: { createdAt: 'asc' }, select: { userAgent: true, createdAt: true, lastSeenAt: true, endedAt: true } }),
    db.emailChange.findMany({ where: { personKind: 'member', personId: memberId }, orderBy: { createdAt: 'asc' }, select: { state: true, formerEmail: true, email: true, createdAt: true, confirmedAt: true, endedAt: true } }),
    db.submission.findMany({ where: { actorKind: 'member', actorId: memberId }, orderBy: { createdAt: 'asc' }, select: { step: true, subject: true, context: true, state: true, createdAt: true } }),
    db.auditEvent.findMany({ where: { OR: [{ actorKind: 'member', actorId: memberId }, { subject: String(member.handle) }] }, orderBy: { at: 'asc' }, select: { at: true, actorKind: true, action: true, subject: true, data: true } }),
  ]);
  return {
    exportedAt: new Date(at), member, conversations, messages,
    files: [...files.map((file) => ({ ...file, address: file.projectId !== null ? null : file.joinedTo.length > 0 ? `/my-quote-files/${file.id}` : `/profile/picture/${file.id}` })), ...memberFiles.map((file) => ({ ...file, address: `/my-documents/file/${file.id}` }))],
    mails, links, sessions, emailChanges, forms, trail,
  };
}

const projectName = { select: { ref: true, title: true } } as const;
