import { hash } from '@node-rs/argon2';
import type { Db } from '../../database/open.ts';
import type { Deps } from '../../deps.ts';
import { keepMemberFile } from '../../documents/member-files.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { Problem } from '../../domain/problem.ts';
import * as membershipSteps from '../../steps/membership-steps.ts';
import { startMembership } from '../../steps/start-membership.ts';
import type { StartDeps } from '../../steps/start-project.ts';
import { tellBank } from './bank.ts';
import { demoCompanies, type DemoClient } from './companies.ts';
import { fictitiousSiren } from './fictitious-numbers.ts';
import { ask, type DemoPerson, type House } from './house.ts';
import { inTurns } from './in-turns.ts';
import { bringLead, demoLeads } from './leads.ts';
import { demoCandidates, demoDocuments, demoMembers, refusedCandidate, type DemoMember } from './members.ts';
import { paper } from './paper.ts';
import { beginStory, type DemoProject } from './project-story.ts';
import { demoPassword, demoStaff, staffEmail, type DemoStaff } from './staff.ts';
import { beforeQuotes } from './stories/before-quotes.ts';
import { endings } from './stories/endings.ts';
import { quotes } from './stories/quotes.ts';
import { running } from './stories/running.ts';
import { showOff } from './show-off.ts';
import { demoThemes } from './themes.ts';

export const demoProjects: readonly DemoProject[] = [...running, ...quotes, ...endings, ...beforeQuotes];

/** Who can sign in to the console, one line each; members and clients ask for a link by e-mail. */
export const signIns: readonly string[] = [
  ...demoStaff.map(({ handle, role }) => `${role.replace('_', ' ').padEnd(16)} ${staffEmail(handle).padEnd(30)} ${demoPassword(handle)}`),
  `client           ${demoCompanies[0]?.users[0]?.email.padEnd(30)} by a link in the mailbox`,
  `member           ${addressOf('lea').padEnd(30)} by a link in the mailbox`,
];

/** May the demo live here? Only in an empty house, or in its own: its passwords are known to everybody. */
export async function isDemoHouse(db: Db): Promise<boolean> {
  const own = demoStaff.map(({ handle }) => staffEmail(handle));
  return (await db.staff.count({ where: { email: { notIn: own } } })) === 0;
}

/**
 * Fills an empty house: people first, then each project's story by its real steps. Told again after an interruption, it goes on where it was.
 * @throws AggregateError when stories could not be told to their end
 */
export async function seedDemo(deps: Pick<Deps, 'db' | 'temporal' | 'secret' | 'config'>, say: (line: string) => void): Promise<void> {
  const { db, temporal, secret, config } = deps;
  if (!(await isDemoHouse(db))) return say('This house has people of its own: no demo data.');
  const startDeps: StartDeps = { db, temporal, secret, publicUrl: config.publicUrl, mailFrom: config.mailFrom, smtpUrl: config.smtpUrl, taskQueue: config.taskQueue };
  const began = Date.now();
  say(`Demo data: ${demoMembers.length} members and ${demoProjects.length} projects, played through the real workflows (about a minute) …`);
  const house = await peopleOf(startDeps);
  let told = 0;
  await inTurns(demoProjects, 4, async (project) => {
    try {
      await project.tell(await beginStory(house, project));
      told += 1;
      if (told % 7 === 0) say(`  ${told} of ${demoProjects.length} projects …`);
    } catch (cause) {
      // Somebody acted on the project since the story was interrupted: it is theirs now.
      if (cause instanceof Problem && (cause.code === 'stage_changed' || cause.code === 'over')) return say(`  ${project.slug} was changed meanwhile and is left as it is (${cause.message}).`);
      throw new Error(`${project.slug}: ${String(cause)}`, { cause });
    }
  });
  await tellBank(house, Date.now());
  say(`Demo data is there after ${Math.round((Date.now() - began) / 1000)} s.`);
}

async function peopleOf(deps: StartDeps): Promise<House> {
  const { db } = deps;
  const themes = new Map<string, string>();
  for (const [position, theme] of demoThemes.entries()) {
    const { id } = await db.theme.upsert({ where: { slug: theme.slug }, create: { ...theme, position }, update: {} });
    themes.set(theme.slug, id);
  }
  const staff = {} as Record<DemoStaff, House['staff'][DemoStaff]>;
  for (const { handle, name, role, phone } of demoStaff) {
    const email = staffEmail(handle);
    const known = await db.staff.findUnique({ where: { email } });
    const { id } = known ?? (await db.staff.create({ data: { handle, email, name, role, phone, passwordHash: await hash(demoPassword(handle)) } }));
    staff[handle] = { kind: 'staff', id };
  }
  const house: House & { members: Map<string, DemoPerson> } = { deps, db, staff, clients: await clientsOf(db), themes, members: new Map() };
  const welcomed = async (member: DemoMember): Promise<void> => void house.members.set(member.key, await welcome(house, member));
  // Those whom somebody recommends come after those who recommend them.
  await inTurns(demoMembers.filter(({ recommendedBy }) => !recommendedBy), 6, welcomed);
  await inTurns(demoMembers.filter(({ recommendedBy }) => recommendedBy), 6, welcomed);
  await inTurns(demoMembers, 4, (member) => showOff(house, member));
  await inTurns(demoCandidates, 2, (candidate) => apply(house, candidate));
  const { handle } = await apply(house, refusedCandidate);
  const reason = 'Merci de votre envie. Il nous faut plus de références pour vous présenter à nos clients : revenez nous voir dans un an.';
  await ask(house, `member/${refusedCandidate.key}/refuse`, membershipSteps.refuseCandidature, `membership/${handle}`, staff.aicha, { reason });
  await inTurns(demoDocuments, 4, (document) => file(house, document));
  await inTurns(demoLeads, 1, (lead) => bringLead(house, lead));
  return house;
}

async function clientsOf(db: Db): Promise<House['clients']> {
  const clients = {} as Record<DemoClient, House['clients'][DemoClient]>;
  for (const [index, { users, feeRateBp, ...company }] of demoCompanies.entries()) {
    const abroad = company.country !== undefined;
    const { id: companyId } = await db.company.upsert({
      where: { handle: company.handle },
      create: { ...company, siren: abroad ? null : fictitiousSiren(index + 500), ...(feeRateBp ? { feeRates: { create: specialRate(feeRateBp) } } : {}) },
      update: {},
    });
    for (const { key, name, email, role, billing, locale } of users) {
      const { id } = await db.clientUser.upsert({
        where: { email },
        create: { companyId, email, name, role, billingContact: billing ?? false, locale: locale ?? 'fr', confirmedAt: new Date() },
        update: {},
      });
      clients[key] = { kind: 'client', id, name };
    }
  }
  return clients;
}

const specialRate = (rateBp: number) => ({ rateBp, from: new Date('2026-01-01T00:00:00+01:00'), createdAt: new Date('2025-12-15T10:00:00+01:00'), reason: 'Accord-cadre : volume annuel', createdBy: 'Hélène Garnier' });

/** Addresses end in .example: whatever mail server is used, nobody real is written to. */
function addressOf(key: string): string {
  return `${key}@membres.example`;
}

async function apply(house: House, member: DemoMember): Promise<DemoPerson> {
  const { key, name, structure, headline, experience, skills, city, dayRate, recommendedBy = '' } = member;
  const { memberId, handle } = await startMembership(house.deps, {
    key: `demo/member/${key}`,
    candidature: {
      name, email: addressOf(key), structure, headline, experience, skills, city, recommendedBy, dayRateCents: dayRate * 100,
      references: member.references.map((title) => ({ title, link: `https://${key}.example/${encodeURIComponent(title.toLowerCase().replace(/[^\p{L}\d]+/gu, '-'))}` })),
      themeIds: member.themes.map((theme) => house.themes.get(theme) ?? ''),
    },
  });
  return { kind: 'member', id: memberId, handle, name };
}

async function welcome(house: House, member: DemoMember): Promise<DemoPerson> {
  const person = await apply(house, member);
  const message = 'Vos références nous ont convaincus. Bienvenue parmi nous !';
  await ask(house, `member/${member.key}/accept`, membershipSteps.acceptCandidature, `membership/${person.handle}`, house.staff.aicha, { message });
  return person;
}

const titles = { registration: 'Extrait d’immatriculation', urssaf: 'Attestation de vigilance URSSAF', insurance: 'Attestation d’assurance professionnelle' } as const;

/** M4: a paper is sent by its member, and checked by staff unless it waits to be. */
async function file(house: House, { member, kind, inDays, then, reason = '' }: (typeof demoDocuments)[number]): Promise<void> {
  const person = house.members.get(member);
  if (!person) throw new Error(`no demo member ${member}`);
  const step = (name: string, definition: Parameters<typeof ask>[2], by: Parameters<typeof ask>[4], payload: unknown) =>
    ask(house, `member/${member}/${kind}/${name}`, definition, `membership/${person.handle}`, by, payload);
  const expiresOn = parisDay(Date.now() + inDays * 86_400_000);
  const fileName = `${kind}-${person.handle}.pdf`;
  const fileId = await keepMemberFile(house.db, { key: `demo-${kind}-${person.handle}`, memberId: person.id, name: fileName, bytes: paper([titles[kind], '', person.name, `Valable jusqu’au ${expiresOn}`, '', 'Document fictif, pour la démonstration.']), at: Date.now() });
  await step('send', membershipSteps.sendDocument, person, { kind, fileName, fileId, expiresOn });
  const sent = await house.db.memberDocument.findFirstOrThrow({ where: { memberId: person.id, kind } });
  if (then === 'accept') await step('accept', membershipSteps.acceptDocument, house.staff.aicha, { documentId: sent.id });
  if (then === 'refuse') await step('refuse', membershipSteps.refuseDocument, house.staff.aicha, { documentId: sent.id, reason });
}
