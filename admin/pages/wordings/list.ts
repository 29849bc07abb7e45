import { legalWordingNames, legalWordings, type LegalWording } from '../../../domain/legal-wordings.ts';
import { statesAt } from '../../../domain/setting-history.ts';
import type { Block, Row } from '../blocks.ts';
import type { Asked } from '../page.ts';
import { addressOf, wordingOf, wordingSettingsAt } from './proposal.ts';

/** Every wording: what it is for, where it stands, what it says today in the reader's language, what it will say. */
export async function wordingsList({ deps: { db }, say }: Asked): Promise<Block[]> {
  const at = Date.now();
  const settings = await wordingSettingsAt(db, at);
  const rows = await db.setting.findMany({ where: { key: { in: legalWordingNames.map((name) => legalWordings[name].setting) } } });
  const line = (name: LegalWording): Row => {
    const { setting, on } = legalWordings[name];
    const states = statesAt(rows.filter(({ key }) => key === setting), at);
    const holding = states.find(({ state }) => state === 'in_force')?.row;
    const next = states.find(({ state }) => state === 'coming')?.row;
    return {
      cells: [
        { text: say.say(`term.${setting}`), href: addressOf({ wording: name }), detail: on.map((document) => say.say(`wordings.on.${document}`)).join(', ') },
        { text: wordingOf(name, settings)[say.locale], tone: 'strong' },
        holding ? { text: holding.changedBy, detail: say.day(holding.effectiveFrom) } : { text: say.say('wordings.builtIn'), tone: 'soft' },
        next ? { text: wordingOf(name, () => next.value)[say.locale], detail: say.say('terms.fromDay', { at: next.effectiveFrom.toISOString(), who: next.changedBy }) } : '',
      ],
    };
  };
  const groups = [...new Set(legalWordingNames.map((name) => legalWordings[name].group))];
  return [
    { kind: 'text', text: say.say('wordings.intro') },
    ...groups.map((group): Block => ({
      kind: 'table', caption: say.say(`wordings.group.${group}`), head: ['name', 'inForce', 'changed', 'next'].map((name) => say.say(`wordings.head.${name}`)), empty: '',
      rows: legalWordingNames.filter((name) => legalWordings[name].group === group).map(line),
    })),
  ];
}
