import { documentNeeds } from '../../database/member/document-needs.ts';
import { knownDocuments } from '../../database/vigilance.ts';
import type { Deps } from '../../deps.ts';
import { keepMemberFile } from '../../documents/member-files.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { sum } from '../../domain/money.ts';
import { Problem } from '../../domain/problem.ts';
import { obligatoryKinds, standingOf, vigilanceThresholdCents } from '../../domain/vigilance.ts';
import { sendDocument } from '../../steps/membership-steps.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import type { Page } from '../page.ts';
import { fileIn } from '../uploads.ts';

const kinds = ['registration', 'urssaf', 'insurance'] as const;
const dayMs = 86_400_000;
/** A document is told to end from this many days before. */
const soonDays = 30;

/** M4: the documents a member keeps up to date: where each stands, what is missing for which project and what it holds back, and how to send a new one. */
export const memberDocumentsPage: Page = {
  template: 'member-documents',
  async show(deps, access, typed) {
    const { db } = deps;
    const memberId = access.person.id;
    const now = Date.now();
    const documents = await db.memberDocument.findMany({ where: { memberId, state: { not: 'replaced' } }, orderBy: { createdAt: 'desc' } });
    const known = (await knownDocuments(db, [memberId])).get(memberId) ?? { documents: [], overrides: [] };
    const needs = await documentNeeds(db, memberId, known, now);
    const held = await db.payout.findMany({ where: { memberId, state: 'held' } });
    const anyNeed = needs.projects.some(({ needed }) => needed);
    const standings = kinds.map((kind) => {
      const standing = standingOf(kind, known.documents, known.overrides, parisDay(now));
      const current = documents.find((document) => document.kind === kind && document.state === 'valid');
      const daysLeft = current?.expiresOn ? Math.ceil((current.expiresOn.getTime() - now) / dayMs) + 1 : null;
      return {
        kind, standing, needed: anyNeed && (obligatoryKinds as readonly string[]).includes(kind), good: standing === 'valid' || standing === 'overridden', current,
        endsSoon: standing === 'valid' && daysLeft !== null && daysLeft <= soonDays ? daysLeft : null, overriddenUntil: standing === 'overridden' ? known.overrides.filter((one) => one.kind === kind).map(({ until }) => until).sort().at(-1) : null,
        latest: documents.find((document) => document.kind === kind && document.state !== 'valid'),
        heldCents: sum(held.filter(({ heldFor }) => heldFor.includes(kind)).map(({ amountCents }) => amountCents)),
      };
    });
    const fileId = typeof typed?.body.fileId === 'string' ? typed.body.fileId : '';
    const kept = fileId ? await db.memberFile.findFirst({ where: { id: fileId, memberId }, select: { id: true, name: true } }) : null;
    return { title: '', standings, ...needs, anyNeed, kinds, kept, threshold: vigilanceThresholdCents, heldCents: sum(held.map(({ amountCents }) => amountCents)) };
  },
  acts: {
    /** The file is kept first, so that nothing is lost when the rest must wait. */
    async sendDocument(deps: Deps, access, body, key) {
      const memberId = access.person.id;
      const { handle } = await deps.db.member.findUniqueOrThrow({ where: { id: memberId } });
      const file = fileIn(body, 'file');
      delete body.file;
      if (file) body.fileId = await keepMemberFile(deps.db, { key, memberId, ...file, at: Date.now() });
      const kept = await deps.db.memberFile.findFirst({ where: { id: text(body, 'fileId'), memberId }, select: { id: true, name: true } });
      if (!kept) throw new Problem('form_invalid', 'no file came', { fields: 'file' });
      await askStep(deps, access, key, sendDocument, `membership/${handle}`, { kind: text(body, 'kind'), fileName: kept.name, fileId: kept.id, expiresOn: text(body, 'expiresOn') || null });
      return { notice: 'documentSent' };
    },
  },
};
