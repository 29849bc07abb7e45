import type { ReminderRule } from '@prisma/client';
import { alreadyThere, mostTakenUp, ruleOf, ruleVersions, waitingOf } from '../../database/reminder-rules.ts';
import { Problem } from '../../domain/problem.ts';
import { firingsWaiting, ruleSubjects, type RuleContent, type RuleSubject } from '../../domain/reminder-rules.ts';
import { mayDo } from '../../domain/roles.ts';
import type { Block, PageField, Row } from '../pages/blocks.ts';
import type { Asked } from '../pages/page.ts';
import { ruleFields, typedRule } from './form.ts';
import { trialBlocks, trialForm } from './trial.ts';
import { recordHref, ruleInWords, rulesHref } from './words.ts';

const hidden = (name: string, value: string): PageField => ({ name, kind: 'hidden', label: '', value });

/** A rule being written: chosen its subject, then read again before it is kept. */
export async function newRuleBlocks(asked: Asked): Promise<Block[]> {
  const { say, staff, query } = asked;
  const subject = ruleSubjects.find((one) => one === query.new) ?? ('project' satisfies RuleSubject);
  if (!mayDo(staff.role, 'keepReminderRules')) return [back(asked), { kind: 'text', text: say.problem(new Problem('not_allowed', staff.role)) }];
  const draft = draftIn(asked);
  return [
    back(asked),
    ...(draft ? await proposalBlocks(asked, draft, null) : []),
    { kind: 'form', method: 'post', act: 'propose', title: say.say(`rules.new.${subject}`), button: say.say('terms.preview'), fields: ruleFields(subject, draft?.subject === subject ? draft : {}, say) },
  ];
}

/** One rule: what it says and waits for, how to change it, put it aside or try it, and everything it said before. */
export async function oneRuleBlocks(asked: Asked, rule: string): Promise<Block[]> {
  const { deps: { db }, say, staff, query } = asked;
  const versions = await ruleVersions(db, rule);
  const [latest] = versions;
  const content = ruleOf(latest);
  const [waiting, firings] = await Promise.all([
    waitingOf(db, rule),
    db.reminderFiring.findMany({ where: { rule: { rule } }, orderBy: { enteredAt: 'desc' }, take: 30 }),
  ]);
  const mayChange = mayDo(staff.role, 'keepReminderRules');
  const draft = mayChange ? draftIn(asked) : null;
  return [
    back(asked),
    { kind: 'callout', text: ruleInWords(content, say), detail: `${say.say(latest.active ? 'rules.active' : 'rules.inactive')} · ${say.say('rules.waits', { count: shown(waiting, asked) })}` },
    ...(content.target ? [{ kind: 'details', summary: say.say('rules.text'), blocks: textBlocks(content, asked) } as const] : []),
    ...(draft ? await proposalBlocks(asked, draft, latest, waiting) : []),
    trialForm(asked, [hidden('rule', rule)]),
    ...(query.try && !draft ? await trialBlocks(asked, content, rule, query.try) : []),
    ...(mayChange ? [
      { kind: 'details', summary: say.say('rules.change'), open: draft !== null, blocks: [{
        kind: 'form', method: 'post', act: 'propose', button: say.say('terms.preview'),
        fields: [hidden('rule', rule), hidden('seen', String(latest.number)), ...ruleFields(content.subject, draft ?? content, say)],
      }] } as const,
      await activation(asked, latest, waiting),
    ] : []),
    {
      kind: 'table', caption: say.say('rules.lately'), head: ['object', 'since', 'when', 'state', 'to'].map((one) => say.say(`rules.head.${one}`)), empty: say.say('rules.neverYet'),
      rows: firings.map((one): Row => ({
        cells: [
          { text: one.subjectRef, href: recordHref(content.subject, one.subjectId) }, say.moment(one.enteredAt),
          { text: say.moment(one.firedAt ?? one.dueAt), ...((firingsWaiting as readonly string[]).includes(one.state) && one.dueAt ? { until: one.dueAt.toISOString() } : {}) },
          { text: say.say(`rules.state.${one.state}`), ...(one.endedBy ? { detail: one.endedBy } : {}) }, one.readers.join(', '),
        ],
      })),
    },
    {
      kind: 'table', caption: say.say('terms.history'), head: ['version', 'rule', 'reason', 'who'].map((one) => say.say(`rules.head.${one}`)), empty: '',
      rows: versions.map((one): Row => ({
        cells: [
          { text: String(one.number), detail: say.say(one.active ? 'rules.active' : 'rules.inactive') },
          { text: one.name, detail: [ruleInWords(ruleOf(one), say), one.headlineFr && `« ${one.headlineFr} »`].filter(Boolean).join('\n') }, one.reason, { text: one.byName, detail: say.moment(one.createdAt) },
        ],
        deeds: mayChange && one.number !== latest.number && JSON.stringify(ruleOf(one)) !== JSON.stringify(content)
          ? [{ act: 'propose', label: say.say('terms.revert'), values: { rule, seen: String(latest.number), ...ruleOf(one) } }] : [],
      })),
    },
  ];
}

/** The rule that the address proposes; a broken one is none. */
function draftIn({ query }: Asked): RuleContent | null {
  if (!query.proposed) return null;
  try {
    return typedRule(JSON.parse(query.proposed));
  } catch {
    return null;
  }
}

/** What keeping it would do, said before: in words, who is there already, what goes on from the earlier version, and a project to try it on. */
async function proposalBlocks(asked: Asked, draft: RuleContent, latest: ReminderRule | null, waiting = 0): Promise<Block[]> {
  const { deps: { db }, say, query } = asked;
  const there = await alreadyThere(db, draft);
  const kept = [hidden('rule', latest?.rule ?? ''), hidden('new', latest ? '' : draft.subject), hidden('seen', query.seen ?? ''), hidden('proposed', JSON.stringify(draft))];
  return [
    {
      kind: 'form', method: 'post', act: 'keep', title: say.say('rules.confirm'), button: say.say(latest ? 'rules.keepButton' : 'rules.addButton'),
      consequence: [ruleInWords(draft, say), say.say('rules.fromNow'), ...(latest && waiting > 0 ? [say.say('rules.waitingGoesOn', { count: shown(waiting, asked) })] : [])].join('\n'),
      fields: [
        ...kept,
        ...(there > 0 ? [{ name: 'takeUp', kind: 'check', label: say.say('rules.takeUp', { count: shown(there, asked) }) } as const] : []),
        ...(latest && waiting > 0 ? [{ name: 'cancelWaiting', kind: 'check', label: say.say('rules.cancelWaiting', { count: shown(waiting, asked) }) } as const] : []),
        { name: 'reason', kind: 'text', required: true, label: say.say('rules.field.reason') },
      ],
    },
    ...(draft.target ? [{ kind: 'details', summary: say.say('rules.text'), open: true, blocks: textBlocks(draft, asked) } as const] : []),
    ...(latest ? [] : [trialForm(asked, kept)]),
    ...(query.try ? await trialBlocks(asked, draft, latest?.rule ?? null, query.try) : []),
  ];
}

async function activation(asked: Asked, latest: ReminderRule, waiting: number): Promise<Block> {
  const { deps: { db }, say } = asked;
  const there = latest.active ? 0 : await alreadyThere(db, ruleOf(latest));
  return {
    kind: 'form', method: 'post', act: 'activate', title: say.say(latest.active ? 'rules.putAside' : 'rules.takeBack'), button: say.say(latest.active ? 'rules.putAsideButton' : 'rules.takeBackButton'),
    consequence: latest.active ? say.say('rules.putAsideConsequence', { count: shown(waiting, asked) }) : say.say('rules.fromNow'),
    fields: [
      hidden('rule', latest.rule), hidden('seen', String(latest.number)), { name: 'active', kind: 'hidden', label: '', value: !latest.active },
      ...(there > 0 ? [{ name: 'takeUp', kind: 'check', label: say.say('rules.takeUp', { count: shown(there, asked) }) } as const] : []),
      { name: 'reason', kind: 'text', required: true, label: say.say('rules.field.reason') },
    ],
  };
}

function textBlocks({ headlineFr, messageFr, headlineEn, messageEn }: RuleContent, { say }: Asked): Block[] {
  return [
    { kind: 'heading', text: headlineFr }, { kind: 'pre', text: messageFr },
    ...(headlineEn ? [{ kind: 'text', tone: 'soft', text: say.say('rules.inEnglish') } as const, { kind: 'heading', text: headlineEn } as const, { kind: 'pre', text: messageEn } as const] : []),
  ];
}

const back = ({ say }: Asked): Block => ({ kind: 'links', items: [{ text: say.say('rules.back'), href: rulesHref() }] });
const shown = (count: number, { say }: Asked): string => (count >= mostTakenUp ? say.say('rules.orMore', { count }) : String(count));
