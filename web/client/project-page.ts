import { offeredThemes } from '../../database/themes.ts';
import type { Deps } from '../../deps.ts';
import { actionsFrom } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { Problem } from '../../domain/problem.ts';
import * as steps from '../../steps/project-steps.ts';
import { askStep } from '../ask.ts';
import { text, texts } from '../body.ts';
import { briefOf } from '../brief-fields.ts';
import type { Act, Page } from '../page.ts';
import { stageBar } from '../stage-bar.ts';
import type { Step } from '../../steps/step.ts';

/** C2, C3, C7, C8: the client's project, from brief to invoices. */
export const clientProjectPage: Page = {
  template: 'client-project',
  async show(deps, access, typed, query) {
    const project = await deps.db.project.findUnique({
      where: { id: access.projectId ?? '' },
      include: {
        company: true, accountManager: true, themes: { include: { theme: true } }, notices: { orderBy: { createdAt: 'desc' } },
        applications: { where: { state: { not: 'withdrawn' } }, include: { members: { include: { member: true } } }, orderBy: { createdAt: 'asc' } },
        invitations: { include: { member: true }, orderBy: { createdAt: 'asc' } },
        team: { include: { member: true } },
        rounds: { include: { clientQuotes: { orderBy: { version: 'desc' } } }, orderBy: { number: 'asc' } },
        clientInvoices: { where: { state: { not: 'gathering' } }, orderBy: { createdAt: 'asc' } },
      },
    });
    if (!project) throw new Problem('not_found', 'no such project');
    const can = Object.fromEntries(actionsFrom(projectLifecycle, project.stage, 'client').map((action) => [action, true]));
    const search = typeof query.q === 'string' ? query.q : String(typed?.body.q ?? '');
    return {
      title: project.title, project, can, stages: stageBar(project.stage), search,
      themes: await offeredThemes(deps.db, project.themes.map(({ themeId }) => themeId)),
      ownThemes: project.themes.map(({ themeId }) => themeId),
      candidates: project.applications.map((application) => ({
        ...application,
        lead: application.members.find(({ memberId }) => memberId === application.leadId)?.member,
        mates: application.members.filter(({ memberId }) => memberId !== application.leadId).map(({ member }) => member),
      })),
      found: can.inviteMember ? await findMembers(deps, search, project.invitations.map(({ memberId }) => memberId)) : [],
      quotes: project.rounds.flatMap((round) => round.clientQuotes.slice(0, 1).map((quote) => ({ ...quote, round, link: `${access.root}/p/quote/${round.id}` }))),
      invoices: project.clientInvoices.map((invoice) => ({ ...invoice, left: invoice.totalCents - invoice.paidCents, link: `${access.root}/p/invoice/${invoice.id}` })),
    };
  },
  acts: {
    resubmitBrief: act(steps.resubmitBrief, 'briefSent', briefOf),
    startCasting: act(steps.startCasting, 'castingStarted', () => ({})),
    publish: act(steps.publish, 'published', () => ({})),
    inviteMember: act(steps.inviteMember, 'invited', (body) => ({ memberIds: texts(body, 'memberIds'), message: text(body, 'message') })),
    postNotice: act(steps.postNotice, 'noticePosted', (body) => ({ body: text(body, 'body') })),
    selectTeam: act(steps.selectTeam, 'teamChosen', (body) => ({
      applicationIds: texts(body, 'applicationIds'), message: text(body, 'message'), answerToOthers: text(body, 'answerToOthers'),
    })),
    withdraw: act(steps.withdraw, 'withdrawn', (body) => ({ reason: text(body, 'reason') })),
  },
};

function act(step: Step<unknown>, notice: string, payloadOf: (body: Record<string, unknown>) => unknown): Act {
  return async (deps, access, body, key) => {
    const { ref } = await deps.db.project.findUniqueOrThrow({ where: { id: access.projectId ?? '' } });
    await askStep(deps, access, key, step, `project/${ref}`, payloadOf(body));
    return { notice };
  };
}

/** C4, as far as inviting needs it: active members by name, headline, skill, city or theme. */
async function findMembers(deps: Deps, search: string, invited: readonly string[]) {
  const words = search.split(/\s+/).filter(Boolean).slice(0, 5);
  const has = (word: string) => ({ contains: word, mode: 'insensitive' as const });
  return deps.db.member.findMany({
    where: {
      state: 'active', id: { notIn: [...invited] },
      AND: words.map((word) => ({
        OR: [
          { name: has(word) }, { headline: has(word) }, { presentation: has(word) }, { city: has(word) }, { skills: { has: word } },
          { themes: { some: { theme: { OR: [{ nameFr: has(word) }, { nameEn: has(word) }] } } } },
        ],
      })),
    },
    orderBy: { name: 'asc' }, take: 12,
  });
}
