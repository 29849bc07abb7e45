import { erasureObstacles, mayBeErased } from '../../database/member/erasure-obstacles.ts';
import { exportMember } from '../../database/member/export.ts';
import { membershipLifecycle } from '../../domain/lifecycle/membership.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { Problem } from '../../domain/problem.ts';
import { eraseMember } from '../../steps/membership-steps.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import type { Page } from '../page.ts';

/** GDPR: a member's own data, to take away, or to have erased. */
export const myDataPage: Page = {
  template: 'my-data',
  async show(deps, access) {
    const { email, state } = await deps.db.member.findUniqueOrThrow({ where: { id: access.person.id }, select: { email: true, state: true } });
    const obstacles = await erasureObstacles(deps.db, access.person.id);
    return { title: '', email, obstacles, waits: !mayBeErased(obstacles), possible: allows(membershipLifecycle, state, 'eraseMember') };
  },
  acts: {
    /** Their own address, typed again: nobody is erased by a stray click. */
    async eraseMember(deps, access, body, key) {
      const { email, handle } = await deps.db.member.findUniqueOrThrow({ where: { id: access.person.id }, select: { email: true, handle: true } });
      if (text(body, 'email').toLowerCase() !== email) throw new Problem('form_invalid', 'another address', { fields: 'email' });
      await askStep(deps, access, key, eraseMember, `membership/${handle}`, {});
      return { notice: 'memberErased', to: '/' };
    },
  },
};

/** The same as a file. */
export async function dataFile(deps: Parameters<Page['show']>[0], memberId: string, at: number): Promise<{ name: string; content: string }> {
  const content = JSON.stringify(await exportMember(deps.db, memberId, at), null, 2);
  return { name: `off-works-${new Date(at).toISOString().slice(0, 10)}.json`, content };
}
