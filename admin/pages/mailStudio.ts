import { z } from 'zod';
import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import { checkWording, renderSample } from '../../mail/studio/check.ts';
import { sampleOf } from '../../mail/studio/sample-of.ts';
import { queueTrial } from '../../mail/studio/send-trial.ts';
import { publish, revert, saveDraft, type Writing } from '../../mail/studio/versions.ts';
import type { Wording } from '../../mail/wording.ts';
import { sendQueuedMail } from '../../web/send-queued-mail.ts';
import { asked, editorAddress, type Mail } from './mail-studio/address.ts';
import { comparison } from './mail-studio/comparison.ts';
import { editor } from './mail-studio/editor.ts';
import { findingWords } from './mail-studio/finding-words.ts';
import { list } from './mail-studio/list.ts';
import type { Asked, ConsolePage, Done, PageAct } from './page.ts';

/** S4: every e-mail, and the writing of one: checked, seen, tried, published, compared and put back. */
export const mailStudioPage: ConsolePage = {
  name: 'mailStudio',
  icon: 'Edit3',
  title: ({ say, query }) => {
    const mail = asked(query);
    return mail ? say.say('mailStudio.titleOf', { mail: say.say(`mailStudio.mail.${mail.template}`), locale: say.say(`mailStudio.in.${mail.locale}`) }) : say.say('mailStudio.title');
  },
  blocks: async (page) => {
    const mail = asked(page.query);
    if (!mail) return list(page);
    return page.query.compare === undefined ? editor(page, mail) : comparison(page, mail);
  },
  acts: {
    preview: async (act) => {
      const { mail, wording, reference } = written(act);
      const findings = await checkWording(mail.template, mail.locale, wording);
      const sample = await sampleOf(act.deps.db, mail.template, mail.locale, reference);
      const rendered = await renderSample(mail.template, mail.locale, wording, sample).catch(() => ({ subject: '' }));
      const from = act.say.say(`mailStudio.from.${sample.from}`, { reference });
      return { answer: { ...rendered, from, findings: findings.map((finding) => findingWords(finding, act.say)), count: act.say.say(findings.length === 1 ? 'mailStudio.oneFinding' : 'mailStudio.findings', { count: findings.length }) } };
    },
    saveDraft: async (act) => {
      const { mail, wording, note, reference } = written(act);
      const { number } = await saveDraft(writing(act, mail, 'draftMail'), wording, note);
      return at(mail, act.say.say('mailStudio.saved', { number }), { version: String(number), reference });
    },
    sendTrial: async (act) => {
      const { mail, wording, reference } = written(act);
      const sample = await sampleOf(act.deps.db, mail.template, mail.locale, reference);
      const { email } = await act.deps.db.staff.findUniqueOrThrow({ where: { id: act.staff.id }, select: { email: true } });
      const mailId = await queueTrial(writing(act, mail, 'draftMail'), wording, { sample, mark: act.say.say('mailStudio.trialMark'), to: { email } });
      sendQueuedMail(act.deps, mailId);
      return at(mail, act.say.say('mailStudio.trialSent', { email }), { reference });
    },
    publish: async (act) => {
      const { mail, wording, note, base } = written(act);
      const { number } = await publish(writing(act, mail, 'publishMail'), wording, { note, base });
      return at(mail, act.say.say('mailStudio.published', { number }));
    },
    revert: async (act) => {
      const mail = asked(act.query);
      if (!mail) throw new Problem('not_found', 'no such mail');
      const { number, base } = z.object({ number: z.number().int().min(0), base: z.number().int().min(0) }).parse(act.values);
      const reverted = await revert(writing(act, mail, 'publishMail'), number, base);
      return at(mail, act.say.say(reverted.number === 0 ? 'mailStudio.revertedToBuiltIn' : 'mailStudio.reverted', { number: reverted.number, copyOf: number }));
    },
  },
};

const form = z.object({ subject: z.string().max(1_000), source: z.string().max(200_000), note: z.string().max(200).default(''), reference: z.string().max(40).default(''), base: z.number().int().min(0).default(0) });

function written({ query, values }: Parameters<PageAct>[0]): { mail: Mail; wording: Wording; note: string; reference: string; base: number } {
  const mail = asked(query);
  if (!mail) throw new Problem('not_found', 'no such mail');
  const parsed = form.safeParse(values);
  if (!parsed.success) throw new Problem('form_invalid', parsed.error.message);
  const { subject, source, note, reference, base } = parsed.data;
  return { mail, wording: { subject: subject.trim(), source: source.replaceAll('\r\n', '\n') }, note: note.trim(), reference, base };
}

function writing({ deps, staff, key }: Asked & { key: string }, mail: Mail, right: string): Writing {
  if (!mayDo(staff.role, right)) throw new Problem('not_allowed', `${staff.role} may not ${right}`);
  return { db: deps.db, ...mail, by: { id: staff.id, name: staff.name }, key, at: Date.now() };
}

function at(mail: Mail, message: string, more: Readonly<Record<string, string>> = {}): Done {
  return { message, redirect: editorAddress(mail, more) };
}
