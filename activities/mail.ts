import { randomUUID } from 'node:crypto';
import { activityInfo, Context } from '@temporalio/activity';
import type { Mail } from '@prisma/client';
import nodemailer, { type Transporter } from 'nodemailer';
import { linkPath, linkToken } from '../links/token.ts';
import type { WrittenWording } from '../mail/compile.ts';
import type { MailLocale } from '../mail/format.ts';
import { masked } from '../mail/masked.ts';
import { renderMail, type RenderedMail } from '../mail/render.ts';
import type { Trial } from '../mail/studio/send-trial.ts';
import type { MailTemplate } from '../templates/mail/catalogue.ts';
import type { ActivityDeps } from './deps.ts';

/** W4: a mail is claimed before it is sent, and keeps one Message-ID; what happened in between a claim and an answer is never guessed. */
export function mailActivities(deps: ActivityDeps) {
  const transport = pool(deps.smtpUrl);

  return {
    /**
     * Sends mails in order. A claim left by a dead attempt puts its mail in doubt, for staff to settle. A server that cannot be reached is tried
     * again by Temporal; an address refused for good is shown in the console and does not hold the others back.
     */
    async deliverMails({ mailIds }: { mailIds: readonly string[] }): Promise<void> {
      const claimant = claimantOf();
      for (const id of mailIds) {
        beat(id);
        const claimed = await claim(id, claimant);
        if (claimed) await deliver(claimed);
      }
    },
  };

  /** Takes a queued mail with what its reader is told of the project, in one statement; a claim that nobody answers for becomes a doubt. */
  async function claim(id: string, { task, attempt }: Claimant): Promise<ClaimedMail | null> {
    const now = new Date();
    const [claimed] = await deps.db.$queryRaw<ClaimedMail[]>`
      UPDATE "Mail" m SET "state" = 'sending', "claimedAt" = ${now}, "claimedBy" = ${`${task}#${attempt}`}, "attempts" = m."attempts" + 1
      FROM "Mail" q LEFT JOIN "Project" p ON p."id" = q."projectId" LEFT JOIN "Company" c ON c."id" = p."companyId" LEFT JOIN "Staff" s ON s."id" = p."accountManagerId"
      WHERE m."id" = ${id} AND q."id" = m."id" AND m."state" = 'queued'
      RETURNING m."id", m."template", m."locale", m."toEmail", m."toName", m."toKind", m."data", m."messageId",
        (SELECT jsonb_build_object('id', v."id", 'subject', v."subject", 'source', v."source") FROM "MailTemplateVersion" v WHERE v."id" = m."templateVersionId") AS "written",
        CASE WHEN p."id" IS NULL THEN NULL ELSE jsonb_build_object('ref', p."ref", 'title', p."title", 'clientName', c."name") END AS "project",
        CASE WHEN s."id" IS NULL THEN NULL ELSE jsonb_build_object('name', s."name", 'email', s."email", 'phone', coalesce(s."phone", '')) END AS "manager"`;
    if (claimed) return claimed;
    await deps.db.mail.updateMany({
      where: { id, state: 'sending', OR: [{ claimedBy: { startsWith: `${task}#` } }, { claimedAt: { lt: new Date(now.getTime() - patience) } }] },
      data: { state: 'in_doubt', problem: 'interrupted between sending and the answer' },
    });
    return null;
  }

  async function deliver(mail: ClaimedMail): Promise<void> {
    const settle = (data: { state: string; problem?: string | null; sentAt?: Date; subject?: string; html?: string; text?: string }) =>
      deps.db.mail.updateMany({ where: { id: mail.id, state: 'sending' }, data });
    let rendered: RenderedMail;
    try {
      rendered = await render(mail);
    } catch (cause) {
      await settle({ state: 'failed', problem: `cannot be rendered: ${String(cause)}` });
      return;
    }
    const { subject, html, text } = masked(rendered);
    try {
      await transport.sendMail({
        from: deps.mailFrom, to: { name: mail.toName, address: mail.toEmail }, messageId: mail.messageId, ...rendered,
        ...(mail.template === 'project_alert' ? { headers: unsubscribe(mail) } : {}),
      });
    } catch (cause) {
      const fate = fateOf(cause);
      const problem = (cause as Error).message;
      if (fate === 'again') {
        await settle({ state: 'queued', problem });
        throw cause;
      }
      await settle({ state: fate, problem, subject, html, text });
      return;
    }
    await settle({ state: 'sent', sentAt: new Date(), problem: null, subject, html, text });
  }

  async function render({ project, manager, ...mail }: ClaimedMail): Promise<RenderedMail> {
    const { trial, ...data } = mail.data as Record<string, unknown> & { trial?: Trial };
    const rendered = await renderMail({
      template: mail.template as MailTemplate,
      locale: mail.locale === 'en' ? 'en' : ('fr' satisfies MailLocale),
      written: mail.written,
      data,
      common: trial?.common ?? {
        recipient: { name: mail.toName },
        project,
        manager: mail.toKind === 'staff' ? null : manager,
      },
      linkUrl,
      consoleUrl: (path) => `${deps.publicUrl}${path}`,
    });
    return trial ? { ...rendered, subject: `${trial.mark} ${rendered.subject}` } : rendered;
  }

  function linkUrl(linkId: string): string {
    return `${deps.publicUrl}${linkPath(linkToken(deps.secret, linkId))}`;
  }

  /** RFC 8058: one click in the mail program is enough. */
  function unsubscribe(mail: ClaimedMail): Record<string, string> {
    const { settingsLink } = mail.data as { settingsLink?: string };
    if (!settingsLink) return {};
    return { 'List-Unsubscribe': `<${linkUrl(settingsLink)}/unsubscribe>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  }
}

type ClaimedMail = Pick<Mail, 'id' | 'template' | 'locale' | 'toEmail' | 'toName' | 'toKind' | 'data' | 'messageId'> & {
  readonly written: WrittenWording | null;
  readonly project: { ref: string; title: string; clientName: string } | null;
  readonly manager: { name: string; email: string; phone: string } | null;
};

interface Claimant { readonly task: string; readonly attempt: number }

/** A claim older than this (ms) belongs to nobody any more: longer than an attempt may last. */
const patience = 6 * 60_000;

const pools = new Map<string, Transporter>();

function pool(smtpUrl: string): Transporter {
  const known = pools.get(smtpUrl);
  if (known) return known;
  const url = new URL(smtpUrl);
  url.searchParams.set('pool', 'true');
  const fresh = nodemailer.createTransport(url.toString(), {});
  pools.set(smtpUrl, fresh);
  return fresh;
}

/**
 * What a failed sending means: refused before the message was handed over → again later, or failed for good (5xx);
 * silence after it was handed over → in doubt.
 */
function fateOf(cause: unknown): 'again' | 'failed' | 'in_doubt' {
  const { responseCode, command, code } = cause as { responseCode?: number; command?: string; code?: string };
  // « Closing » once the message was on its way is no answer about the message.
  if (responseCode === 421 && command !== undefined && !['CONN', 'EHLO', 'HELO', 'MAIL FROM', 'RCPT TO'].includes(command)) return 'in_doubt';
  if (responseCode !== undefined) return responseCode >= 500 ? 'failed' : 'again';
  const beforeData = command === undefined || command === 'CONN' || command === 'EHLO' || command === 'HELO' || command.startsWith('AUTH') || command === 'MAIL FROM' || command === 'RCPT TO';
  if (beforeData && (command !== undefined || code === 'ECONNREFUSED' || code === 'EDNS' || code === 'ESOCKET')) return 'again';
  return 'in_doubt';
}

function claimantOf(): Claimant {
  try {
    const { workflowExecution, activityId, attempt } = activityInfo();
    return { task: `${workflowExecution?.runId ?? ''}/${activityId}`, attempt };
  } catch {
    return { task: randomUUID(), attempt: 1 };
  }
}

function beat(id: string): void {
  try {
    Context.current().heartbeat(id);
  } catch {
    // called outside an activity: nobody listens
  }
}
