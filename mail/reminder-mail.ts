import type { ReminderSubject } from '../database/reminder-subject.ts';
import type { RuleContent } from '../domain/reminder-rules.ts';
import { filledText } from '../domain/rule-text.ts';
import type { MailData } from '../templates/mail/catalogue.ts';
import { mailHelpers, type MailLocale } from './format.ts';
import { stageInWords } from './stage-words.ts';

/** The lifecycle whose words name the stages of each kind of subject. */
export const lifecycleOf = { project: 'project', quote: 'quoteRound', member_invoice: 'memberInvoice', client_invoice: 'clientInvoice' } as const satisfies Record<RuleContent['subject'], string>;

export interface ReminderAbout {
  readonly project: { readonly ref: string; readonly title: string; readonly clientName: string; readonly managerName: string };
  readonly subject: ReminderSubject;
  readonly memberName: string;
  readonly enteredAt: Date;
}

/** What the mail of a rule says to a reader, its own words filled in, in the reader's language (in French while nobody wrote the English ones). */
export function reminderMailData(rule: RuleContent, about: ReminderAbout, locale: MailLocale): MailData['staff_rule_reminder'] {
  const { project, subject, enteredAt } = about;
  const helpers = mailHelpers(locale) as Record<'money' | 'moment', (value: unknown) => string>;
  const stage = stageInWords(lifecycleOf[rule.subject], rule.stage, locale);
  const values = {
    title: project.title, ref: project.ref, client: project.clientName, manager: project.managerName, object: subject.ref, member: about.memberName, stage,
    since: helpers.moment(enteredAt.toISOString()), deadline: subject.deadlineAt ? helpers.moment(subject.deadlineAt.toISOString()) : '',
    amount: subject.amountCents === null ? '' : helpers.money(subject.amountCents),
  };
  const english = locale === 'en' && rule.headlineEn !== '' && rule.messageEn !== '';
  return {
    headline: filledText(english ? rule.headlineEn : rule.headlineFr, values), message: filledText(english ? rule.messageEn : rule.messageFr, values),
    object: subject.ref, stage, since: enteredAt.toISOString(),
  };
}
