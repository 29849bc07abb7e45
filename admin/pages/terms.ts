import { keptElsewhere } from '../../database/kept-terms.ts';
import { statesAt } from '../../domain/setting-history.ts';
import { isTabular, termKeys, termsCatalogue, type TermGroup } from '../../domain/terms-catalogue.ts';
import { settingActs } from '../terms/term-acts.ts';
import { addressOf, termDetail } from '../terms/term-detail.ts';
import { termWords } from '../terms/term-words.ts';
import { termKeyOf, valuesAt } from '../terms/proposal.ts';
import type { Block, Row } from './blocks.ts';
import type { Asked, ConsolePage } from './page.ts';

/** S4: every setting, what it is now, what it will be, and since when. */
export const termsPage: ConsolePage = {
  name: 'terms',
  icon: 'Sliders',
  title: ({ say, query }) => (query.key ? say.say(`term.${termKeyOf(query.key)}`) : say.say('terms.title')),
  blocks: async (asked) => (asked.query.key ? termDetail(asked, 'terms', termKeyOf(asked.query.key)) : settings(asked)),
  acts: settingActs('terms'),
};

async function settings({ deps, say }: Asked): Promise<Block[]> {
  const at = Date.now();
  const inForce = await valuesAt(deps.db, at);
  const [rows, kept] = await Promise.all([deps.db.setting.findMany({ where: { key: { in: termKeys } } }), keptElsewhere(deps.db, inForce)]);
  const groups = [...new Set(termKeys.map((key) => termsCatalogue[key].group))];
  const line = (key: (typeof termKeys)[number]): Row => {
    const states = statesAt(rows.filter((row) => row.key === key), at);
    const holding = states.find(({ state }) => state === 'in_force')?.row;
    const next = states.find(({ state }) => state === 'coming')?.row;
    const page = isTabular(key) ? 'cadences' : 'terms';
    const elsewhere = kept.get(key) ?? 0;
    return {
      cells: [
        { text: say.say(`term.${key}`), href: addressOf(page, { key }), detail: say.say(`term.${key}.help`) },
        { text: termWords(key, inForce[key], say), tone: 'strong' },
        holding ? { text: holding.changedBy, detail: say.day(holding.effectiveFrom) } : { text: say.say('terms.builtIn'), tone: 'soft' },
        next ? ({ text: termWords(key, next.value, say), detail: say.say('terms.fromDay', { at: next.effectiveFrom.toISOString(), who: next.changedBy }) }) : '',
        elsewhere > 0 ? say.say('terms.projects', { projects: elsewhere }) : '',
      ],
    };
  };
  const table = (group: TermGroup): Block => ({
    kind: 'table', caption: say.say(`terms.group.${group}`), head: ['setting', 'inForce', 'changed', 'next', 'kept'].map((name) => say.say(`terms.head.${name}`)),
    rows: termKeys.filter((key) => termsCatalogue[key].group === group).map(line), empty: '',
  });
  return [{ kind: 'text', text: say.say('terms.intro') }, ...groups.map(table)];
}
