import { keptValues } from '../../database/kept-terms.ts';
import { Problem } from '../../domain/problem.ts';
import { mayDo, type ConsolePageName } from '../../domain/roles.ts';
import { historyMark, type DatedState } from '../../domain/setting-history.ts';
import { builtIn, termsCatalogue, type TermKey } from '../../domain/terms-catalogue.ts';
import type { Block, Deed, Row } from '../pages/blocks.ts';
import type { Asked } from '../pages/page.ts';
import { historyOf, proposalOf, valuesAt, type Proposal } from './proposal.ts';
import { sample } from './samples.ts';
import { termFields } from './term-fields.ts';
import { termWords } from './term-words.ts';

export type SettingsPage = Extract<ConsolePageName, 'terms' | 'cadences'>;

export const addressOf = (page: SettingsPage, query: Readonly<Record<string, string>> = {}): string =>
  `/console/pages/${page}${Object.keys(query).length > 0 ? `?${new URLSearchParams(query).toString()}` : ''}`;

/** S4: one setting: what it is, what is about to change, who was promised what, its form, its history. */
export async function termDetail(asked: Asked, page: SettingsPage, key: TermKey): Promise<Block[]> {
  const { deps: { db }, say, staff, query } = asked;
  const at = Date.now();
  const { rows, states } = await historyOf(db, key, at);
  const terms = await valuesAt(db, at);
  const inForce = terms[key];
  const holding = states.find(({ state }) => state === 'in_force')?.row;
  const mayChange = mayDo(staff.role, 'changeSettings');
  const seen = historyMark(rows);
  const words = (value: unknown): string => termWords(key, value, say);
  const asks = mayChange && query.proposed !== undefined;
  const proposal = asks ? await proposedIn(asked, key, at) : null;
  const shown = proposal && !(proposal instanceof Problem) ? proposal.value : inForce;

  const blocks: Block[] = [
    { kind: 'links', items: [{ text: say.say(`terms.back.${page}`), href: addressOf(page) }] },
    { kind: 'text', text: say.say(`term.${key}.help`) },
    { kind: 'callout', text: `${say.say('terms.inForce')}${say.say('terms.colon')}${words(inForce)}`, detail: holding ? say.say('terms.since', { at: holding.effectiveFrom.toISOString(), who: holding.changedBy }) : say.say('terms.builtIn') },
  ];
  if (proposal instanceof Problem) blocks.push({ kind: 'text', tone: 'bad', text: say.problem(proposal) });
  else if (proposal) blocks.push(...(await confirmation(asked, proposal, inForce, seen, states.filter(({ state }) => state === 'coming').length)));
  blocks.push(...sample(key, { ...terms, [key]: shown }, asked, at));
  if (mayChange) blocks.push(changeForm(asked, key, shown, seen, proposal !== null));
  else blocks.push({ kind: 'text', tone: 'soft', text: say.say('terms.onlyAdministrators') });
  if (termsCatalogue[key].of === 'project') blocks.push(await promised(asked, key, inForce));
  blocks.push(history(asked, key, states, inForce, seen, mayChange));
  return blocks;
}

async function proposedIn({ deps, query, say }: Asked, key: TermKey, at: number): Promise<Proposal | Problem> {
  try {
    return await proposalOf(deps.db, { key, value: JSON.parse(query.proposed ?? 'null') as unknown, day: query.day ?? '', reason: query.reason ?? '' }, say, at);
  } catch (cause) {
    return cause instanceof Problem ? cause : new Problem('form_invalid', String(cause));
  }
}

/** What confirming does, said before it is done. */
async function confirmation({ deps, say, query }: Asked, { key, value, day, from, reason }: Proposal, inForce: unknown, seen: string, coming: number): Promise<Block[]> {
  const kept = termsCatalogue[key].of === 'project' ? await keptValues(deps.db, key) : null;
  const projects = (kept?.values ?? []).reduce((sum, one) => sum + one.projects, 0);
  const words = (held: unknown): string => termWords(key, held, say);
  const lines = [
    from === null ? say.say('terms.will.now', { before: words(inForce), after: words(value) }) : say.say('terms.will.then', { before: words(inForce), after: words(value), at: new Date(from).toISOString() }),
    say.say(`terms.will.${termsCatalogue[key].of}`, { projects, atLeast: kept?.atLeast ?? false }),
    ...(coming > 0 ? [say.say('terms.will.coming', { coming })] : []),
    `${say.say('terms.reason')}${say.say('terms.colon')}${reason}`,
  ];
  return [{
    kind: 'form', method: 'post', act: 'change', title: say.say('terms.confirm'), consequence: lines.join('\n'), button: say.say('terms.confirmButton'),
    fields: Object.entries({ key, value: JSON.stringify(value), day, reason, seen: query.seen ?? seen }).map(([name, held]) => ({ name, kind: 'hidden', label: name, value: held })),
  }];
}

function changeForm({ say, query }: Asked, key: TermKey, value: unknown, seen: string, proposed: boolean): Block {
  return {
    kind: 'form', method: 'post', act: 'propose', title: say.say(proposed ? 'terms.changeAgain' : 'terms.change'), button: say.say('terms.preview'),
    fields: [
      { name: 'key', kind: 'hidden', label: '', value: key },
      { name: 'seen', kind: 'hidden', label: '', value: seen },
      ...termFields(key, value, say),
      { name: 'day', kind: 'date', label: say.say('terms.field.day'), help: say.say('terms.help.day'), value: query.day },
      { name: 'reason', kind: 'long', required: true, label: say.say('terms.field.reason'), help: say.say('terms.help.reason'), value: query.reason },
    ],
  };
}

/** S4: running lifecycles keep the terms they were promised. */
async function promised({ deps, say }: Asked, key: TermKey, inForce: unknown): Promise<Block> {
  const { values, atLeast } = await keptValues(deps.db, key);
  return {
    kind: 'table', caption: say.say('terms.promised'), head: [say.say('terms.head.value'), say.say('terms.head.projects')], numeric: [1], empty: say.say('terms.promised.none'),
    rows: values.map(({ value, projects }): Row => ({
      cells: [
        { text: termWords(key, value, say), ...(termWords(key, value, say) === termWords(key, inForce, say) ? { detail: say.say('terms.sameAsNow') } : {}) },
        `${projects}${atLeast ? '+' : ''}`,
      ],
    })),
  };
}

type Dated = Awaited<ReturnType<typeof historyOf>>['states'];
const tones: Partial<Record<DatedState, 'good' | 'soft' | 'strong'>> = { in_force: 'good', coming: 'strong', past: 'soft', cancelled: 'soft' };

function history({ say }: Asked, key: TermKey, states: Dated, inForce: unknown, seen: string, mayChange: boolean): Block {
  const words = (value: unknown): string => termWords(key, value, say);
  const back = (value: unknown): Deed[] => (mayChange && words(value) !== words(inForce) ? [{ act: 'revert', label: say.say('terms.revert'), values: { key, value: JSON.stringify(value), seen } }] : []);
  const rows = states.map(({ row, state }): Row => ({
    cells: [
      { text: words(row.value), ...(row.reason ? { detail: row.reason } : {}) }, say.moment(row.effectiveFrom),
      { text: row.changedBy, detail: say.moment(row.createdAt) },
      { text: say.say(`terms.state.${state}`), tone: tones[state], ...(row.cancelledAt ? { detail: say.say('terms.cancelledBy', { who: row.cancelledBy ?? '', at: row.cancelledAt.toISOString() }) } : {}) },
    ],
    deeds: state === 'coming' && mayChange
      ? [{ act: 'cancel', label: say.say('terms.cancel'), values: { id: row.id, seen }, confirm: say.say('terms.cancelConfirm', { value: words(row.value), at: row.effectiveFrom.toISOString() }) }]
      : state === 'past' ? back(row.value) : [],
  }));
  const origin: Row = { cells: [words(builtIn[key]), '', '', { text: say.say(rows.some((_, index) => states[index]?.state === 'in_force') ? 'terms.state.past' : 'terms.state.in_force'), detail: say.say('terms.builtIn') }], deeds: back(builtIn[key]) };
  return { kind: 'table', caption: say.say('terms.history'), head: ['value', 'from', 'who', 'state'].map((name) => say.say(`terms.head.${name}`)), rows: [...rows, origin], empty: '' };
}
