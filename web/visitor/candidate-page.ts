import { randomUUID } from 'node:crypto';
import { agreeToTell, changeCandidature } from '../../database/candidature/change.ts';
import { filesOfCandidate } from '../../database/candidature/files.ts';
import { saidOf } from '../../database/candidature/said.ts';
import { membershipTermsInForce } from '../../database/settings.ts';
import type { Deps } from '../../deps.ts';
import { mostCandidatureFiles } from '../../domain/candidature-files.ts';
import { answerExpected } from '../../domain/membership-schedule.ts';
import { Problem } from '../../domain/problem.ts';
import { withdrawCandidature } from '../../steps/membership-steps.ts';
import { askStep } from '../ask.ts';
import { text, texts } from '../body.ts';
import type { Access, Page } from '../page.ts';
import { filesIn } from '../uploads.ts';
import { formOf, formView, readCandidatureForm } from './candidature-form.ts';

/** M1: a candidate's own page: where it stands, when an answer comes, what was sent; then the decision, in words. */
export const candidatePage: Page = {
  template: 'candidate',
  async show(deps, access) {
    const member = await candidateOf(deps, access);
    const { createdAt, state } = member;
    const said = saidOf(member);
    const since = createdAt.getTime();
    const expected = answerExpected(since, await membershipTermsInForce(deps.db, since));
    const friend = member.recommendedBy ? await deps.db.member.findUnique({ where: { handle: member.recommendedBy }, select: { name: true } }) : null;
    return {
      title: '', person: state === 'candidate' || state === 'refused' ? null : { name: member.name }, member, said, open: state === 'candidate', refused: state === 'refused', taken: state === 'active' || state === 'blocked',
      expectedAt: expected === null ? '' : new Date(expected).toISOString(), late: expected !== null && expected < Date.now(),
      themes: member.themes.map(({ theme }) => (access.locale === 'fr' ? theme.nameFr : theme.nameEn)), skills: member.skills, recommender: friend?.name ?? member.recommendedBy, friend: friend !== null,
      files: await filesOfCandidate(deps.db, member.id), editHref: mayChange(member) ? `${access.root}/p/change/${member.id}` : '', reading: state === 'candidate' && member.reviews.length > 0,
    };
  },
  acts: {
    async agreeToTell(deps, access, body) {
      const agrees = text(body, 'tellRecommender') === 'yes';
      await agreeToTell(deps.db, access.person.id, agrees);
      return { notice: agrees ? 'recommenderTold' : 'recommenderNotTold' };
    },
    /** Nobody's candidature goes by a stray click. */
    async withdrawCandidature(deps, access, body, key) {
      if (text(body, 'sure') !== 'yes') throw new Problem('not_confirmed', 'the box is not ticked', { fields: 'sure' });
      const { handle } = await candidateOf(deps, access);
      await askStep(deps, access, key, withdrawCandidature, `membership/${handle}`, {});
      return { notice: 'candidatureWithdrawn', to: '/candidature' };
    },
  },
};

/** M1: the same form again, with what was sent, until staff begin to note it. */
export const changeCandidaturePage: Page = {
  template: 'candidature-change',
  async show(deps, access, typed) {
    const member = await candidateOf(deps, access);
    // Two people never share this address: the one in it is their own.
    if (access.subjectId !== member.id || member.state !== 'candidate') throw new Problem('not_found', 'nothing to change');
    return {
      title: '', person: null, ...(await formView(deps)), files: await filesOfCandidate(deps.db, member.id), mostFiles: mostCandidatureFiles, mayChange: mayChange(member),
      typed: typed ?? { act: 'changeCandidature', key: randomUUID(), body: formOf(member, saidOf(member)) },
    };
  },
  acts: {
    async changeCandidature(deps, access, body, key) {
      const member = await candidateOf(deps, access);
      const files = filesIn(body, 'files');
      delete body.files;
      const fields = readCandidatureForm(body, { email: member.email, recommendedBy: '', locale: access.locale });
      await changeCandidature(deps.db, { key, memberId: member.id, fields, files, dropped: texts(body, 'dropFile'), at: Date.now() });
      return { notice: 'candidatureChanged', to: access.root };
    },
  },
};

async function candidateOf(deps: Deps, access: Access) {
  return deps.db.member.findUniqueOrThrow({ where: { id: access.person.id }, include: { themes: { include: { theme: true } }, reviews: { select: { id: true } } } });
}

const mayChange = (member: { readonly state: string; readonly reviews: readonly object[] }): boolean => member.state === 'candidate' && member.reviews.length === 0;
