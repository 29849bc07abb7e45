import { afterDelay, atOfficeHours, type Delay } from './calendar.ts';

/** What a reminder rule of staff may be about (S4). A quote is a round of quotes: the project's own, or an amendment's. */
export const ruleSubjects = ['project', 'quote', 'member_invoice', 'client_invoice'] as const;
export type RuleSubject = (typeof ruleSubjects)[number];

/** The stages a rule may wait in: those something may still come out of. */
export const ruleStages = {
  project: ['brief_review', 'changes_requested', 'approved', 'casting', 'published', 'quoting', 'quote_review', 'quote_sent', 'running', 'settling'],
  quote: ['collecting', 'validating', 'sent'],
  member_invoice: ['preview', 'anomaly'],
  client_invoice: ['gathering', 'issued', 'part_paid', 'paid', 'written_off'],
} as const satisfies Record<RuleSubject, readonly string[]>;

const staffTargets = ['account_manager', 'administrative', 'finance', 'administrators'] as const;
const clientTargets = ['client_owner', 'billing_contacts'] as const;
const memberTargets = ['member', 'team_lead', 'team'] as const;
export type RuleTarget = (typeof staffTargets)[number] | (typeof clientTargets)[number] | (typeof memberTargets)[number];

/** `member` is whom the subject is about: the members still to quote, or the one invoiced. */
const targets: Readonly<Record<RuleSubject, readonly RuleTarget[]>> = {
  project: [...staffTargets, 'client_owner', 'team_lead', 'team'],
  quote: [...staffTargets, 'client_owner', ...memberTargets],
  member_invoice: [...staffTargets, 'member', 'team_lead'],
  client_invoice: [...staffTargets, ...clientTargets, 'team_lead', 'team'],
};

export function targetsOf(subject: RuleSubject): readonly RuleTarget[] {
  return targets[subject];
}

export function audienceOfTarget(target: RuleTarget): 'staff' | 'client' | 'member' {
  if ((staffTargets as readonly string[]).includes(target)) return 'staff';
  return (clientTargets as readonly string[]).includes(target) ? 'client' : 'member';
}

/** The family of e-mails rules write with: one for each kind of reader, its wording kept in the e-mail studio. */
export const ruleTemplates = { staff: 'staff_rule_reminder', client: 'client_rule_reminder', member: 'member_rule_reminder' } as const;

/** Whose work queue an item is put in. */
export const ruleQueues = ['account_manager', 'administrative', 'finance', 'everyone'] as const;
export type RuleQueue = (typeof ruleQueues)[number];

export const ruleUnits = ['minutes', 'hours', 'days', 'working_days'] as const satisfies readonly Delay['unit'][];
export type RuleUnit = (typeof ruleUnits)[number];

/** About a year at most, whatever the unit. */
export const longestDelay: Readonly<Record<RuleUnit, number>> = { minutes: 525_600, hours: 8_760, days: 365, working_days: 260 };

/** What a rule says; its history and whether it holds stand beside. */
export interface RuleContent {
  readonly name: string;
  readonly subject: RuleSubject;
  readonly stage: string;
  readonly delayCount: number;
  readonly delayUnit: RuleUnit;
  readonly target: RuleTarget | null;
  readonly queue: RuleQueue | null;
  readonly headlineFr: string;
  readonly messageFr: string;
  readonly headlineEn: string;
  readonly messageEn: string;
}

/** When a rule rings for a subject that entered its stage. Clients and members are written to in office hours; staff at the very moment. */
export function ruleDueAt(rule: Pick<RuleContent, 'delayCount' | 'delayUnit' | 'target'>, enteredAt: Date): Date {
  const due = afterDelay(enteredAt, { unit: rule.delayUnit, count: rule.delayCount });
  return rule.target !== null && audienceOfTarget(rule.target) !== 'staff' ? atOfficeHours(due) : due;
}

/** What became of one entry: it waits (`entered` until its workflow runs), rang, or no longer has to. */
export const firingsWaiting = ['entered', 'scheduled'] as const;

/** May staff of this role settle an item of this queue? Administrators may all; the account manager's are anybody's who runs projects. */
export function inQueueOf(queue: string, role: string): boolean {
  if (role === 'administrator' || queue === 'everyone') return role !== 'read_only';
  return queue === role || (queue === 'account_manager' && role === 'administrative');
}
