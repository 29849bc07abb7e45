import { dropDraftFile, filesOfDraft, keepDraftFiles } from '../../database/briefs/draft-files.ts';
import { draftsOf, dropDraft, saveDraft, type Draft, type DraftOwner } from '../../database/briefs/drafts.ts';
import { offeredThemes } from '../../database/themes.ts';
import { briefStepBeside, briefStepFields, briefStepsFor, type BriefStep } from '../../domain/brief-steps.ts';
import { Problem } from '../../domain/problem.ts';
import { text } from '../body.ts';
import type { Access, Done, Page } from '../page.ts';
import { filesIn } from '../uploads.ts';
import { checkStep, checkedBrief, checkedClient, typedIn } from './checked-brief.ts';
import { handInDraft } from './hand-in.ts';

/** C1: one step of a brief being written. What is posted is kept before it is looked at: nothing typed is lost, right or wrong. */
export function draftPage(owner: DraftOwner, draft: Draft, step: BriefStep): Page {
  const visitor = !('clientUserId' in owner);
  const address = (to: BriefStep): string => `/brief/${draft.id}/${to}`;
  return {
    template: step === 'review' ? 'brief-review' : 'brief-step',
    async show(deps, access) {
      const [themes, files] = await Promise.all([offeredThemes(deps.db), step === 'files' || step === 'review' ? filesOfDraft(deps.db, draft.id) : []]);
      const steps = briefStepsFor(visitor);
      const themeIds = [draft.fields.themeIds ?? []].flat();
      return {
        step, visitor, fields: draft.fields, own: themeIds, themes, updatedAt: draft.updatedAt, autosave: `/brief/${draft.id}/autosave`,
        on: { [step]: true },
        steps: steps.map((one, index) => ({ step: one, href: address(one), current: one === step, done: index < steps.indexOf(step), number: index + 1 })),
        back: briefStepBeside(step, -1, visitor), backHref: address(briefStepBeside(step, -1, visitor) ?? step), files: files.map((file) => ({ ...file, kilobytes: Math.ceil(file.size / 1024), href: `/brief/${draft.id}/file/${file.id}` })),
        ...(step === 'review' ? { ...review(draft, access, visitor), chosen: themes.filter(({ id }) => themeIds.includes(id)) } : {}),
      };
    },
    acts: {
      async save(deps, access, body) {
        const to = text(body, 'to');
        const fields = typedIn(step, body);
        await saveDraft(deps.db, owner, draft.id, fields);
        if (to === 'later') return { notice: 'draftKept', to: visitor ? '/brief' : '/home' };
        if (to === 'back') return go(briefStepBeside(step, -1, visitor), address);
        checkStep(step, { ...draft.fields, ...fields }, access.locale);
        return go(briefStepBeside(step, 1, visitor), address);
      },
      async attachFiles(deps, _access, body) {
        const files = filesIn(body, 'files');
        if (files.length === 0) throw new Problem('form_invalid', 'no file', { fields: 'files' });
        await deps.db.$transaction((tx) => keepDraftFiles(tx, draft.id, files));
        return { notice: 'filesAttached' };
      },
      async removeFile(deps, _access, body) {
        await dropDraftFile(deps.db, draft.id, text(body, 'fileId'));
        return { notice: 'fileRemoved' };
      },
      async discard(deps) {
        await deps.db.$transaction((tx) => dropDraft(tx, owner, draft.id));
        return { notice: 'draftDropped', to: visitor ? '/brief' : '/home' };
      },
      send: (deps, access) => handInDraft(deps, access, draft, visitor),
      /** The mail did not come, or its link is too old. */
      sendAgain: (deps, access, _body, key) => handInDraft(deps, access, draft, visitor, key),
    },
  };
}

/** Where a brief begins: its first step, and the drafts one may go on with. */
export function firstPage(owner: DraftOwner | null): Page {
  return {
    template: 'brief-step',
    async show(deps) {
      const steps = briefStepsFor(!(owner && 'clientUserId' in owner));
      return {
        step: 'need', on: { need: true }, beginning: true, fields: {}, drafts: owner ? await draftsOf(deps.db, owner) : [],
        steps: steps.map((one, index) => ({ step: one, current: index === 0, number: index + 1 })),
      };
    },
    acts: {},
  };
}

const go = (step: BriefStep | null, address: (to: BriefStep) => string): Done => ({ notice: '', to: address(step ?? 'review') });

/** What stands in the way of handing in, step by step, and what would help members to answer. */
function review(draft: Draft, access: Access, visitor: boolean) {
  const wrong = (check: () => unknown): string[] => {
    try {
      check();
      return [];
    } catch (cause) {
      if (cause instanceof Problem) return String(cause.details.fields ?? '').split(', ');
      throw cause;
    }
  };
  const amiss = [...wrong(() => checkedBrief(draft.fields)), ...(visitor ? wrong(() => checkedClient(draft.fields, access.locale)) : [])];
  const stepOf = (name: string): BriefStep => briefStepsFor(visitor).find((one) => (briefStepFields[one] as readonly string[]).includes(name)) ?? 'need';
  // Handed in and not written in since: only the confirmation is missing.
  const waiting = draft.sentAt !== null && draft.updatedAt <= draft.sentAt && amiss.length === 0;
  return {
    sent: draft.sentAt !== null, waiting, youHref: `/brief/${draft.id}/you`,
    amiss: amiss.map((name) => ({ name, href: `/brief/${draft.id}/${stepOf(name)}#save-${name}` })),
    thin: ['objectives', 'deliverables', 'timing', 'budget'].filter((name) => text(draft.fields, name) === '' && !amiss.includes(name)).map((name) => ({ name, href: `/brief/${draft.id}/${stepOf(name)}#save-${name}` })),
  };
}
