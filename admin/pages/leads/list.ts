import { referralLevels, type ReferralLevel } from '../../../domain/referral.ts';
import type { Speaker } from '../../text.ts';
import type { Block, Row } from '../blocks.ts';
import type { Asked } from '../page.ts';
import type { Prisma } from '@prisma/client';

const listed = 100;
const include = { member: { select: { name: true } }, referrals: { select: { id: true } } } satisfies Prisma.LeadInclude;

export const leadHref = (id: string): string => `/console/pages/leads?lead=${id}`;

/** A level with its rate. */
export const levelInWords = (say: Speaker, level: string): string => say.say(`referral.${level}`, { rate: referralLevels[level as ReferralLevel] });

/** M14: those to answer, the one that has waited longest first; those under way; then what became of the others. */
export async function leadsBlocks({ deps: { db }, say }: Asked): Promise<Block[]> {
  const find = (states: string[], order: 'asc' | 'desc') => db.lead.findMany({ where: { state: { in: states } }, orderBy: { createdAt: order }, take: listed, include });
  const [open, accepted, past] = [await find(['declared'], 'asc'), await find(['accepted'], 'desc'), await find(['won', 'refused', 'withdrawn'], 'desc')];
  const rows = (leads: typeof open): Row[] => leads.map((lead) => ({
    cells: [{ text: lead.company, href: leadHref(lead.id), tone: 'strong', detail: lead.need.slice(0, 120) }, lead.member.name, levelInWords(say, lead.level ?? lead.wishedLevel), say.day(lead.createdAt), say.state('lead', lead.state), lead.referrals.length === 0 ? '—' : String(lead.referrals.length)],
  }));
  const head = ['company', 'member', 'level', 'declared', 'state', 'projects'].map((name) => say.say(`leads.head.${name}`));
  return [
    { kind: 'text', text: say.say('leads.rule') },
    { kind: 'table', caption: say.say('leads.open'), head, rows: rows(open), empty: say.say('leads.none') },
    { kind: 'table', caption: say.say('leads.accepted'), head, rows: rows(accepted), empty: '—' },
    { kind: 'table', caption: say.say('leads.past'), head, rows: rows(past), empty: '—' },
  ];
}
