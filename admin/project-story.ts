import type { Deps } from '../deps.ts';
import { stageBar } from '../web/stage-bar.ts';
import type { Speaker } from './text.ts';

type Cell = string | { text: string; href: string; out?: boolean };
interface Section { readonly title: string; readonly rows: Cell[][] }

const link = (resource: string, id: string, text: string): Cell => ({ text, href: `/console/resources/${resource}/records/${id}/show` });

/** S3: everything about one project, as its page in the console tells it. */
export async function projectStory(deps: Deps, projectId: string, say: Speaker) {
  const project = await deps.db.project.findUniqueOrThrow({
    where: { id: projectId },
    include: {
      company: true, owner: true, accountManager: true, themes: { include: { theme: true } }, referral: { include: { member: true } },
      team: { include: { member: true } }, applications: { include: { members: { include: { member: true } } }, orderBy: { createdAt: 'asc' } },
      invitations: { include: { member: true } },
      rounds: { include: { memberQuotes: { include: { member: true }, orderBy: { createdAt: 'asc' } }, clientQuotes: { orderBy: { version: 'asc' } } }, orderBy: { number: 'asc' } },
      memberInvoices: { include: { member: true }, orderBy: { createdAt: 'asc' } },
      clientInvoices: { include: { payments: { include: { payouts: { include: { member: true } } } } }, orderBy: { createdAt: 'asc' } },
      events: { orderBy: { at: 'desc' }, take: 200 }, mails: { orderBy: { createdAt: 'desc' }, take: 100 },
    },
  });
  const section = (key: string, rows: Cell[][]): Section => ({ title: say.say(`story.${key}`), rows });
  const workflows = [
    `project/${project.ref}`, `alerts/${project.ref}`, ...project.rounds.map(({ ref }) => `quote-review/${ref}`),
    ...project.memberInvoices.map(({ ref }) => `member-invoice/${ref}`), ...project.clientInvoices.map(({ ref }) => `client-invoice/${ref}`),
  ].filter((id) => !id.startsWith('alerts/') || project.publishedAt);
  const ui = deps.config.temporalUiUrl;
  const brief = (['problem', 'objectives', 'context', 'deliverables', 'constraints', 'requirements', 'timing'] as const).filter((name) => project[name]);
  return {
    title: project.title,
    subtitle: [project.ref, project.company.name, project.themes.map(({ theme }) => (say.locale === 'fr' ? theme.nameFr : theme.nameEn)).join(', ')].filter(Boolean).join(' · '),
    stages: stageBar(project.stage).map(({ stage, done, current }) => ({ label: say.state('project', stage), done, current })),
    waits: say.say(`waits.${project.stage}`),
    deadline: project.nextDeadlineAt ? say.say('story.until', { at: project.nextDeadlineAt.toISOString() }) : '',
    sections: [
      section('people', [
        [say.say('story.client'), `${project.owner.name}, ${project.company.name} — ${project.owner.email}`],
        ...(project.accountManager ? [[say.say('story.manager'), project.accountManager.name]] : []),
        ...project.team.map(({ member, memberId }) => [say.say('story.member'), link('Member', memberId, member.name)]),
        ...(project.referral ? [[say.say('story.referrer'), `${project.referral.member.name} — ${project.referral.rateBp / 100} %`]] : []),
      ]),
      section('candidates', [
        ...project.applications.map((one) => [one.members.map(({ member }) => member.name).join(', '), one.message, say.state('application', one.state)]),
        ...project.invitations.map((one) => [one.member.name, one.answer ?? one.message, say.state('invitation', one.state)]),
      ]),
      section('quotes', project.rounds.flatMap((round) => [
        [link('QuoteRound', round.id, round.ref), round.deadlineAt ? say.moment(round.deadlineAt) : '', say.state('quoteRound', round.state)],
        ...round.memberQuotes.map((quote) => [link('MemberQuote', quote.id, `${quote.member.name} · ${say.say('version', { version: quote.version })}`), say.state('memberQuote', quote.state), say.money(quote.totalCents)]),
        ...round.clientQuotes.map((quote) => [link('ClientQuote', quote.id, quote.number), say.state('clientQuote', quote.state), say.money(quote.totalCents)]),
      ] as Cell[][])),
      section('invoices', [
        ...project.memberInvoices.map((one) => [link('MemberInvoice', one.id, `${one.number ?? one.ref} · ${one.member.name}`), say.state('memberInvoice', one.state), say.money(one.totalCents)]),
        ...project.clientInvoices.map((one) => [link('ClientInvoice', one.id, one.number ?? one.ref), `${say.state('clientInvoice', one.state)}${one.dueAt ? ` · ${say.day(one.dueAt)}` : ''}`, say.money(one.totalCents)]),
        ...project.clientInvoices.flatMap(({ payments }) => payments).flatMap((payment) => [
          [`${say.say('story.payment')} ${payment.reference}`, say.day(payment.receivedOn), say.money(payment.amountCents)],
          ...payment.payouts.map((payout) => [`→ ${payout.member.name} (${say.say(`payout.${payout.kind}`)})`, say.state('payout', payout.state), say.money(payout.amountCents)]),
        ]),
      ] as Cell[][]),
      section('mails', project.mails.map((mail) => [link('Mail', mail.id, mail.subject || mail.template), `${mail.toName} · ${say.moment(mail.sentAt ?? mail.createdAt)}`, say.state('mail', mail.state)])),
      section('events', project.events.map((event) => [say.moment(event.at), say.has(`event.${event.action}`) ? say.say(`event.${event.action}`) : event.action, event.actorName || say.say('story.clock')])),
      section('workflows', workflows.map((id) => [ui ? { text: id, href: `${ui}/namespaces/${deps.config.temporalNamespace}/workflows/${encodeURIComponent(id)}`, out: true } : id])),
      section('brief', brief.map((name) => [say.say(`brief.${name}`), project[name]])),
    ],
  };
}
