import { notesOn } from '../../database/candidate-notes.ts';
import { showcase } from '../../database/casting/public-profile.ts';
import { Problem } from '../../domain/problem.ts';
import { requireRight } from '../access.ts';
import type { Page } from '../page.ts';
import { showcaseView } from '../showcase-view.ts';
import { castingActs } from './casting-acts.ts';
import { castingOf } from './casting-view.ts';
import { notesView } from './notes-view.ts';

/** C4: a member as clients see them, for a project: what they do and did, what the company notes about them, the invitation and its answer. */
export const memberProfilePage: Page = {
  template: 'client-member',
  async show(deps, access, typed) {
    requireRight(access, 'searchMembers');
    const casting = await castingOf(deps, access);
    const projectId = casting.project.id;
    const member = await deps.db.member.findFirst({
      where: { handle: access.subjectId ?? '', state: 'active' },
      select: {
        ...showcase,
        shortlisted: { where: { projectId }, select: { createdAt: true, addedBy: { select: { name: true } } } },
        invitations: { where: { projectId }, select: { message: true, state: true, answer: true, createdAt: true, answeredAt: true } },
      },
    });
    if (!member) throw new Problem('not_found', `no active member ${access.subjectId ?? ''}`);
    const notes = await notesOn(deps.db, projectId, [member.id]);
    return {
      ...casting, title: member.name, ...showcaseView(member, access.locale),
      kept: member.shortlisted[0], invitation: member.invitations[0], notes: notesView(member.id, notes.get(member.id), access.person.id, typed),
    };
  },
  acts: castingActs,
};
