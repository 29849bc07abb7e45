import { notesOn } from '../../database/candidate-notes.ts';
import { publicProfile } from '../../database/casting/public-profile.ts';
import { availabilityOn, periodsOf } from '../../domain/availability.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { requireRight } from '../access.ts';
import type { Page } from '../page.ts';
import { castingActs } from './casting-acts.ts';
import { castingOf } from './casting-view.ts';
import { notesView } from './notes-view.ts';

/** C4, C5: who the company keeps in mind for a project, what it says about them among itself, and what those invited answered. */
export const shortlistPage: Page = {
  template: 'client-shortlist',
  async show(deps, access, typed) {
    requireRight(access, 'readProject');
    const casting = await castingOf(deps, access);
    const projectId = casting.project.id;
    const [entries, invitations] = await Promise.all([
      deps.db.shortlistEntry.findMany({ where: { projectId }, orderBy: [{ createdAt: 'desc' }, { memberId: 'asc' }], select: { createdAt: true, addedBy: { select: { name: true } }, member: { select: publicProfile } } }),
      deps.db.invitation.findMany({ where: { projectId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: { message: true, state: true, answer: true, createdAt: true, answeredAt: true, member: { select: { id: true, handle: true, name: true, state: true } } } }),
    ]);
    const notes = await notesOn(deps.db, projectId, entries.map(({ member }) => member.id));
    const states = new Map(invitations.map(({ member, state }) => [member.id, state]));
    const day = parisDay(Date.now());
    return {
      ...casting, mayInvite: casting.mayInvite && entries.some(({ member }) => member.state === 'active' && !states.has(member.id)),
      entries: entries.map(({ member, addedBy, createdAt }) => ({
        ...member, addedBy: addedBy.name, addedAt: createdAt, gone: member.state !== 'active', invitation: states.get(member.id), shortlisted: true,
        free: availabilityOn(day, member, periodsOf(member.calendar)), themeNames: member.themes.map(({ theme }) => (access.locale === 'fr' ? theme.nameFr : theme.nameEn)), skillNames: member.skills.slice(0, 6),
        notes: notesView(member.id, notes.get(member.id), access.person.id, typed),
      })),
      invitations: invitations.map((one) => ({ ...one, gone: one.member.state !== 'active', answered: one.state !== 'sent' })),
    };
  },
  acts: castingActs,
};
