import { compile } from 'html-to-text';
import type { MailTemplate } from '../templates/mail/catalogue.ts';
import { type CompiledMail, compiledMail, type WrittenWording } from './compile.ts';
import type { MailLocale } from './format.ts';

/** What every mail may use beside its own data. */
export interface CommonData {
  readonly recipient: { readonly name: string };
  readonly project: { readonly ref: string; readonly title: string; readonly clientName: string } | null;
  readonly manager: { readonly name: string; readonly email: string; readonly phone: string } | null;
}

export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export interface MailToRender {
  readonly template: MailTemplate;
  readonly locale: MailLocale;
  /** The wording written in the console it was queued with; the built-in one without. */
  readonly written?: WrittenWording | null;
  /** As it was queued: links stand as ids. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly common: CommonData;
  /** The address of a link's page, from its id. */
  readonly linkUrl: (linkId: string) => string;
  /** The address of a page of the console, from its path. */
  readonly consoleUrl: (path: string) => string;
}

const nobody = { name: '', email: '', phone: '' };
const noProject = { ref: '', title: '', clientName: '' };

/** Renders one mail, as HTML and as text. */
export async function renderMail(mail: MailToRender): Promise<RenderedMail> {
  return renderCompiled(await compiledMail(mail.template, mail.locale, mail.written ?? null), mail);
}

type Filling = Pick<MailToRender, 'data' | 'common' | 'linkUrl' | 'consoleUrl'>;

/** @throws Error when the wording asks for what the mail has not. */
export function renderCompiled(compiled: CompiledMail, mail: Filling): RenderedMail {
  const context = contextOf(mail);
  const rendered = compiled.html(context);
  return { subject: oneLine(compiled.subject(context)), html: rendered, text: textOf(rendered) };
}

/** The subject alone, for lists: the page costs a hundred times more. */
export function renderSubject({ subject }: CompiledMail, mail: Filling): string {
  return oneLine(subject(contextOf(mail)));
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function contextOf(mail: Filling): object {
  const { linkId, consolePath, ...data } = mail.data as { linkId?: string | null; consolePath?: string | null };
  return {
    ...withAddresses(data, mail.linkUrl),
    recipient: mail.common.recipient,
    project: mail.common.project ?? noProject,
    manager: mail.common.manager ?? nobody,
    link: linkId ? mail.linkUrl(linkId) : consolePath ? mail.consoleUrl(consolePath) : '',
  };
}

/** Links named in the data: `settingsLink`, and each team mate's. */
function withAddresses(data: Record<string, unknown>, linkUrl: (linkId: string) => string): Record<string, unknown> {
  const shown = { ...data };
  if (typeof shown.settingsLink === 'string') shown.settingsLink = linkUrl(shown.settingsLink);
  if (Array.isArray(shown.mates)) {
    shown.mates = (shown.mates as { name: string; link: string }[]).map((mate) => ({ ...mate, link: linkUrl(mate.link) }));
  }
  return shown;
}

/** Made once: reading its options costs more than a mail. */
const convert = compile({
  wordwrap: 78,
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
  ],
});

function textOf(html: string): string {
  return convert(html).replace(/\n{3,}/g, '\n\n').trim();
}
