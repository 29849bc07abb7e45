import type { MailTemplate } from '../templates/mail/catalogue.ts';
import { type CompiledMail, compiledMail, type WrittenWording } from './compile.ts';
import type { MailLocale } from './format.ts';
import { tidy } from './plain-text.ts';

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
  return { subject: oneLine(compiled.subject(context)), html: compiled.html(context), text: tidy(compiled.text(context)) };
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

/** Links named in the data: `settingsLink`, each team mate's, each project's. */
function withAddresses(data: Record<string, unknown>, linkUrl: (linkId: string) => string): Record<string, unknown> {
  const shown = { ...data };
  if (typeof shown.settingsLink === 'string') shown.settingsLink = linkUrl(shown.settingsLink);
  for (const name of ['mates', 'projects']) {
    const named = shown[name];
    if (Array.isArray(named)) shown[name] = (named as { name: string; link: string }[]).map((one) => ({ ...one, link: linkUrl(one.link) }));
  }
  return shown;
}
