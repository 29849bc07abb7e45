import { diffLines } from 'diff';
import { mayDo } from '../../../domain/roles.ts';
import { builtIn, wordingNumbered } from '../../../mail/studio/versions.ts';
import type { Wording } from '../../../mail/wording.ts';
import type { Block, DifferenceLine } from '../blocks.ts';
import type { Asked } from '../page.ts';
import { editorAddress, type Mail } from './address.ts';
import { versionsOf, versionsTable } from './versions-table.ts';

/** Lines kept around a change. */
const around = 3;

/** Two versions of one e-mail, line by line. */
export async function comparison({ deps: { db }, staff, say, query }: Asked, mail: Mail): Promise<Block[]> {
  const [from, to] = [Number(query.compare), Number(query.with ?? builtIn)];
  const of = { db, ...mail };
  const [versions, one, other] = await Promise.all([versionsOf(db, mail), wordingNumbered(of, from), wordingNumbered(of, to)]);
  const name = (number: number): string => (number === builtIn ? say.say('mailStudio.builtIn') : say.say('mailStudio.version', { number }));
  const options = [...versions.map(({ number }) => number), builtIn].map((number) => ({ value: String(number), label: name(number) }));
  const inUse = versions.find(({ state }) => state === 'published')?.number ?? builtIn;
  return [
    { kind: 'links', items: [{ text: say.say('mailStudio.all'), href: '/console/pages/mailStudio' }, { text: say.say('mailStudio.backToEditor'), href: editorAddress(mail, { version: String(to) }) }] },
    {
      kind: 'form', method: 'get', inline: true, button: say.say('mailStudio.compare'),
      fields: [
        { name: 'template', kind: 'hidden', label: '', value: mail.template }, { name: 'locale', kind: 'hidden', label: '', value: mail.locale },
        { name: 'compare', kind: 'choice', label: say.say('mailStudio.from'), value: String(from), options, required: true }, { name: 'with', kind: 'choice', label: say.say('mailStudio.to'), value: String(to), options, required: true },
      ],
    },
    {
      kind: 'differences', title: say.say('mailStudio.differences', { from: name(from), to: name(to) }), empty: say.say('mailStudio.noDifference'),
      lines: differences(asText(one, say.say('mailStudio.text.subject')), asText(other, say.say('mailStudio.text.subject')), (count) => say.say('mailStudio.skipped', { count })),
      words: { added: say.say('mailStudio.added'), removed: say.say('mailStudio.removed'), skipped: '' },
    },
    versionsTable(versions, mail, { say, inUse, mayPublish: mayDo(staff.role, 'publishMail') }),
  ];
}

function asText({ subject, source }: Wording, label: string): string {
  return `${label} · ${subject}\n${source.trimEnd()}\n`;
}

function differences(from: string, to: string, skipped: (count: number) => string): DifferenceLine[] {
  const lines = diffLines(from, to).flatMap(({ value, added, removed }) => value.replace(/\n$/, '').split('\n').map((text): DifferenceLine => ({ mark: added ? 'added' : removed ? 'removed' : 'same', text })));
  if (lines.every(({ mark }) => mark === 'same')) return [];
  const near = lines.map((_, index) => lines.slice(Math.max(0, index - around), index + around + 1).some(({ mark }) => mark !== 'same'));
  const kept: DifferenceLine[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (near[index] && line) {
      kept.push(line);
      continue;
    }
    const next = near.indexOf(true, index);
    const end = next === -1 ? lines.length : next;
    kept.push({ mark: 'skipped', text: skipped(end - index) });
    index = end - 1;
  }
  return kept;
}
