import type { PlannedInvoice, PlannedReminder } from '../../../database/dunning-plan.ts';
import type { Db } from '../../../database/open.ts';
import type { Recipient } from '../../../database/recipients.ts';
import { dunningTemplate } from '../../../domain/dunning-letter.ts';
import { compiledMail, type CompiledMail } from '../../../mail/compile.ts';
import type { MailLocale } from '../../../mail/format.ts';
import { publishedWording } from '../../../mail/published-wording.ts';
import { renderCompiled, renderSubject, type MailToRender, type RenderedMail } from '../../../mail/render.ts';

/** Wordings as they are now, each read and compiled once. */
export function wordingsNow(db: Db) {
  const known = new Map<string, Promise<CompiledMail>>();
  return (reminder: PlannedReminder, locale: MailLocale): Promise<CompiledMail> => {
    const template = dunningTemplate(reminder.tone);
    const key = `${locale}/${template}`;
    const wording = known.get(key) ?? publishedWording(db, template, locale).then((written) => compiledMail(template, locale, written));
    known.set(key, wording);
    return wording;
  };
}

const localeOf = ({ locale }: Recipient): MailLocale => (locale === 'en' ? 'en' : 'fr');

/** The mail's data as the workflow would queue it, with a link that opens nobody's page. */
function filling({ number, ref, project }: PlannedInvoice, { figures, letter }: PlannedReminder, reader: Recipient, publicUrl: string): Pick<MailToRender, 'data' | 'common' | 'linkUrl' | 'consoleUrl'> {
  const { accountManager: manager } = project;
  return {
    data: { number: number ?? ref, ...figures, letter, linkId: 'example' },
    common: { recipient: { name: reader.name }, project: { ref: project.ref, title: project.title, clientName: project.company.name }, manager: manager && { name: manager.name, email: manager.email, phone: manager.phone ?? '' } },
    linkUrl: (id) => `${publicUrl}/l/${id}`,
    consoleUrl: (path) => `${publicUrl}${path}`,
  };
}

type Wordings = ReturnType<typeof wordingsNow>;

/** The subject its first reader would see. */
export async function subjectOf(wordings: Wordings, invoice: PlannedInvoice, reminder: PlannedReminder, publicUrl: string): Promise<string> {
  const [reader] = reminder.readers;
  return reader ? renderSubject(await wordings(reminder, localeOf(reader)), filling(invoice, reminder, reader, publicUrl)) : '';
}

/** The whole mail as one reader would get it. */
export async function reminderMail(wordings: Wordings, invoice: PlannedInvoice, reminder: PlannedReminder, reader: Recipient, publicUrl: string): Promise<RenderedMail> {
  return renderCompiled(await wordings(reminder, localeOf(reader)), filling(invoice, reminder, reader, publicUrl));
}
