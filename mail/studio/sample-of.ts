import type { Db } from '../../database/open.ts';
import { Problem } from '../../domain/problem.ts';
import type { MailTemplate } from '../../templates/mail/catalogue.ts';
import { fullSample, type MailSample } from '../../templates/mail/samples.ts';
import { variablesOf } from '../../templates/mail/variables.ts';
import type { MailLocale } from '../format.ts';

/** What a preview shows: made-up data, a real project around made-up data, or a mail really sent about it. */
export interface ChosenSample extends MailSample { readonly from: 'sample' | 'project' | 'mail' }

/**
 * The data of a preview. With a project's reference, the last mail of this kind about it, else its people around the example's figures.
 * Links are always examples: a preview opens nobody's page.
 * @throws Problem `not_found` when no project has this reference
 */
export async function sampleOf(db: Db, template: MailTemplate, locale: MailLocale, reference: string): Promise<ChosenSample> {
  const sample = fullSample(template, locale);
  if (reference.trim() === '') return { ...sample, from: 'sample' };
  const project = await db.project.findUnique({ where: { ref: reference.trim().toUpperCase() }, include: { company: true, accountManager: true } });
  if (!project) throw new Problem('not_found', `no project ${reference}`);
  const mail = await db.mail.findFirst({ where: { projectId: project.id, template }, orderBy: { createdAt: 'desc' } });
  const { accountManager: manager } = project;
  return {
    from: mail ? 'mail' : 'project',
    data: mail ? { ...sample.data, ...withoutLinks(template, mail.data as Record<string, unknown>) } : sample.data,
    common: {
      recipient: { name: mail?.toName ?? sample.common.recipient.name },
      project: { ref: project.ref, title: project.title, clientName: project.company.name },
      manager: sample.common.manager && (manager ? { name: manager.name, email: manager.email, phone: manager.phone ?? '' } : null),
    },
  };
}

/** References to try a wording on: the latest projects that were sent this mail. */
export async function referencesFor(db: Db, template: MailTemplate): Promise<readonly string[]> {
  const mails = await db.mail.findMany({ where: { template, projectId: { not: null } }, orderBy: { createdAt: 'desc' }, take: 20, select: { project: { select: { ref: true } } } });
  return [...new Set(mails.flatMap(({ project }) => project?.ref ?? []))].slice(0, 8);
}

function withoutLinks(template: MailTemplate, data: Record<string, unknown>): Record<string, unknown> {
  const variables = variablesOf(template);
  return Object.fromEntries(Object.entries(data).flatMap(([name, value]) => {
    const kind = variables[name];
    if (kind === undefined || kind === 'link') return [];
    if (kind === 'mates' && Array.isArray(value)) return [[name, (value as { name: string }[]).map((mate, index) => ({ name: mate.name, link: `example-mate-${index + 1}` }))]];
    return [[name, value]];
  }));
}
