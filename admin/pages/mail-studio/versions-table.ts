import type { Db } from '../../../database/open.ts';
import { builtIn } from '../../../mail/studio/versions.ts';
import type { Speaker } from '../../text.ts';
import type { Block, Row } from '../blocks.ts';
import { editorAddress, type Mail } from './address.ts';

const shown = { number: true, state: true, subject: true, note: true, byName: true, createdAt: true, publishedAt: true } as const;

/** The versions of one e-mail, newest first, without their text; the product's own is not among them. */
export async function versionsOf(db: Db, { template, locale }: Mail) {
  return db.mailTemplateVersion.findMany({ where: { template, locale }, orderBy: { number: 'desc' }, take: 100, select: shown });
}

type Versions = Awaited<ReturnType<typeof versionsOf>>;

/** What was written, by whom and when, with a way to open, compare or put back each. */
export function versionsTable(versions: Versions, mail: Mail, { say, inUse, mayPublish }: { say: Speaker; inUse: number; mayPublish: boolean }): Block {
  const revertTo = (number: number, name: string): Pick<Row, 'deeds'> => (!mayPublish || number === inUse ? {} : {
    deeds: [{ act: 'revert', label: say.say('mailStudio.revert'), values: { number, base: inUse }, confirm: say.say(number === builtIn ? 'mailStudio.revertToBuiltInConsequence' : 'mailStudio.revertConsequence', { name }) }],
  });
  const compare = (number: number) => (number === inUse ? { text: '' } : { text: say.say('mailStudio.compareWithUsed'), href: editorAddress(mail, { compare: String(inUse), with: String(number) }) });
  const rows = versions.map(({ number, state, subject, note, byName, createdAt, publishedAt }): Row => ({
    cells: [
      { text: say.say('mailStudio.version', { number }), href: editorAddress(mail, { version: String(number) }), detail: subject },
      { text: say.say(`mailStudio.state.${state}`), tone: state === 'published' ? 'good' : 'soft', ...(publishedAt ? { detail: say.say('mailStudio.publishedAt', { at: say.moment(publishedAt) }) } : {}) },
      { text: byName, detail: say.moment(createdAt) }, note, compare(number),
    ],
    ...(state === 'draft' ? {} : revertTo(number, say.say('mailStudio.version', { number }))),
  }));
  const own: Row = {
    cells: [
      { text: say.say('mailStudio.builtIn'), href: editorAddress(mail, { version: String(builtIn) }) },
      { text: say.say(inUse === builtIn ? 'mailStudio.state.published' : 'mailStudio.state.retired'), tone: inUse === builtIn ? 'good' : 'soft' }, '', '', compare(builtIn),
    ],
    ...revertTo(builtIn, ''),
  };
  return { kind: 'table', caption: say.say('mailStudio.versions'), head: ['version', 'state', 'by', 'note', 'compare'].map((name) => say.say(`mailStudio.head.${name}`)), rows: [...rows, own], empty: '' };
}
