import type { Deps } from '../../deps.ts';
import type { Block, Row } from '../pages/blocks.ts';
import type { Speaker } from '../text.ts';
import { componentWords } from '../words.ts';

/** S3: a mail as it left, tokens masked: the page, then the text part. */
export async function mailStory(deps: Pick<Deps, 'db'>, id: string, say: Speaker) {
  const mail = await deps.db.mail.findUniqueOrThrow({ where: { id }, include: { project: true } });
  const rows: Row[] = [
    { cells: [say.say('mail.to'), `${mail.toName} <${mail.toEmail}>`] },
    { cells: [say.say('mail.state'), { text: say.state('mail', mail.state), ...(['failed', 'in_doubt'].includes(mail.state) ? { tone: 'bad' as const } : {}), ...(mail.problem ? { detail: mail.problem } : {}) }] },
    { cells: [say.say('mail.sent'), mail.sentAt ? say.moment(mail.sentAt) : say.say('mail.notYet')] },
    { cells: [say.say('mail.template'), say.has(`mailStudio.mail.${mail.template}`) ? say.say(`mailStudio.mail.${mail.template}`) : mail.template] },
    ...(mail.project ? [{ cells: [say.say('mail.project'), { text: `${mail.project.ref} · ${mail.project.title}`, href: `/console/resources/Project/records/${mail.project.id}/show` }] }] : []),
    { cells: [say.say('mail.id'), mail.messageId] },
  ];
  const blocks: Block[] = [
    { kind: 'table', head: [say.say('mail.what'), ''], rows, empty: '' },
    ...(mail.html ? [{ kind: 'frame' as const, title: mail.subject, html: mail.html, width: 680, height: 760 }] : [{ kind: 'text' as const, text: say.say('mail.unrendered') }]),
    ...(mail.text ? [{ kind: 'details' as const, summary: say.say('mail.text'), blocks: [{ kind: 'pre' as const, text: mail.text }] }] : []),
  ];
  return { title: mail.subject || say.say('timeline.mail.queued'), subtitle: '', words: componentWords(say), blocks };
}
