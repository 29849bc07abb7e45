import { DateTime } from 'luxon';
import { addSpecialRate, endSpecialRate } from '../../database/special-rates.ts';
import { parisZone } from '../../domain/calendar.ts';
import { beginning } from '../../domain/effective-date.ts';
import type { FeeBasis } from '../../domain/fees.ts';
import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import { lastMoment, periodState, periodsMeet, type Period, type PeriodState } from '../../domain/special-rate-periods.ts';
import { termsCatalogue } from '../../domain/terms-catalogue.ts';
import { readTerm } from '../../domain/typed-term.ts';
import { feeSample } from '../terms/samples.ts';
import { bySettingsOwner } from '../terms/term-acts.ts';
import { valuesAt } from '../terms/proposal.ts';
import { refusalWords } from '../terms/term-words.ts';
import type { Speaker } from '../text.ts';
import type { Block, PageField, Row } from './blocks.ts';
import type { Asked, ConsolePage } from './page.ts';

const listed = 200;

/** C11: rates agreed with one client each, for a period. */
export const feeRatesPage: ConsolePage = {
  name: 'feeRates',
  icon: 'Percent',
  title: async ({ deps, say, query }) => (query.company ? ((await deps.db.company.findUnique({ where: { id: query.company }, select: { name: true } }))?.name ?? say.say('feeRates.title')) : say.say('feeRates.title')),
  blocks: async (asked) => (asked.query.company ? oneCompany(asked, asked.query.company) : allRates(asked)),
  acts: {
    propose: async ({ staff, say, values }) => {
      bySettingsOwner(staff);
      const { companyId, from, until, reason } = proposedIn(values, say, Date.now());
      const day = (at: number | null, back = 0): string => (at === null ? '' : (DateTime.fromMillis(at, { zone: parisZone }).minus({ days: back }).toISODate() ?? ''));
      return { message: say.say('terms.readAgain'), redirect: address({ company: companyId, rate: String(values.rate).trim(), from: day(from), last: day(until, 1), reason }) };
    },
    add: async ({ deps, staff, say, values, key: form }) => {
      const by = bySettingsOwner(staff);
      const at = Date.now();
      const proposed = proposedIn(values, say, at);
      await addSpecialRate(deps.db, { form, ...proposed, by, at });
      return { redirect: address({ company: proposed.companyId }) };
    },
    end: async ({ deps, staff, values, key: form }) => {
      const by = bySettingsOwner(staff);
      const at = Date.now();
      await endSpecialRate(deps.db, { form, id: String(values.id ?? ''), until: lastDay(values.last, at), by, at });
      return undefined;
    },
  },
};

const address = (query: Readonly<Record<string, string>>): string => `/console/pages/feeRates?${new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()}`;
const typed = (held: unknown): string => (typeof held === 'string' ? held.trim() : '');

/** @throws Problem `term_refused`, `setting_in_past`, `date_unclear`, `reason_missing` */
function proposedIn(values: Readonly<Record<string, unknown>>, say: Speaker, at: number) {
  const { type } = termsCatalogue.feeRateBp;
  const read = readTerm(type, { value: values.rate });
  if ('refusal' in read) throw new Problem('term_refused', 'rate', { sentence: refusalWords(type, read.refusal, say) });
  const from = beginning(typed(values.from), at);
  if (from === 'past') throw new Problem('setting_in_past', `a rate from ${typed(values.from)}`);
  if (from === 'unclear') throw new Problem('date_unclear', typed(values.from));
  const until = lastDay(values.last, from ?? at);
  const reason = typed(values.reason).slice(0, 500);
  if (reason === '') throw new Problem('reason_missing', 'a special rate');
  return { companyId: typed(values.company), rateBp: read.value as number, from, until, reason };
}

/** The midnight that ends a day, in ms; null when none is named. @throws Problem `setting_in_past`, `date_unclear` */
function lastDay(day: unknown, at: number): number | null {
  if (typed(day) === '') return null;
  const read = beginning(typed(day), at);
  if (read === 'past') throw new Problem('setting_in_past', `until ${typed(day)}`);
  if (read === 'unclear') throw new Problem('date_unclear', typed(day));
  return DateTime.fromISO(typed(day), { zone: parisZone }).plus({ days: 1 }).startOf('day').toMillis();
}

async function allRates({ deps, say, query }: Asked): Promise<Block[]> {
  const at = Date.now();
  const name = query.client?.trim() ?? '';
  const [rates, terms, companies] = await Promise.all([
    deps.db.specialFeeRate.findMany({ where: { OR: [{ until: null }, { until: { gt: new Date(at) } }] }, include: { company: { select: { name: true } } }, orderBy: { from: 'asc' }, take: listed }),
    valuesAt(deps.db, at),
    name === '' ? [] : deps.db.company.findMany({ where: { name: { contains: name, mode: 'insensitive' } }, orderBy: { name: 'asc' }, take: 20, select: { id: true, name: true, city: true } }),
  ]);
  const standard = terms.feeRateBp as number;
  return [
    { kind: 'text', text: say.say('feeRates.intro', { rate: standard }) },
    {
      kind: 'table', caption: say.say('feeRates.running'), head: ['client', 'rate', 'period', 'state', 'reason'].map((one) => say.say(`feeRates.head.${one}`)), numeric: [1], empty: say.say('feeRates.none'),
      rows: rates.filter((rate) => periodState(rate, at) !== 'never').map((rate): Row => ({
        cells: [{ text: rate.company.name, href: address({ company: rate.companyId }) }, say.say('terms.percent', { rate: rate.rateBp }), period(rate, say), stateCell(periodState(rate, at), say), { text: rate.reason, detail: rate.createdBy }],
      })),
    },
    { kind: 'form', method: 'get', inline: true, button: say.say('feeRates.find'), fields: [{ name: 'client', kind: 'text', required: true, label: say.say('feeRates.client'), value: name }] },
    ...(name === '' ? [] : [{ kind: 'table', head: [say.say('feeRates.head.client'), say.say('feeRates.head.city')], empty: say.say('feeRates.notFound', { name }), rows: companies.map((one): Row => ({ cells: [{ text: one.name, href: address({ company: one.id }) }, one.city ?? ''] })) } as const]),
  ];
}

async function oneCompany({ deps: { db }, say, staff, query }: Asked, companyId: string): Promise<Block[]> {
  const at = Date.now();
  const back: Block = { kind: 'links', items: [{ text: say.say('feeRates.back'), href: '/console/pages/feeRates' }] };
  const company = await db.company.findUnique({ where: { id: companyId } });
  if (!company) return [back, { kind: 'text', text: say.problem(new Problem('not_found', companyId)) }];
  const [rates, terms, kept] = await Promise.all([
    db.specialFeeRate.findMany({ where: { companyId }, orderBy: [{ from: 'desc' }, { createdAt: 'desc' }] }),
    valuesAt(db, at),
    db.project.groupBy({ by: ['feeRateBp'], where: { companyId, closedAt: null }, _count: { _all: true }, orderBy: { feeRateBp: 'asc' } }),
  ]);
  const standard = terms.feeRateBp as number;
  const basis = terms.feeBasis as FeeBasis;
  const running = rates.find((rate) => periodState(rate, at) === 'running');
  const mayChange = mayDo(staff.role, 'changeSettings');
  const rate = (bp: number): string => say.say('terms.percent', { rate: bp });
  const proposal = mayChange && query.rate !== undefined ? proposalIn(query, say, at) : null;
  const blocks: Block[] = [
    back,
    { kind: 'callout', text: running ? say.say('feeRates.now', { rate: running.rateBp }) : say.say('feeRates.nowStandard', { rate: standard }), detail: running ? `${period(running, say)} · ${running.reason}` : say.say('feeRates.standardDetail') },
  ];
  if (proposal instanceof Problem) blocks.push({ kind: 'text', tone: 'bad', text: say.problem(proposal) });
  else if (proposal) {
    const meets = rates.find((one) => periodsMeet(one, { from: new Date(proposal.from ?? at), until: proposal.until === null ? null : new Date(proposal.until) }));
    if (meets) blocks.push({ kind: 'text', tone: 'bad', text: say.problem(new Problem('rate_overlaps', meets.id, { from: meets.from.toISOString(), until: lastMoment(meets) })) });
    else blocks.push(confirmation(company.name, proposal, query, kept.reduce((sum, one) => sum + one._count._all, 0), at, say));
  }
  const shownRate = proposal && !(proposal instanceof Problem) ? proposal.rateBp : (running?.rateBp ?? standard);
  blocks.push({
    kind: 'table', caption: say.say('feeRates.example'), head: ['rate', 'members', 'fee', 'final'].map((one) => say.say(`feeRates.head.${one}`)), numeric: [1, 2, 3], empty: '',
    rows: [...new Set([standard, shownRate])].map((bp): Row => {
      const { membersCents, feeCents, finalCents } = feeSample(bp, basis);
      return { cells: [{ text: rate(bp), ...(bp === standard ? { detail: say.say('feeRates.standard') } : { tone: 'strong' as const }) }, say.money(membersCents), say.money(feeCents), say.money(finalCents)] };
    }),
  });
  if (mayChange) blocks.push({ kind: 'form', method: 'post', act: 'propose', title: say.say('feeRates.add'), button: say.say('terms.preview'), fields: rateFields(companyId, query, say) });
  else blocks.push({ kind: 'text', tone: 'soft', text: say.say('terms.onlyAdministrators') });
  blocks.push({
    kind: 'table', caption: say.say('terms.history'), head: ['rate', 'period', 'state', 'reason', 'who'].map((one) => say.say(`feeRates.head.${one}`)), empty: say.say('feeRates.never'),
    rows: rates.map((one): Row => {
      const state = periodState(one, at);
      const live = state === 'running' || state === 'coming';
      return {
        cells: [rate(one.rateBp), period(one, say), stateCell(state, say), one.reason, { text: one.createdBy, detail: `${say.moment(one.createdAt)}${one.endedBy ? ` · ${say.say('feeRates.endedBy', { who: one.endedBy })}` : ''}` }],
        deeds: live && mayChange ? [{ act: 'end', label: say.say(`feeRates.end.${state}`), values: { id: one.id }, confirm: say.say(`feeRates.endConfirm.${state}`, { rate: one.rateBp, standard }) }] : [],
      };
    }),
  });
  if (running && mayChange) {
    blocks.push({ kind: 'form', method: 'post', act: 'end', title: say.say('feeRates.endOn'), consequence: say.say('feeRates.endOnConsequence', { rate: running.rateBp, standard }), button: say.say('feeRates.endOnButton'), fields: [
      { name: 'id', kind: 'hidden', label: '', value: running.id }, { name: 'last', kind: 'date', required: true, label: say.say('feeRates.last') },
    ] });
  }
  blocks.push({
    kind: 'table', caption: say.say('terms.promised'), head: [say.say('feeRates.head.rate'), say.say('terms.head.projects')], numeric: [1], empty: say.say('terms.promised.none'),
    rows: kept.map((one): Row => ({ cells: [rate(one.feeRateBp), String(one._count._all)] })),
  });
  return blocks;
}

type Proposed = ReturnType<typeof proposedIn>;

function proposalIn(query: Asked['query'], say: Speaker, at: number): Proposed | Problem {
  try {
    return proposedIn(query, say, at);
  } catch (cause) {
    if (cause instanceof Problem) return cause;
    throw cause;
  }
}

/** What confirming does, said before it is done. */
function confirmation(name: string, { rateBp, from, until, reason }: Proposed, query: Asked['query'], projects: number, at: number, say: Speaker): Block {
  const lines = [
    say.say('feeRates.will', { name, rate: rateBp, period: period({ from: new Date(from ?? at), until: until === null ? null : new Date(until) }, say) }),
    say.say('feeRates.willKeep', { projects }),
    `${say.say('terms.reason')}${say.say('terms.colon')}${reason}`,
  ];
  return {
    kind: 'form', method: 'post', act: 'add', title: say.say('terms.confirm'), consequence: lines.join('\n'), button: say.say('feeRates.confirm'),
    fields: ['company', 'rate', 'from', 'last', 'reason'].map((one) => ({ name: one, kind: 'hidden', label: '', value: query[one] ?? '' })),
  };
}

function rateFields(companyId: string, query: Asked['query'], say: Speaker): PageField[] {
  return [
    { name: 'company', kind: 'hidden', label: '', value: companyId },
    { name: 'rate', kind: 'text', required: true, label: say.say('feeRates.head.rate'), help: say.say('terms.help.percent'), value: query.rate },
    { name: 'from', kind: 'date', label: say.say('terms.field.day'), help: say.say('terms.help.day'), value: query.from },
    { name: 'last', kind: 'date', label: say.say('feeRates.last'), help: say.say('feeRates.lastHelp'), value: query.last },
    { name: 'reason', kind: 'long', required: true, label: say.say('terms.field.reason'), help: say.say('terms.help.reason'), value: query.reason },
  ];
}

/** « du 1 janvier 2027 au 31 mars 2027 »; the end is the last day, included. */
function period(held: Period, say: Speaker): string {
  const last = lastMoment(held);
  return say.say(last === '' ? 'feeRates.from' : 'feeRates.fromTo', { from: held.from.toISOString(), last });
}

function stateCell(state: PeriodState, say: Speaker) {
  return { text: say.say(`feeRates.state.${state}`), tone: ({ running: 'good', coming: 'strong', over: 'soft', never: 'soft' } as const)[state] };
}
