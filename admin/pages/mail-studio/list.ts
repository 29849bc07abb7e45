import type { MailLocale } from '../../../mail/format.ts';
import { builtInWording } from '../../../mail/wording.ts';
import type { MailTemplate } from '../../../templates/mail/catalogue.ts';
import { audienceOf, mailTemplates } from '../../../templates/mail/variables.ts';
import type { Block, Cell } from '../blocks.ts';
import type { Asked } from '../page.ts';
import { editorAddress } from './address.ts';

const shown = { template: true, locale: true, number: true, state: true, createdAt: true, publishedAt: true, byName: true } as const;

/** Every e-mail by reader, with what is in use in each language and when it last changed. */
export async function list({ deps: { db }, say }: Asked): Promise<Block[]> {
  const [inUse, latest, unrendered] = await Promise.all([
    db.mailTemplateVersion.findMany({ where: { state: 'published' }, select: shown }),
    db.mailTemplateVersion.findMany({ distinct: ['template', 'locale'], orderBy: [{ template: 'asc' }, { locale: 'asc' }, { number: 'desc' }], select: shown }),
    db.mail.count({ where: { state: 'failed', html: null } }),
  ]);
  const drafts = latest.filter(({ state }) => state === 'draft');
  const find = (versions: typeof inUse, template: MailTemplate, locale: MailLocale) => versions.find((one) => one.template === template && one.locale === locale);
  const cell = (template: MailTemplate, locale: MailLocale): Cell => {
    const used = find(inUse, template, locale);
    const draft = find(drafts, template, locale);
    const details = [
      ...(used ? [say.say('mailStudio.by', { name: used.byName, when: say.day(used.publishedAt) })] : []),
      ...(draft ? [say.say('mailStudio.draftWaits', { number: draft.number, name: draft.byName, when: say.day(draft.createdAt) })] : []),
    ];
    const text = used ? say.say('mailStudio.version', { number: used.number }) : say.say('mailStudio.builtIn');
    return { text, href: editorAddress({ template, locale }), ...(used ? { tone: 'strong' as const } : {}), ...(details.length > 0 ? { detail: details.join(' · ') } : {}) };
  };
  return [
    { kind: 'text', text: say.say('mailStudio.intro') },
    {
      kind: 'figures',
      items: [
        { label: say.say('mailStudio.figure.rewritten'), value: String(inUse.length), detail: say.say('mailStudio.figure.of', { count: mailTemplates.length * 2 }) },
        { label: say.say('mailStudio.figure.drafts'), value: String(drafts.length) },
        { label: say.say('mailStudio.figure.unrendered'), value: String(unrendered), tone: unrendered > 0 ? 'bad' : 'good', href: '/console/resources/Mail?filters.state=failed', detail: say.say('mailStudio.figure.unrenderedHelp') },
      ],
    },
    ...(['client', 'member', 'everyone', 'staff'] as const).map((audience): Block => ({
      kind: 'table', caption: say.say(`mailStudio.audience.${audience}`), head: ['mail', 'fr', 'en'].map((name) => say.say(`mailStudio.head.${name}`)), empty: '',
      rows: mailTemplates.filter((template) => audienceOf(template) === audience).map((template) => ({
        cells: [
          { text: say.say(`mailStudio.mail.${template}`), href: editorAddress({ template, locale: say.locale }), detail: plain(builtInWording(template, say.locale).subject) },
          cell(template, 'fr'), cell(template, 'en'),
        ],
      })),
    })),
  ];
}

/** A subject without its conditions and with dots for its variables. */
function plain(subject: string): string {
  return subject.replace(/\{\{\/if\}\}\{\{#if[^}]*\}\}|\{\{else\}\}/g, ' / ').replace(/\{\{[#/][^}]*\}\}/g, '').replace(/\{\{[^}]*\}\}/g, '…');
}
