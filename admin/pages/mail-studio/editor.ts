import { mayDo } from '../../../domain/roles.ts';
import { referencesFor } from '../../../mail/studio/sample-of.ts';
import { builtIn, wordingNumbered } from '../../../mail/studio/versions.ts';
import type { Block } from '../blocks.ts';
import type { Asked } from '../page.ts';
import { editorAddress, type Mail } from './address.ts';
import { piecesShown, variablesShown } from './variables.ts';
import { versionsOf, versionsTable } from './versions-table.ts';

const texts = [
  'subject', 'source', 'preview', 'desktop', 'phone', 'text', 'nothingToShow', 'allGood', 'variables', 'variablesHelp', 'variable', 'meaning', 'example', 'insert', 'kept', 'pieces', 'reference', 'referenceEmpty', 'note',
  'saveDraft', 'sendTrial', 'publish', 'publishConsequence', 'publishNotYours',
];

/** The writing of one e-mail in one language: the newest draft, the version in use, or the one asked for. */
export async function editor({ deps: { db }, staff, say, query }: Asked, mail: Mail): Promise<Block[]> {
  const [versions, references] = await Promise.all([versionsOf(db, mail), referencesFor(db, mail.template)]);
  const inUse = versions.find(({ state }) => state === 'published')?.number ?? builtIn;
  const draft = versions.find(({ state, number }) => state === 'draft' && number > inUse)?.number;
  const number = query.version === undefined ? (draft ?? inUse) : Number(query.version);
  const opened = versions.find((one) => one.number === number);
  const { subject, source } = await wordingNumbered({ db, ...mail }, number);
  const mayPublish = mayDo(staff.role, 'publishMail');
  const other = mail.locale === 'fr' ? 'en' : 'fr';
  return [
    {
      kind: 'links',
      items: [
        { text: say.say('mailStudio.all'), href: '/console/pages/mailStudio' },
        ...(['fr', 'en'] as const).map((locale) => ({ text: say.say(`mailStudio.head.${locale}`), href: editorAddress({ ...mail, locale }), current: locale !== other })),
        ...(versions.length > 0 ? [{ text: say.say('mailStudio.compare'), href: editorAddress(mail, { compare: String(inUse), with: String(number === inUse ? (versions.find((one) => one.number !== inUse)?.number ?? builtIn) : number) }) }] : []),
      ],
    },
    { kind: 'text', tone: 'soft', text: opened ? say.say(`mailStudio.opened.${opened.state}`, { number, name: opened.byName, when: say.moment(opened.createdAt) }) : say.say('mailStudio.opened.builtIn') },
    {
      kind: 'mailStudio', subject, source, reference: query.reference ?? '', references, variables: variablesShown(mail, say), pieces: piecesShown(mail), base: inUse, mayPublish,
      texts: Object.fromEntries(texts.map((name) => [name, say.say(`mailStudio.text.${name}`)])),
    },
    versionsTable(versions, mail, { say, inUse, mayPublish }),
  ];
}
