import { builtInWording } from '../../../documents/legal.ts';
import { wordingPreview } from '../../../documents/wording-preview.ts';
import { legalWordings, type LegalWording, type Wording } from '../../../domain/legal-wordings.ts';
import { Problem } from '../../../domain/problem.ts';
import { historyMark, statesAt, type DatedState } from '../../../domain/setting-history.ts';
import type { Block, Deed, Row } from '../blocks.ts';
import type { Asked } from '../page.ts';
import { addressOf, languages, wordingOf, wordingProposal, wordingSettingsAt, type WordingProposal } from './proposal.ts';

/** S4, I10: one wording: what it is, what it says, what is about to change with the document it changes, its form, its history. */
export async function wordingBlocks(asked: Asked, name: LegalWording): Promise<Block[]> {
  const { deps: { db }, say } = asked;
  const at = Date.now();
  const { setting, slots, on } = legalWordings[name];
  const rows = await db.setting.findMany({ where: { key: setting } });
  const states = statesAt(rows, at).reverse();
  const holding = states.find(({ state }) => state === 'in_force')?.row;
  const seen = historyMark(rows);
  const proposal = asked.query.fr === undefined ? null : await proposedIn(asked, name, at);
  const made = proposal && !(proposal instanceof Problem) ? proposal : null;
  const settings = await wordingSettingsAt(db, made?.from ?? at);
  const inForce = wordingOf(name, await wordingSettingsAt(db, at));
  const shown = made?.value ?? inForce;
  return [
    { kind: 'links', items: [{ text: say.say('wordings.back'), href: addressOf() }] },
    { kind: 'text', text: say.say(`term.${setting}.help`) },
    { kind: 'callout', text: inForce[say.locale], detail: holding ? say.say('terms.since', { at: holding.effectiveFrom.toISOString(), who: holding.changedBy }) : say.say('wordings.builtIn') },
    { kind: 'text', tone: 'soft', text: `${say.say('wordings.usedOn')}${say.say('terms.colon')}${on.map((document) => say.say(`wordings.on.${document}`)).join(', ')}.` },
    ...(proposal instanceof Problem ? [{ kind: 'text' as const, tone: 'bad' as const, text: say.problem(proposal) }] : []),
    ...(made ? [...confirmation(asked, made, seen, states.filter(({ state }) => state === 'coming').length), ...differences(asked, wordingOf(name, settings), made.value)] : []),
    ...languages.map((language): Block => ({
      kind: 'details', summary: say.say('wordings.preview', { language: say.say(`wordings.in.${language}`) }), open: language === say.locale,
      blocks: [
        { kind: 'text', text: say.say('wordings.previewSays', { said: wordingPreview(name, shown, settings, language).said }) },
        { kind: 'frame', title: say.say('wordings.preview', { language: say.say(`wordings.in.${language}`) }), html: wordingPreview(name, shown, settings, language).html, width: 860, height: 900 },
      ],
    })),
    changeForm(asked, name, shown, seen, proposal !== null),
    ...(slots.length > 0 ? [{ kind: 'table' as const, caption: say.say('wordings.slots'), head: [say.say('wordings.head.slot'), say.say('wordings.head.meaning')], empty: '', rows: slots.map((slot): Row => ({ cells: [`{${slot}}`, say.say(`wordings.slot.${slot}`)] })) }] : []),
    history(asked, name, states, inForce, seen),
  ];
}

async function proposedIn({ deps, query, say }: Asked, wording: LegalWording, at: number): Promise<WordingProposal | Problem> {
  try {
    return await wordingProposal(deps.db, { wording, fr: query.fr, en: query.en, day: query.day, reason: query.reason }, say, at);
  } catch (cause) {
    if (cause instanceof Problem) return cause;
    throw cause;
  }
}

/** What confirming does, said before it is done. */
function confirmation({ say, query }: Asked, { wording, value, day, from, reason }: WordingProposal, seen: string, coming: number): Block[] {
  const lines = [
    from === null ? say.say('wordings.will.now') : say.say('wordings.will.then', { at: new Date(from).toISOString() }), say.say('wordings.will.earlier'),
    ...(coming > 0 ? [say.say('terms.will.coming', { coming })] : []), `${say.say('terms.reason')}${say.say('terms.colon')}${reason}`,
  ];
  return [{
    kind: 'form', method: 'post', act: 'change', title: say.say('terms.confirm'), consequence: lines.join('\n'), button: say.say('terms.confirmButton'),
    fields: Object.entries({ wording, ...value, day, reason, seen: query.seen ?? seen }).map(([field, held]) => ({ name: field, kind: 'hidden', label: field, value: held })),
  }];
}

const differences = ({ say }: Asked, before: Wording, after: Wording): Block[] => languages.map((language) => ({
  kind: 'differences', title: say.say('wordings.differences', { language: say.say(`wordings.in.${language}`) }), empty: say.say('wordings.noDifference'),
  lines: before[language] === after[language] ? [] : [{ mark: 'removed', text: before[language] }, { mark: 'added', text: after[language] }],
  words: { added: say.say('wordings.added'), removed: say.say('wordings.removed'), skipped: '' },
}));

function changeForm({ say, query }: Asked, wording: LegalWording, value: Wording, seen: string, proposed: boolean): Block {
  return {
    kind: 'form', method: 'post', act: 'propose', title: say.say(proposed ? 'terms.changeAgain' : 'wordings.change'), button: say.say('terms.preview'),
    fields: [
      { name: 'wording', kind: 'hidden', label: '', value: wording }, { name: 'seen', kind: 'hidden', label: '', value: seen },
      ...languages.map((language) => ({ name: language, kind: 'long' as const, required: true, label: say.say(`wordings.field.${language}`), help: say.say(legalWordings[wording].slots.length > 0 ? 'wordings.help.slots' : 'wordings.help.plain'), value: query[language] ?? value[language] })),
      { name: 'day', kind: 'date', label: say.say('terms.field.day'), help: say.say('terms.help.day'), value: query.day },
      { name: 'reason', kind: 'long', required: true, label: say.say('terms.field.reason'), help: say.say('terms.help.reason'), value: query.reason },
    ],
  };
}

type Dated = ReturnType<typeof statesAt<Parameters<typeof historyMark>[0][number] & { changedBy: string; reason: string; cancelledBy: string | null }>>;
const tones: Partial<Record<DatedState, 'good' | 'soft' | 'strong'>> = { in_force: 'good', coming: 'strong', past: 'soft', cancelled: 'soft' };

function history({ say }: Asked, name: LegalWording, states: Dated, inForce: Wording, seen: string): Block {
  const both = (value: Wording) => ({ text: value.fr, detail: value.en });
  const back = (value: Wording): Deed[] => (languages.every((language) => value[language] === inForce[language]) ? [] : [{ act: 'revert', label: say.say('terms.revert'), values: { wording: name, ...value, seen } }]);
  const rows = states.map(({ row, state }): Row => {
    const value = wordingOf(name, () => row.value);
    return {
      cells: [
        both(value), say.moment(row.effectiveFrom), { text: row.changedBy, detail: [say.moment(row.createdAt), row.reason].filter(Boolean).join(' · ') },
        { text: say.say(`terms.state.${state}`), tone: tones[state], ...(row.cancelledAt ? { detail: say.say('terms.cancelledBy', { who: row.cancelledBy ?? '', at: row.cancelledAt.toISOString() }) } : {}) },
      ],
      deeds: state === 'coming' ? [{ act: 'cancel', label: say.say('terms.cancel'), values: { id: row.id, seen }, confirm: say.say('terms.cancelConfirm', { value: value[say.locale], at: row.effectiveFrom.toISOString() }) }] : state === 'past' ? back(value) : [],
    };
  });
  const origin = builtInWording(name);
  const replaced = states.some(({ state }) => state === 'in_force');
  return {
    kind: 'table', caption: say.say('terms.history'), head: ['wording', 'from', 'who', 'state'].map((one) => say.say(`wordings.head.${one}`)), empty: '',
    rows: [...rows, { cells: [both(origin), '', '', { text: say.say(replaced ? 'terms.state.past' : 'terms.state.in_force'), detail: say.say('wordings.builtIn') }], deeds: back(origin) }],
  };
}
