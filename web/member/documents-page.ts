import type { Deps } from '../../deps.ts';
import { contractsOf, knownDocuments } from '../../database/vigilance.ts';
import { keepMemberFile } from '../../documents/member-files.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { sum } from '../../domain/money.ts';
import { Problem } from '../../domain/problem.ts';
import { needsVigilance, obligatoryKinds, standingOf, vigilanceThresholdCents } from '../../domain/vigilance.ts';
import { sendDocument } from '../../steps/membership-steps.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import type { Page } from '../page.ts';
import { fileIn } from '../uploads.ts';

const kinds = ['registration', 'urssaf', 'insurance'] as const;

/** M4: the documents a member keeps up to date: where each stands, what its absence holds back, and how to send a new one. */
export const memberDocumentsPage: Page = {
  template: 'member-documents',
  async show(deps, access, typed) {
    const { db } = deps;
    const memberId = access.person.id;
    const documents = await db.memberDocument.findMany({ where: { memberId, state: { not: 'replaced' } }, orderBy: { createdAt: 'desc' } });
    const known = (await knownDocuments(db, [memberId])).get(memberId) ?? { documents: [], overrides: [] };
    const contracts = (await contractsOf(db, [memberId])).filter(({ cents }) => needsVigilance(cents));
    const held = await db.payout.findMany({ where: { memberId, state: 'held' } });
    const today = parisDay(Date.now());
    const isObligatory = (kind: string): boolean => (obligatoryKinds as readonly string[]).includes(kind);
    const standings = kinds.map((kind) => {
      const standing = standingOf(kind, known.documents, known.overrides, today);
      const needed = isObligatory(kind) && contracts.length > 0;
      return {
        kind, standing, needed, good: standing === 'valid' || standing === 'overridden', current: documents.find((document) => document.kind === kind && document.state === 'valid'),
        latest: documents.find((document) => document.kind === kind && document.state !== 'valid'),
        heldCents: sum(held.filter(({ heldFor }) => heldFor.includes(kind)).map(({ amountCents }) => amountCents)),
      };
    });
    const fileId = typeof typed?.body.fileId === 'string' ? typed.body.fileId : '';
    const kept = fileId ? await db.memberFile.findFirst({ where: { id: fileId, memberId }, select: { id: true, name: true } }) : null;
    return { title: '', standings, contracts, kinds, kept, threshold: vigilanceThresholdCents, heldCents: sum(held.map(({ amountCents }) => amountCents)), past: documents.filter(({ state }) => state === 'refused' || state === 'expired') };
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
