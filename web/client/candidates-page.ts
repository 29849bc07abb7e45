import { notesOn } from '../../database/candidate-notes.ts';
import { publicProfile } from '../../database/casting/public-profile.ts';
import { availabilityOn, periodsOf } from '../../domain/availability.ts';
import { candidateMarks } from '../../domain/candidates.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { Problem } from '../../domain/problem.ts';
import * as steps from '../../steps/project-steps.ts';
import { requireRight } from '../access.ts';
import { text, texts } from '../body.ts';
import type { Page } from '../page.ts';
import { castingActs } from './casting-acts.ts';
import { notesView } from './notes-view.ts';
import { projectAct, stepsOpen } from './project-acts.ts';

/** C5, C7, C8: who applies, alone or as a team, side by side: what the company thinks of each, a notice to all, the choice and an answer to everybody. */
export const candidatesPage: Page = {
  template: 'client-candidates',
  async show(deps, access, typed, query) {
    requireRight(access, 'readProject');
    const project = await deps.db.project.findUniqueOrThrow({
      where: { id: access.projectId ?? '' },
      select: {
        id: true, ref: true, title: true, stage: true, notices: { orderBy: { createdAt: 'desc' } },
        applications: {
          where: { state: { not: 'withdrawn' } }, orderBy: { createdAt: 'asc' },
          select: { id: true, leadId: true, message: true, state: true, answer: true, mark: true, createdAt: true, members: { select: { member: { select: publicProfile } } } },
        },
      },
    });
    const can = stepsOpen(access, project.stage);
    const mark = candidateMarks.find((one) => one === query.mark) ?? null;
    const notes = access.may('noteCandidates') || access.may('readConversations') ? await notesOn(deps.db, project.id, project.applications.map(({ leadId }) => leadId)) : new Map();
    const day = parisDay(Date.now());
    const answers = (typed?.act === 'selectTeam' ? typed.body.answers : null) as Record<string, string> | null;
    const candidates = project.applications.map(({ members, ...application }) => {
      const people = members.map(({ member }) => ({ ...member, gone: member.state !== 'active', free: availabilityOn(day, member, periodsOf(member.calendar)), themeNames: member.themes.map(({ theme }) => (access.locale === 'fr' ? theme.nameFr : theme.nameEn)) }));
      const lead = people.find(({ id }) => id === application.leadId);
      return { ...application, standing: application.state === 'received', lead, mates: people.filter((one) => one !== lead), notes: notesView(application.leadId, notes.get(application.leadId), access.person.id, typed), ownAnswer: answers?.[application.id] ?? '' };
    });
    return {
      title: project.title, project, can, signedIn: access.linkId === null, mayTalk: access.may('converse'), mayNote: access.may('noteCandidates') && can.selectTeam !== undefined, mark,
      candidates: candidates.filter((one) => mark === null || one.mark === mark), total: candidates.length,
      marks: candidateMarks.map((one) => ({ mark: one, count: candidates.filter((candidate) => candidate.mark === one).length })),
      choosing: can.selectTeam === true && candidates.some(({ standing }) => standing), waiting: candidates.filter(({ standing }) => standing),
    };
  },
  acts: {
    async markCandidate(deps, access, body) {
      requireRight(access, 'noteCandidates');
      const mark = text(body, 'mark');
      if (mark !== '' && !candidateMarks.some((one) => one === mark)) throw new Problem('form_invalid', `no mark ${mark}`, { fields: 'mark' });
      const { count } = await deps.db.application.updateMany({ where: { id: text(body, 'applicationId'), projectId: access.projectId ?? '', state: 'received' }, data: { mark } });
      if (count === 0) throw new Problem('stage_changed', 'no such standing application');
      return { notice: 'marked' };
    },
    addNote: castingActs.addNote, removeNote: castingActs.removeNote,
    postNotice: projectAct('postNotice', steps.postNotice, 'noticePosted', (body) => ({ body: text(body, 'body') })),
    selectTeam: projectAct('selectTeam', steps.selectTeam, 'teamChosen', (body) => ({
      applicationIds: texts(body, 'applicationIds'), message: text(body, 'message'), answerToOthers: text(body, 'answerToOthers'), answers: ownAnswers(body),
    }), (access) => access.root),
  },
};

/** A word for somebody in particular, where one was written. */
function ownAnswers(body: Record<string, unknown>): { applicationId: string; text: string }[] {
  const typed = typeof body.answers === 'object' && body.answers !== null ? (body.answers as Record<string, unknown>) : {};
  return Object.keys(typed).map((applicationId) => ({ applicationId, text: text(typed, applicationId) })).filter((one) => one.text !== '');
}
