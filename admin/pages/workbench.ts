import { saveQuoteDraft, tickQuoteCheck } from '../../database/quote-drafts.ts';
import { checksOfQuote } from '../../database/quote-checks.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { quoteRoundLifecycle } from '../../domain/lifecycle/quote-round.ts';
import { Problem } from '../../domain/problem.ts';
import { readByPeople } from '../../domain/quote-checks.ts';
import { laidOut } from '../../domain/quote-layout.ts';
import { mayDo } from '../../domain/roles.ts';
import { standingQuotes } from '../../documents/client-quote-content.ts';
import { perform } from '../../steps/perform.ts';
import * as steps from '../../steps/quote-steps.ts';
import type { Block } from './blocks.ts';
import type { Asked, ConsolePage, PageAct } from './page.ts';
import { roundQuestions } from './quoteQuestions.ts';
import { draftForm, previewBlocks, typedDraft } from './workbench/global.ts';
import { quoteColumns } from './workbench/quotes.ts';
import { openRound, workbenchHref, type OpenRound } from './workbench/round.ts';
import { versionBlocks } from './workbench/versions.ts';

const listed = 50;

/** Q4: members' quotes side by side, checked, sent back or built into the global quote the client reads. */
export const workbenchPage: ConsolePage = {
  name: 'workbench',
  icon: 'FileText',
  title: async (asked) => (asked.query.round ? asked.say.say('workbench.roundTitle', { title: (await openRound(asked)).project.title }) : asked.say.say('workbench.title')),
  blocks: async (asked) => (asked.query.round ? roundBlocks(asked, await openRound(asked)) : list(asked)),
  acts: {
    sendBack: acting('sendBackQuote', async (asked, { round }) => {
      const { quoteId, remarks } = asked.values;
      await perform(asked.deps, { step: steps.sendBackQuote, subject: `quote-review/${round.ref}`, person: { kind: 'staff', id: asked.staff.id }, key: asked.key, payload: { quoteId, remarks }, context: {} });
      return { message: asked.say.say('workbench.sentBack') };
    }),
    tick: acting('sendBackQuote', async ({ deps: { db }, staff, values, key }, { round, standing }) => {
      const quoteId = standing.find(({ id }) => id === values.quoteId)?.id;
      const item = readByPeople.find((one) => one === values.item);
      if (!quoteId || !item) throw new Problem('quote_not_standing', `${round.ref} has no standing quote ${String(values.quoteId)}`);
      await tickQuoteCheck(db, { form: key, by: { kind: 'staff', id: staff.id, name: staff.name }, at: Date.now(), quoteId, item, ticked: values.ticked === true, round });
      return undefined;
    }),
    save: acting('sendClientQuote', async ({ deps: { db }, staff, values, key, say }, { round, standing }) => {
      const content = typedDraft(values);
      laidOut(standingQuotes(standing.filter(({ id }) => !content.leftOut.includes(id))), content);
      const { replaced } = await saveQuoteDraft(db, { form: key, by: { kind: 'staff', id: staff.id, name: staff.name }, at: Date.now(), round, seen: Number(values.seen ?? 0), content });
      return { message: replaced ? say.say('workbench.replaced', { who: replaced }) : say.say('workbench.saved') };
    }),
    send: acting('sendClientQuote', async ({ deps, staff, values, key, say }, { round, layout, introduction, draft, standing }) => {
      // What is sent is what was on the page: a draft saved since, or a quote that came or went, is read first.
      if ((draft?.version ?? 0) !== Number(values.seen)) throw new Problem('draft_changed', `draft ${draft?.version} of ${round.ref}`, { who: draft?.savedBy ?? '' });
      if (String(values.quotes) !== standing.map(({ id }) => id).join()) throw new Problem('quote_not_standing', `other quotes stand for ${round.ref}`);
      const quoteIds = layout.parts.map(({ quoteId }) => quoteId);
      await perform(deps, { step: steps.sendClientQuote, subject: `quote-review/${round.ref}`, person: { kind: 'staff', id: staff.id }, key, payload: { quoteIds, introduction, layout, overrideReason: String(values.overrideReason ?? '') }, context: {} });
      return { message: say.say('workbench.sent') };
    }),
  },
};

function acting(step: string, act: (asked: Parameters<PageAct>[0], open: OpenRound) => ReturnType<PageAct>): PageAct {
  return async (asked) => {
    if (!mayDo(asked.staff.role, step)) throw new Problem('not_allowed', `${asked.staff.role} may not ${step}`);
    return act(asked, await openRound(asked));
  };
}

async function list({ deps: { db }, say }: Asked): Promise<Block[]> {
  const rounds = await db.quoteRound.findMany({ where: { state: 'validating' }, include: { project: { include: { company: true } } }, orderBy: { deadlineAt: 'asc' }, take: listed });
  return [
    { kind: 'text', text: say.say('workbench.intro') },
    { kind: 'table', head: ['project', 'client', 'left'].map((one) => say.say(`workbench.head.${one}`)), empty: say.say('workbench.nothing'), rows: rounds.map((round) => ({ cells: [
      { text: round.project.title, href: workbenchHref(round.id), detail: round.ref }, round.project.company.name,
      round.deadlineAt ? { text: '', until: round.deadlineAt.toISOString() } : '',
    ] })) },
  ];
}

async function roundBlocks(asked: Asked, open: OpenRound): Promise<Block[]> {
  const { say, staff, query } = asked;
  const { round, project, standing, draft } = open;
  const now = Date.now();
  const maySend = mayDo(staff.role, 'sendClientQuote') && allows(quoteRoundLifecycle, round.state, 'sendClientQuote');
  const blocks: Block[] = [
    { kind: 'links', items: [{ text: say.say('workbench.all'), href: '/console/pages/workbench' }, { text: say.say('workbench.project'), href: `/console/resources/Project/records/${project.id}/show` }] },
    {
      kind: 'callout', text: `${project.company.name} · ${round.ref} · ${say.state('quoteRound', round.state)}`,
      detail: project.budgetCents ? say.say('workbench.budget', { budget: project.budgetCents }) : say.say('workbench.noBudget'),
      ...(round.deadlineAt ? { until: round.deadlineAt.toISOString() } : {}),
    },
  ];
  blocks.push(...(await roundQuestions(asked, round.id)));
  if (standing.length === 0) return [...blocks, { kind: 'text', tone: 'soft', text: say.say('workbench.noQuote') }, ...versionBlocks(open, query, say)];
  blocks.push(quoteColumns(asked, open, now));
  if (maySend) {
    blocks.push({ kind: 'details', summary: draft ? say.say('workbench.buildSaved', { who: draft.savedBy, at: draft.savedAt.toISOString() }) : say.say('workbench.build'), open: true, blocks: [draftForm(open, say)] });
    blocks.push({ kind: 'heading', text: say.say('workbench.preview'), detail: say.say('workbench.previewHelp') });
    blocks.push(...(await sendable(asked, open, now)));
  }
  return [...blocks, ...versionBlocks(open, query, say)];
}

/** The preview, and the button that sends it; a draft that no longer holds says why instead. */
async function sendable(asked: Asked, open: OpenRound, now: number): Promise<Block[]> {
  const { say, staff } = asked;
  const sentQuotes = open.standing.filter(({ id }) => open.layout.parts.some(({ quoteId }) => quoteId === id));
  const blocked = sentQuotes.flatMap((quote) => checksOfQuote(quote, open.project, sentQuotes, now).filter(({ verdict }) => verdict === 'block').map(({ name, details }) => `${quote.member.name} — ${say.say(`workbench.check.${name}.block`, details)}`));
  const mayOverride = mayDo(staff.role, 'overrideQuoteChecks');
  try {
    const preview = await previewBlocks(asked, open, now);
    if (blocked.length > 0) preview.unshift({ kind: 'text', tone: 'bad', text: [say.say(mayOverride ? 'workbench.blockedOverride' : 'workbench.blocked'), ...blocked].join('\n') });
    if (blocked.length > 0 && !mayOverride) return preview;
    return [...preview, {
      kind: 'form', method: 'post', act: 'send', button: say.say('action.sendClientQuote'), consequence: say.say('consequence.sendClientQuote'),
      fields: [
        { name: 'seen', kind: 'hidden', label: '', value: open.draft?.version ?? 0 }, { name: 'quotes', kind: 'hidden', label: '', value: open.standing.map(({ id }) => id).join() },
        ...(blocked.length > 0 ? [{ name: 'overrideReason', kind: 'long' as const, required: true, label: say.say('field.overrideReason'), help: say.say('help.overrideReason') }] : []),
      ],
    }];
  } catch (cause) {
    if (cause instanceof Problem) return [{ kind: 'text', tone: 'bad', text: say.problem(cause) }];
    throw cause;
  }
}
