import { isTabular, termKeys } from '../../domain/terms-catalogue.ts';
import { termKeyOf, valuesAt } from '../terms/proposal.ts';
import { settingActs } from '../terms/term-acts.ts';
import { addressOf, termDetail } from '../terms/term-detail.ts';
import { termWords } from '../terms/term-words.ts';
import type { Block, Row } from './blocks.ts';
import type { Asked, ConsolePage } from './page.ts';

/** S4, I6: reminder cadences and dunning levels, as tables. */
export const cadencesPage: ConsolePage = {
  name: 'cadences',
  icon: 'Bell',
  title: ({ say, query }) => (query.key ? say.say(`term.${termKeyOf(query.key)}`) : say.say('cadences.title')),
  blocks: async (asked) => (asked.query.key ? termDetail(asked, 'cadences', termKeyOf(asked.query.key)) : cadences(asked)),
  acts: settingActs('cadences'),
};

async function cadences({ deps, say }: Asked): Promise<Block[]> {
  const values = await valuesAt(deps.db, Date.now());
  const rows = termKeys.filter(isTabular).sort((a, b) => Number(b === 'dunning') - Number(a === 'dunning')).map((key): Row => ({
    cells: [{ text: say.say(`term.${key}`), href: addressOf('cadences', { key }), detail: say.say(`term.${key}.help`) }, termWords(key, values[key], say)],
  }));
  return [
    { kind: 'text', text: say.say('cadences.intro') },
    { kind: 'table', head: [say.say('cadences.head.when'), say.say('cadences.head.rows')], rows, empty: '' },
  ];
}
