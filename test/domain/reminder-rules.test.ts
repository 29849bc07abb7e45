import { describe, expect, it } from 'vitest';
import { audienceOfTarget, inQueueOf, ruleDueAt, ruleStages, ruleSubjects, targetsOf, type RuleContent } from '../../domain/reminder-rules.ts';
import { checkedRule } from '../../domain/rule-check.ts';
import { filledText, ruleVariables, unknownVariables } from '../../domain/rule-text.ts';
import { clientInvoiceLifecycle } from '../../domain/lifecycle/client-invoice.ts';
import { memberInvoiceLifecycle } from '../../domain/lifecycle/member-invoice.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { quoteRoundLifecycle } from '../../domain/lifecycle/quote-round.ts';

const rule: RuleContent = {
  name: ' Devis à valider ', subject: 'quote', stage: 'validating', delayCount: 20, delayUnit: 'hours', target: 'account_manager', queue: null,
  headlineFr: 'Le devis {{object}}  attend', messageFr: 'Pour {{ title }}.', headlineEn: '', messageEn: '',
};
const refused = (change: Partial<RuleContent>): string => {
  try {
    checkedRule({ ...rule, ...change });
    return '';
  } catch (cause) {
    return (cause as { code: string }).code;
  }
};

describe('S4 what a reminder rule may say', () => {
  it('its stages are those of the lifecycles that something still comes out of', () => {
    const lives = { project: projectLifecycle, quote: quoteRoundLifecycle, member_invoice: memberInvoiceLifecycle, client_invoice: clientInvoiceLifecycle };
    for (const subject of ruleSubjects) {
      const { states, ends } = lives[subject] as { states: readonly string[]; ends: readonly string[] };
      expect(ruleStages[subject]).toEqual(states.filter((state) => !ends.includes(state)));
    }
  });

  it('is trimmed, does something, and names only what its subject has', () => {
    expect(checkedRule(rule)).toMatchObject({ name: 'Devis à valider', headlineFr: 'Le devis {{object}} attend' });
    expect(checkedRule({ ...rule, target: null, queue: 'finance' })).toMatchObject({ headlineFr: '', messageFr: '' });
    expect([
      refused({}), refused({ target: null }), refused({ messageFr: ' ' }), refused({ headlineEn: 'Only half' }), refused({ delayCount: 0 }), refused({ delayCount: 1.5 }), refused({ delayCount: 366, delayUnit: 'days' }),
      refused({ stage: 'signed' }), refused({ target: 'billing_contacts' }), refused({ messageFr: 'Il reste {{amount}}' }), refused({ messageFr: 'Oups {' }), refused({ name: 'a' }),
    ]).toEqual(['', 'rule_does_nothing', 'rule_text_missing', 'rule_text_missing', 'rule_delay_invalid', 'rule_delay_invalid', 'rule_delay_invalid', 'form_invalid', 'form_invalid', 'rule_text_unknown', 'rule_text_unknown', 'form_invalid']);
  });

  it('its words are filled in, a variable without a value reads as a dash, and nothing typed is code', () => {
    expect(filledText('{{title}} — {{ deadline }}', { title: 'Une <cave> {{ref}}', deadline: '' })).toBe('Une <cave> {{ref}} — —');
    expect(unknownVariables('{{title}} {{constructor}} {{#if x}}', 'project')).toEqual(['constructor', '#if x']);
    expect(ruleVariables('member_invoice')).toContain('amount');
    expect(ruleVariables('project')).not.toContain('amount');
  });

  it('staff are written to at the very moment, clients and members in office hours', () => {
    const friday = new Date('2026-11-27T20:00:00Z');
    const due = (target: RuleContent['target'], delayUnit: RuleContent['delayUnit'] = 'hours') => ruleDueAt({ delayCount: 2, delayUnit, target }, friday).toISOString();
    expect(due('finance')).toBe('2026-11-27T22:00:00.000Z');
    expect(due(null)).toBe('2026-11-27T22:00:00.000Z');
    expect(due('client_owner')).toBe('2026-11-30T08:00:00.000Z');
    expect(due('finance', 'working_days')).toBe('2026-12-01T20:00:00.000Z');
    expect(targetsOf('project').map(audienceOfTarget)).toEqual(expect.arrayContaining(['staff', 'client', 'member']));
  });

  it('a queue is its role’s, and the administrators’', () => {
    expect(['administrator', 'account_manager', 'administrative', 'finance', 'read_only'].map((role) => inQueueOf('account_manager', role))).toEqual([true, true, true, false, false]);
    expect(['administrator', 'finance', 'read_only'].map((role) => inQueueOf('everyone', role))).toEqual([true, true, false]);
  });
});
