import type { MailData, MailTemplate } from '../templates/mail/catalogue.ts';
import type { LinkPurpose } from '../domain/links.ts';
import { administrationStaff, clientRecipient, financeStaff, memberRecipient, staffFor, type Recipient } from '../database/recipients.ts';
import type { Tx } from '../database/open.ts';
import type { ProjectWithPeople } from '../database/move-project.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import type { ActivityDeps } from './deps.ts';

interface LinkTo { readonly purpose: LinkPurpose; readonly subjectId?: string }
interface Addressee { id: string; email: string; name: string; locale: string }

/** The mails one transaction writes about one project. Keys are made of the deed and the reader: each is queued once (W4). */
export interface Letters {
  readonly mailIds: string[];
  toClient<T extends MailTemplate>(template: T, data: MailData[T], link?: LinkTo): Promise<void>;
  toMember<T extends MailTemplate>(member: Addressee, template: T, data: MailData[T], link?: LinkTo): Promise<void>;
  /** To the account manager, or to administration while there is none. */
  toStaff<T extends MailTemplate>(template: T, data: MailData[T], consolePath?: string): Promise<void>;
  /** To whoever keeps the money, or to the administrators while nobody does. */
  toFinance<T extends MailTemplate>(template: T, data: MailData[T], consolePath?: string): Promise<void>;
  /** Past the account manager. */
  toAdministration<T extends MailTemplate>(template: T, data: MailData[T], consolePath?: string): Promise<void>;
  /** The link's id, to be named in a mail's data. */
  linkFor(member: Addressee, link: LinkTo): Promise<string>;
}

/** `deed` names what causes the mails: a submission, or a clock's step. `at` in ms. */
export function openLetters(tx: Tx, deps: ActivityDeps, project: ProjectWithPeople, deed: string, at: number): Letters {
  const mailIds: string[] = [];
  const projectPath = `/console/resources/Project/records/${project.id}/show`;

  const queue = async <T extends MailTemplate>(to: Recipient, template: T, data: MailData[T], more: { linkId?: string; consolePath?: string }): Promise<void> => {
    const key = `${deed}/${template}/${to.kind}/${to.id ?? to.email}`;
    mailIds.push(await queueMail(tx, { key, template, to, data, projectId: project.id, at, ...more }));
  };
  const linkOf = (owner: 'client' | 'member', ownerId: string, link: LinkTo): Promise<string> =>
    createLink(tx, deps.secret, { purpose: link.purpose, ownerKind: owner, ownerId, projectId: project.id, subjectId: link.subjectId ?? null, at });

  return {
    mailIds,
    async toClient(template, data, link = { purpose: 'client_project' }) {
      await queue(clientRecipient(project.owner), template, data, { linkId: await linkOf('client', project.owner.id, link) });
    },
    async toMember(member, template, data, link) {
      await queue(memberRecipient(member), template, data, link ? { linkId: await linkOf('member', member.id, link) } : {});
    },
    async toStaff(template, data, consolePath = projectPath) {
      for (const person of await staffFor(tx, project.accountManager, at)) await queue(person, template, data, { consolePath });
    },
    async toFinance(template, data, consolePath = projectPath) {
      for (const person of await financeStaff(tx)) await queue(person, template, data, { consolePath });
    },
    async toAdministration(template, data, consolePath = projectPath) {
      for (const person of await administrationStaff(tx)) await queue(person, template, data, { consolePath });
    },
    linkFor: (member, link) => linkOf('member', member.id, link),
  };
}
