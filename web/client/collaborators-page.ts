import { z } from 'zod';
import { clientRoles, grantedRoles } from '../../domain/client-rights.ts';
import { Problem } from '../../domain/problem.ts';
import { changeCollaborator, removeCollaborator } from '../../database/company/collaborators.ts';
import { inviteCollaborator, resendInvitation, revokeInvitation } from '../../database/company/invitations.ts';
import { acceptOwnership, offerOwnership, withdrawOffer } from '../../database/company/ownership.ts';
import { pressedOnce } from '../../database/company/pressed-once.ts';
import type { Tx } from '../../database/open.ts';
import type { Deps } from '../../deps.ts';
import { requireRight } from '../access.ts';
import { text, texts } from '../body.ts';
import type { Access, Act, Page } from '../page.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';

const rights = z.object({ role: z.enum(grantedRoles), restricted: z.boolean(), projectIds: z.array(z.string()) });
const invited = rights.extend({ email: z.email().max(200), name: z.string().min(1).max(120) });

/** C6: who is of the company, what each may do, who is asked to join, and whose it is. */
export const collaboratorsPage: Page = {
  template: 'client-collaborators',
  async show(deps, access) {
    const { id, role } = companyOf(access);
    const [company, people, invitations, offer, projects] = await Promise.all([
      deps.db.company.findUniqueOrThrow({ where: { id } }),
      deps.db.clientUser.findMany({ where: { companyId: id, leftAt: null }, include: { access: true }, orderBy: { createdAt: 'asc' } }),
      deps.db.clientInvitation.findMany({ where: { companyId: id, acceptedAt: null, revokedAt: null }, orderBy: { createdAt: 'desc' } }),
      deps.db.ownershipOffer.findUnique({ where: { companyId: id } }),
      deps.db.project.findMany({ where: { companyId: id }, select: { id: true, ref: true, title: true }, orderBy: { createdAt: 'desc' }, take: 200 }),
    ]);
    const now = new Date();
    return {
      title: company.name, company, projects, roles: grantedRoles, mayInvite: access.may('inviteCollaborators'), mayChange: access.may('changeCollaborators'), owns: role === 'owner',
      people: people.sort((a, b) => clientRoles.indexOf(a.role as never) - clientRoles.indexOf(b.role as never)).map((person) => ({
        ...person, me: person.id === access.person.id, isOwner: person.role === 'owner', offered: offer?.toId === person.id,
        projectIds: person.access.map(({ projectId }) => projectId), projectTitles: projects.filter((one) => person.access.some(({ projectId }) => projectId === one.id)).map(({ title }) => title),
      })),
      invitations: access.may('inviteCollaborators') ? invitations.map((one) => ({ ...one, over: one.expiresAt <= now })) : [],
      offeredToMe: offer?.toId === access.person.id,
    };
  },
  acts: {
    inviteCollaborator: act('inviteCollaborators', 'collaboratorInvited', async (tx, deps, access, body) => {
      const given = parse(invited, { ...rightsOf(body), email: text(body, 'email').toLowerCase(), name: text(body, 'name') });
      return inviteCollaborator(tx, { ...changing(access), secret: deps.secret }, { ...given, locale: access.locale });
    }),
    resendInvitation: act('inviteCollaborators', 'collaboratorInvited', (tx, deps, access, body) =>
      resendInvitation(tx, { ...changing(access), secret: deps.secret }, text(body, 'invitationId'), access.locale)),
    revokeInvitation: act('inviteCollaborators', 'invitationRevoked', (tx, deps, access, body) => revokeInvitation(tx, { ...changing(access), secret: deps.secret }, text(body, 'invitationId'))),
    changeCollaborator: act('changeCollaborators', 'collaboratorChanged', (tx, _deps, access, body) => changeCollaborator(tx, changing(access), { id: text(body, 'clientUserId'), ...parse(rights, rightsOf(body)) })),
    removeCollaborator: act('changeCollaborators', 'collaboratorRemoved', (tx, _deps, access, body) => removeCollaborator(tx, changing(access), text(body, 'clientUserId'))),
    offerOwnership: act('transferOwnership', 'ownershipOffered', (tx, deps, access, body) => offerOwnership(tx, { ...changing(access), secret: deps.secret }, text(body, 'clientUserId'))),
    withdrawOffer: act('transferOwnership', 'offerWithdrawn', (tx, _deps, access) => withdrawOffer(tx, changing(access))),
    acceptOwnership: act(null, 'ownershipAccepted', (tx, _deps, access) => acceptOwnership(tx, changing(access))),
    async leaveCompany(deps, access) {
      await deps.db.$transaction((tx) => removeCollaborator(tx, changing(access), access.person.id));
      return { notice: 'signedOut', to: '/' };
    },
  },
};

type Right = Parameters<typeof requireRight>[1];

/** One transaction, then its mail. The form's key makes twice once: an invitation pressed twice is one mail. */
function act(right: Right | null, notice: string, run: (tx: Tx, deps: Deps, access: Access, body: Record<string, unknown>) => Promise<string | void>): Act {
  return async (deps, access, body, key) => {
    if (right) requireRight(access, right);
    const mailId = await pressedOnce(deps.db, { personId: access.person.id, key, written: body }, (tx) => run(tx, deps, access, body));
    if (mailId) sendQueuedMail(deps, mailId);
    return { notice };
  };
}

function companyOf(access: Access): NonNullable<Access['company']> {
  if (!access.company) throw new Problem('not_found', 'nobody of a company');
  return access.company;
}

function changing(access: Access) {
  return { companyId: companyOf(access).id, by: { kind: 'client' as const, id: access.person.id, name: access.name }, at: Date.now() };
}

function rightsOf(body: Record<string, unknown>) {
  return { role: text(body, 'role'), restricted: text(body, 'restricted') === 'yes', projectIds: texts(body, 'projectIds') };
}

function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Problem('form_invalid', 'collaborator', { fields: parsed.error.issues.map(({ path }) => path.join('.')).join(', ') });
}
