import { leftToPay } from '../../domain/left-to-pay.ts';
import { z } from 'zod';
import { setOrderNumber } from '../../database/order-number.ts';
import { offeredThemes } from '../../database/themes.ts';
import type { Deps } from '../../deps.ts';
import { castingOpen } from '../../domain/casting/casting-open.ts';
import { companyGaps } from '../../domain/company-details.ts';
import { isOver } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { Problem } from '../../domain/problem.ts';
import * as steps from '../../steps/project-steps.ts';
import { requireRight } from '../access.ts';
import { text } from '../body.ts';
import { duplicateBrief } from '../brief/duplicate.ts';
import { briefOf } from '../brief-fields.ts';
import { listedTalks } from '../conversations/listed.ts';
import type { Access, Page } from '../page.ts';
import { stageBar } from '../stage-bar.ts';
import { answerRemarks, keepAnswers, remarksShown } from './brief-remarks.ts';
import { projectAct, stepsOpen } from './project-acts.ts';
import { turnOf } from './turn-of.ts';

/** One line of printable text. */
const orderNumber = z.string().trim().max(60).regex(/^\P{Cc}*$/u);

/** C2, C3, C7, C8: the client's project, from brief to invoices. */
export const clientProjectPage: Page = {
  template: 'client-project',
  async show(deps, access) {
    const project = await deps.db.project.findUnique({
      where: { id: access.projectId ?? '' },
      include: {
        company: true, accountManager: true, remarks: { orderBy: { createdAt: 'asc' } }, themes: { select: { themeId: true } },
        applications: { where: { state: { not: 'withdrawn' } }, select: { state: true, mark: true, members: { take: 1, select: { member: { select: { name: true } } } } }, orderBy: { createdAt: 'asc' } },
        invitations: { select: { state: true } }, _count: { select: { shortlist: true } },
        team: { select: { member: { select: { name: true } } } },
        rounds: { include: { clientQuotes: { orderBy: { version: 'desc' } } }, orderBy: { number: 'asc' } },
        clientInvoices: { where: { state: { not: 'gathering' } }, orderBy: { createdAt: 'asc' } },
      },
    });
    if (!project) throw new Problem('not_found', 'no such project');
    const can = stepsOpen(access, project.stage);
    const waits = turnOf(project);
    return {
      title: project.title, project, can, waits, late: waits.until !== null && waits.until < new Date(), mayOrder: access.may('declareTransfer') && !isOver(projectLifecycle, project.stage), documentBase: `${access.root}/document`, signedIn: access.linkId === null, filesHref: `${access.root}/p/files/${project.id}`, ...(await conversationsHere(deps, access)), gaps: access.linkId === null && access.may('editCompany') ? companyGaps(project.company) : [], stages: stageBar(project.stage),
      mayWrite: access.may('writeBrief'), ...remarksShown(project.remarks, can.resubmitBrief === true),
      themes: can.resubmitBrief ? await offeredThemes(deps.db, project.themes.map(({ themeId }) => themeId)) : [],
      ownThemes: project.themes.map(({ themeId }) => themeId),
      candidates: { count: project.applications.length, waiting: project.applications.filter(({ state }) => state === 'received').length, unread: project.applications.filter(({ state, mark }) => state === 'received' && mark === '').length, href: `${access.root}/p/candidates/${project.id}`, faces: project.applications.slice(0, 8).map(({ members }) => members[0]?.member.name ?? '') },
      casting: { shown: castingOpen(project.stage) || project._count.shortlist + project.invitations.length > 0, open: castingOpen(project.stage), listed: project._count.shortlist, invited: project.invitations.length, interested: project.invitations.filter(({ state }) => state === 'interested').length, may: access.may('searchMembers') },
      quotes: project.rounds.flatMap((round) => round.clientQuotes.slice(0, 1).map((quote) => ({ ...quote, round, link: `${access.root}/p/quote/${round.id}` }))),
      invoices: project.clientInvoices.map((invoice) => ({ ...invoice, left: leftToPay(invoice), link: `${access.root}/p/invoice/${invoice.id}` })),
    };
  },
  acts: {
    answerRemarks, duplicateBrief,
    async resubmitBrief(deps, access, body, key) {
      await keepAnswers(deps, access, body); // first, so that a refused brief does not lose them
      return resubmit(deps, access, body, key);
    },
    startCasting: projectAct('startCasting', steps.startCasting, 'castingStarted', () => ({})),
    publish: projectAct('publish', steps.publish, 'published', () => ({})),
    async setOrderNumber(deps, access, body) {
      requireRight(access, 'declareTransfer');
      const parsed = orderNumber.safeParse(text(body, 'orderNumber'));
      if (!parsed.success) throw new Problem('form_invalid', 'no order number', { fields: 'orderNumber' });
      await deps.db.$transaction((tx) => setOrderNumber(tx, { projectId: access.projectId ?? '', orderNumber: parsed.data, by: { kind: 'client', id: access.person.id, name: access.name }, at: Date.now() }));
      return { notice: 'orderNumberSaved' };
    },
    withdraw: projectAct('withdraw', steps.withdraw, 'withdrawn', (body) => ({ reason: text(body, 'reason') })),
  },
};

const resubmit = projectAct('resubmitBrief', steps.resubmitBrief, 'briefSent', briefOf);

/** C7: the project's conversations, for those who may read them; the way to write to a candidate. */
async function conversationsHere(deps: Deps, access: Access) {
  if (!access.may('readConversations') || access.linkId !== null) return {};
  const talks = await listedTalks(deps, access, access.projectId ?? '', 8);
  return { talks, beginHref: `${access.root}/p/conversations/${access.projectId}` };
}
