import type { Prisma } from '@prisma/client';
import { filesOfCandidate } from '../../../database/candidature/files.ts';
import { saidOf } from '../../../database/candidature/said.ts';
import { membershipTermsInForce } from '../../../database/settings.ts';
import { answerExpected } from '../../../domain/membership-schedule.ts';
import { Problem } from '../../../domain/problem.ts';
import { mayDo } from '../../../domain/roles.ts';
import { averageOf, bestNote, criteria, overallOf } from '../../../domain/scorecard.ts';
import type { Block, Cell, PageField } from '../blocks.ts';
import type { Asked } from '../page.ts';
import { recommendationBlocks } from './recommendation.ts';
import { scoreShown } from './score-shown.ts';

const whole = { reviews: { include: { staff: true }, orderBy: { createdAt: 'asc' } }, themes: { include: { theme: true } } } satisfies Prisma.MemberInclude;
type Candidature = Prisma.MemberGetPayload<{ include: typeof whole }>;

/** @throws Problem `not_found` */
export async function candidatureOf({ deps: { db }, query }: Asked): Promise<Candidature> {
  const member = await db.member.findUnique({ where: { id: query.member ?? '' }, include: whole });
  if (!member) throw new Problem('not_found', `no candidature ${query.member}`);
  return member;
}

/** What the person wrote beside what staff think of it; then the answer. */
export async function candidatureBlocks(asked: Asked, member: Candidature): Promise<Block[]> {
  const { say } = asked;
  return [
    { kind: 'links', items: [{ text: say.say('candidatures.back'), href: '/console/pages/candidatures' }, { text: say.say('candidatures.record'), href: `/console/resources/Member/records/${member.id}/show` }, ...(await nextOf(asked, member))] },
    { kind: 'figures', items: await figuresOf(asked, member) },
    { kind: 'columns', columns: [await written(asked, member), [...readings(asked, member), ...answer(asked, member)]] },
  ];
}

async function nextOf({ deps: { db }, say }: Asked, member: Candidature) {
  const next = await db.member.findFirst({ where: { state: 'candidate', id: { not: member.id }, createdAt: { gte: member.createdAt } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return next ? [{ text: say.say('candidatures.next', { name: next.name }), href: `/console/pages/candidatures?member=${next.id}` }] : [];
}

async function figuresOf({ deps: { db }, say }: Asked, member: Candidature) {
  const since = member.createdAt.getTime();
  const expected = answerExpected(since, await membershipTermsInForce(db, since));
  const open = member.state === 'candidate';
  return [
    { label: say.say('candidatures.state'), value: say.state('membership', member.state) },
    { label: say.say('candidatures.head.received'), value: say.day(member.createdAt) },
    ...(open && expected !== null ? [{ label: say.say('candidatures.expected'), value: say.day(new Date(expected)), tone: expected < Date.now() ? ('bad' as const) : undefined }] : []),
    { label: say.say('candidatures.average'), value: scoreShown(overallOf(member.reviews), say), detail: say.say('candidatures.readers', { count: member.reviews.length, read: false }) },
  ];
}

async function written(asked: Asked, member: Candidature): Promise<Block[]> {
  const { deps: { db }, say } = asked;
  const said = saidOf(member);
  const files = await filesOfCandidate(db, member.id);
  const facts: [string, Cell][] = [
    ['structure', say.say(`structure.${member.structure}`)], ['city', member.city || '—'], ['skills', member.skills.join(', ') || '—'],
    ['themes', member.themes.map(({ theme }) => (say.locale === 'fr' ? theme.nameFr : theme.nameEn)).join(', ') || '—'], ['dayRate', member.dayRateCents === null ? '—' : say.money(member.dayRateCents)],
    ['email', member.email],
  ];
  return [
    { kind: 'heading', text: member.headline || member.name },
    { kind: 'text', text: said.experience ?? member.presentation },
    {
      kind: 'table', caption: say.say('candidatures.references'), head: [say.say('candidatures.reference'), say.say('candidatures.link')], empty: say.say('candidatures.noReference'),
      rows: (said.references ?? []).map(({ title, link }) => ({ cells: [title, /^https?:\/\//.test(link) ? { text: link, href: link } : '—'] })),
    },
    {
      kind: 'table', caption: say.say('candidatures.files'), head: [say.say('candidatures.file'), say.say('candidatures.fileKind')], empty: say.say('candidatures.noFile'),
      rows: files.map(({ id, name, type, size }) => ({ cells: [{ text: name, href: `/console/candidature-files/${id}` }, { text: type === 'application/pdf' ? 'PDF' : say.say('candidatures.picture'), detail: say.say('candidatures.fileSize', { kilobytes: Math.max(1, Math.round(size / 1024)) }) }] })),
    },
    ...(await recommendationBlocks(asked, member)),
    { kind: 'table', caption: say.say('candidatures.facts'), head: [say.say('candidatures.fact'), say.say('candidatures.said')], empty: '', rows: facts.map(([name, cell]) => ({ cells: [say.say(`candidatures.fact.${name}`), cell] })) },
  ];
}

/** One's own scorecard, and what the others think. */
function readings({ say, staff }: Asked, member: Candidature): Block[] {
  const mine = member.reviews.find(({ staffId }) => staffId === staff.id);
  const options = Array.from({ length: bestNote + 1 }, (_, value) => ({ value: String(value), label: `${value} — ${say.say(`candidatures.note.${value}`)}` }));
  const fields = criteria.flatMap((criterion): PageField[] => [
    { name: criterion, kind: 'choice', label: say.say(`candidatures.criterion.${criterion}`), help: say.say(`candidatures.criterion.${criterion}.help`), options, value: mine?.[criterion]?.toString() ?? '' },
    { name: `${criterion}Note`, kind: 'text', label: say.say('candidatures.why'), value: mine?.[`${criterion}Note`] ?? '' },
  ]);
  const row = (review: (typeof member.reviews)[number]) => ({
    cells: [
      { text: review.staff.name, detail: say.moment(review.updatedAt) },
      ...criteria.map((criterion): Cell => ({ text: review[criterion]?.toString() ?? '—', detail: review[`${criterion}Note`] })),
      { text: scoreShown(averageOf(criteria.map((criterion) => review[criterion])), say), tone: 'strong' as const },
    ],
  });
  const mean = criteria.map((criterion) => scoreShown(averageOf(member.reviews.map((review) => review[criterion])), say));
  const all = member.reviews.map(row);
  return [
    {
      kind: 'table', caption: say.say('candidatures.readings'), head: [say.say('candidatures.reader'), ...criteria.map((criterion) => say.say(`candidatures.criterion.${criterion}`)), say.say('candidatures.average')],
      rows: all.length > 1 ? [...all, { cells: [{ text: say.say('candidatures.average'), tone: 'strong' }, ...mean, { text: scoreShown(overallOf(member.reviews), say), tone: 'strong' }] }] : all, empty: say.say('candidatures.noReading'),
    },
    ...(member.state === 'candidate' && mayDo(staff.role, 'scoreCandidature')
      ? [{ kind: 'form', method: 'post', act: 'saveScores', title: say.say('candidatures.mine'), consequence: say.say('candidatures.draft'), fields, button: say.say('candidatures.save') } as const]
      : []),
  ];
}

/** The answer through the membership's own steps, or what it was. */
function answer({ say, staff }: Asked, member: Candidature): Block[] {
  if (member.state !== 'candidate') {
    const { eraseFrom } = saidOf(member);
    return [{ kind: 'text', text: [say.say('candidatures.answered', { at: (member.decidedAt ?? member.createdAt).toISOString() }), member.decisionReason ?? '', eraseFrom ? say.say('candidatures.erased', { at: eraseFrom }) : ''].filter(Boolean).join('\n') }];
  }
  const form = (act: 'accept' | 'refuse', step: string, field: PageField): Block[] => (mayDo(staff.role, step)
    ? [{ kind: 'details', summary: say.say(`action.${step}`), blocks: [{ kind: 'form', method: 'post', act, fields: [field], button: say.say(`action.${step}`), consequence: say.say(`candidatures.consequence.${act}`) }] }]
    : []);
  return [
    ...form('accept', 'acceptCandidature', { name: 'message', kind: 'long', label: say.say('candidatures.welcome'), help: say.say('candidatures.welcome.help') }),
    ...form('refuse', 'refuseCandidature', { name: 'reason', kind: 'long', required: true, label: say.say('field.reason'), help: say.say('candidatures.reason.help') }),
  ];
}
