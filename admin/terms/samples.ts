import { DateTime } from 'luxon';
import { afterDelay, type Delay } from '../../domain/calendar.ts';
import { dunningAlarms } from '../../domain/dunning-schedule.ts';
import { fee, type FeeBasis } from '../../domain/fees.ts';
import { lateFees } from '../../domain/late-fees.ts';
import { erasureMoment, membershipAlarms } from '../../domain/membership-schedule.ts';
import { defaultMembershipTerms } from '../../domain/membership-terms.ts';
import { dueDate } from '../../domain/payment-terms.ts';
import type { DunningLevel, Terms } from '../../domain/terms.ts';
import type { TermKey } from '../../domain/terms-catalogue.ts';
import type { Block, Row } from '../pages/blocks.ts';
import type { Asked } from '../pages/page.ts';
import { delayWords } from './term-words.ts';

const paris = 'Europe/Paris';
/** Q6's own example. */
const sampleMembersCents = 83_000;

/** What a value does on a worked example, with the rules that will apply it: dates for a delay or a cadence, amounts for a rate. */
export function sample(key: TermKey, terms: Record<TermKey, unknown>, { say, query }: Asked, at: number): Block[] {
  const value = terms[key];
  const { feeRateBp, feeBasis, lateRateBp, indemnityCents, paymentTerm } = terms as unknown as Terms;
  const typed = DateTime.fromISO(query.sample ?? '', { zone: paris });
  const from = typed.isValid ? typed.set({ hour: 10 }).toJSDate() : new Date(at);
  const table = (caption: string, rows: readonly Row[], empty = say.say('terms.none')): Block => ({ kind: 'table', caption, head: [say.say('sample.what'), say.say('sample.when')], rows, empty });
  const dated = (rows: readonly Row[]): Block[] => [
    table(say.say('sample.caption'), [{ cells: [{ text: say.say(`sample.event.${eventOf(key)}`), tone: 'strong' }, say.moment(from)] }, ...rows]),
    { kind: 'form', method: 'get', inline: true, button: say.say('sample.again'), fields: [
      { name: 'key', kind: 'hidden', label: '', value: key }, ...['proposed', 'day', 'reason', 'seen'].filter((name) => query[name] !== undefined).map((name) => ({ name, kind: 'hidden' as const, label: '', value: query[name] })),
      { name: 'sample', kind: 'date', label: say.say('sample.day'), value: DateTime.fromJSDate(from, { zone: paris }).toISODate() },
    ] },
  ];
  switch (key) {
    case 'feeRateBp': case 'feeBasis':
      return [{ kind: 'text', text: say.say('sample.fee', feeSample(feeRateBp, feeBasis)) }];
    case 'lateRateBp':
    case 'indemnityCents': {
      const late = lateFees({ totalCents: 120_000, dueAt: from, payments: [], at: afterDelay(from, { unit: 'days', count: 30 }), rateBp: lateRateBp, indemnityCents });
      return [{ kind: 'text', text: say.say('sample.late', { totalCents: 120_000, interestCents: late.interestCents, indemnityCents: late.indemnityCents }) }];
    }
    case 'vatRateBp': case 'escalationTimes':
      return [];
    case 'dunning': {
      const dueAt = dueDate(from, paymentTerm);
      const alarms = dunningAlarms({ issuedAt: from.getTime(), dueAt: dueAt.getTime() }, { dunning: value as DunningLevel[] });
      const readers = (level: number): string => say.say(`dunning.to.${(value as DunningLevel[]).find((one) => one.level === level)?.to ?? 'billing'}`);
      const rows = alarms.map((alarm): Row => ({ cells: [{ text: say.say(`dunning.tone.${alarm.tone}`), detail: readers(alarm.level) }, say.moment(new Date(alarm.at))] }));
      rows.splice(alarms.filter(({ at: when }) => when < dueAt.getTime()).length, 0, { cells: [{ text: say.say('sample.due'), tone: 'strong' }, say.day(dueAt)] });
      return dated(rows);
    }
    case 'studyReminders': {
      const alarms = membershipAlarms('candidate', { ...defaultMembershipTerms, studyReminders: value as Delay[] }, from.getTime(), { documents: [], overrides: [], eraseAt: null });
      return dated(alarms.map(({ at: when, times }): Row => ({ cells: [say.say('sample.reminder', { times }), say.moment(new Date(when))] })));
    }
    case 'expiryNoticeDays': {
      const expiresOn = DateTime.fromJSDate(from, { zone: paris }).plus({ months: 6 });
      const alarms = membershipAlarms('active', { ...defaultMembershipTerms, expiryNoticeDays: value as number[] }, from.getTime(), {
        documents: [{ id: '-', kind: 'urssaf', expiresOn: expiresOn.toISODate() ?? '', since: from.getTime() }], overrides: [], eraseAt: null,
      });
      return dated(alarms.map(({ at: when, kind, times }): Row => ({ cells: [kind === 'expires' ? say.say('sample.expires') : say.say('sample.notice', { size: delayWords({ unit: 'days', count: times }, say) }), say.moment(new Date(when))] })));
    }
    case 'refusedKeptMonths':
      return dated([{ cells: [say.say('sample.end'), say.moment(new Date(erasureMoment(from.getTime(), { ...defaultMembershipTerms, refusedKeptMonths: value as number })))] }]);
    case 'paymentTerm': case 'depositTerm': case 'memberLegalTerm':
      return dated([{ cells: [say.say('sample.due'), say.moment(dueDate(from, value as Delay))] }]);
    default:
      if (Array.isArray(value)) return dated((value as Delay[]).map((delay, index): Row => ({ cells: [say.say('sample.reminder', { times: index + 1 }), say.moment(afterDelay(from, delay))] })));
      return dated([{ cells: [say.say('sample.end'), say.moment(afterDelay(from, value as Delay))] }]);
  }
}

export function feeSample(rateBp: number, basis: FeeBasis) {
  const feeCents = fee(sampleMembersCents, rateBp, basis);
  return { rate: rateBp, membersCents: sampleMembersCents, feeCents, finalCents: sampleMembersCents + feeCents };
}

/** From which event a delay counts. */
function eventOf(key: TermKey): string {
  if (key.startsWith('brief')) return key === 'briefReviewReminders' ? 'brief' : 'changes';
  if (key === 'quoteValidation' || key === 'quoteValidationReminders') return 'validation';
  if (key === 'escalationEvery') return 'escalation';
  if (key.startsWith('clientQuote')) return 'clientQuote';
  if (key === 'anomalyWindow' || key === 'approvalReminders') return 'preview';
  if (['anomalyReminders', 'distributionReminders', 'selectionReminders', 'memberQuoteReminders', 'teamWaitLimit', 'payoutReminders', 'studyReminders', 'expiryNoticeDays', 'refusedKeptMonths', 'memberLegalTerm', 'dormancyLimit', 'awayMailDelay'].includes(key)) return key;
  return 'invoice';
}
