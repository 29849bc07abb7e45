import nodemailer, { type Transporter } from 'nodemailer';
import { documentPdf } from '../../documents/document-pdf.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import type { MailLocale } from '../../mail/format.ts';
import { masked } from '../../mail/masked.ts';
import { renderMail, type RenderedMail } from '../../mail/render.ts';
import type { Trial } from '../../mail/studio/send-trial.ts';
import type { MailTemplate } from '../../templates/mail/catalogue.ts';
import type { ActivityDeps } from '../deps.ts';
import type { ClaimedMail, Settled } from './claim.ts';

/** What became of a mail; with `cause` when the server cannot take anything now. */
export interface HandedOver { readonly settled: Settled; readonly cause?: unknown }

const pools = new Map<string, Transporter>();

/** Connections kept open to one server, five at most at a time. */
export function pool(smtpUrl: string): Transporter {
  const known = pools.get(smtpUrl);
  if (known) return known;
  const url = new URL(smtpUrl);
  url.searchParams.set('pool', 'true');
  const fresh = nodemailer.createTransport(url.toString(), {});
  pools.set(smtpUrl, fresh);
  return fresh;
}

interface Attachment { readonly filename: string; readonly content: Buffer; readonly contentType: string }

/** Renders a claimed mail and gives it to the server; never throws. */
export async function handOver(deps: ActivityDeps, mail: ClaimedMail): Promise<HandedOver> {
  let rendered: RenderedMail;
  let attachments: Attachment[];
  try {
    rendered = await render(deps, mail);
    attachments = await attachmentsOf(deps, mail);
  } catch (cause) {
    return { settled: { id: mail.id, state: 'failed', problem: `cannot be rendered: ${String(cause)}` } };
  }
  const kept = { id: mail.id, ...masked(rendered) };
  try {
    await pool(deps.smtpUrl).sendMail({
      from: deps.mailFrom, to: { name: mail.toName, address: mail.toEmail }, messageId: mail.messageId, ...rendered, attachments, headers: unsubscribe(deps, mail),
    });
  } catch (cause) {
    const state = fateOf(cause);
    const problem = (cause as Error).message;
    return state === 'queued' ? { settled: { id: mail.id, state, problem }, cause } : { settled: { ...kept, state, problem } };
  }
  return { settled: { ...kept, state: 'sent', sentAt: new Date(), problem: null } };
}

async function render(deps: ActivityDeps, { project, manager, ...mail }: ClaimedMail): Promise<RenderedMail> {
  const { trial, ...data } = mail.data as Record<string, unknown> & { trial?: Trial };
  const rendered = await renderMail({
    template: mail.template as MailTemplate, locale: mail.locale === 'en' ? 'en' : ('fr' satisfies MailLocale), written: mail.written, data,
    common: trial?.common ?? { recipient: { name: mail.toName }, project, manager: mail.toKind === 'staff' ? null : manager },
    linkUrl: (linkId) => linkUrl(deps, linkId),
    consoleUrl: (path) => `${deps.publicUrl}${path}`,
  });
  return trial ? { ...rendered, subject: `${trial.mark} ${rendered.subject}` } : rendered;
}

/** I6, I7: the documents that go with a mail, as they were kept. */
async function attachmentsOf(deps: ActivityDeps, { data }: ClaimedMail): Promise<Attachment[]> {
  const { attached = [] } = data as { attached?: readonly string[] };
  return Promise.all(attached.map(async (id) => {
    const { name, bytes } = await documentPdf(deps.db, id);
    return { filename: name, content: bytes, contentType: 'application/pdf' };
  }));
}

function linkUrl(deps: ActivityDeps, linkId: string): string {
  return `${deps.publicUrl}${linkPath(linkToken(deps.secret, linkId))}`;
}

/** RFC 8058: one click in the mail program is enough, for every mail that names a link to stop it. */
function unsubscribe(deps: ActivityDeps, mail: ClaimedMail): Record<string, string> {
  const { settingsLink } = mail.data as { settingsLink?: string };
  if (!settingsLink) return {};
  return { 'List-Unsubscribe': `<${linkUrl(deps, settingsLink)}/unsubscribe>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

/**
 * What a failed sending means: refused before the message was handed over → again later (queued), or failed for good (5xx);
 * silence after it was handed over → in doubt.
 */
function fateOf(cause: unknown): 'queued' | 'failed' | 'in_doubt' {
  const { responseCode, command, code } = cause as { responseCode?: number; command?: string; code?: string };
  // « Closing » once the message was on its way is no answer about the message.
  if (responseCode === 421 && command !== undefined && !['CONN', 'EHLO', 'HELO', 'MAIL FROM', 'RCPT TO'].includes(command)) return 'in_doubt';
  if (responseCode !== undefined) return responseCode >= 500 ? 'failed' : 'queued';
  const beforeData = command === undefined || command === 'CONN' || command === 'EHLO' || command === 'HELO' || command.startsWith('AUTH') || command === 'MAIL FROM' || command === 'RCPT TO';
  if (beforeData && (command !== undefined || code === 'ECONNREFUSED' || code === 'EDNS' || code === 'ESOCKET')) return 'queued';
  return 'in_doubt';
}
