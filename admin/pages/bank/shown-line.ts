import type { Prisma } from '@prisma/client';
import type { Speaker } from '../../text.ts';
import type { Cell } from '../blocks.ts';
import { waterfallHref } from '../finance/addresses.ts';

export const shownLine = {
  account: { select: { name: true } },
  matches: {
    orderBy: { id: 'asc' },
    include: {
      clientInvoice: { select: { id: true, ref: true, number: true, totalCents: true, paidCents: true, creditedCents: true, writtenOffCents: true, project: { select: { title: true, companyId: true, company: { select: { name: true } } } } } },
      payout: { select: { id: true, kind: true, amountCents: true, member: { select: { name: true } } } }, payment: { select: { id: true } },
      takesBack: { select: { id: true, clientInvoice: { select: { number: true, ref: true, project: { select: { company: { select: { name: true } } } } } } } },
    },
  },
} satisfies Prisma.BankLineInclude;
export type ShownLine = Prisma.BankLineGetPayload<{ include: typeof shownLine }>;
type Match = ShownLine['matches'][number];

export const lineHref = (id: string): string => `/console/pages/bank?line=${id}`;

/** A day of the bank: it has no hour, and is the same everywhere. */
export const bankDay = (at: Date, { locale }: Speaker): string => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);

/** What a line would pay, in words. */
export function matchWords({ kind, clientInvoice, payout, takesBack, cents, keptCents }: Match, say: Speaker): string {
  if (takesBack) return say.say('bank.match.takenBack', { number: takesBack.clientInvoice.number ?? takesBack.clientInvoice.ref, name: takesBack.clientInvoice.project.company.name, cents });
  if (clientInvoice) return say.say(keptCents > 0 ? 'bank.match.paymentKept' : 'bank.match.payment', { kept: keptCents, number: clientInvoice.number ?? clientInvoice.ref, name: clientInvoice.project.company.name, cents });
  return say.say(`bank.match.${kind}`, { name: payout?.member.name ?? '', cents });
}

/** What all of a line is thought to be, and why. */
export function matchCell(line: ShownLine, say: Speaker): Cell {
  const [first] = line.matches;
  if (!first) return line.reason === '' ? { text: say.say('bank.noMatch'), tone: 'soft' } : { text: line.reason, tone: 'soft', detail: line.decidedBy ?? '' };
  const left = leftOf(line);
  const detail = [
    `${say.say(`bank.confidence.${first.confidence}`)} : ${[...new Set(line.matches.flatMap(({ reasons }) => reasons))].map((reason) => say.say(`bank.reason.${reason}`)).join(', ')}`,
    ...(left > 0 ? [say.say('bank.left', { cents: left })] : []),
    ...(line.reason === '' ? [] : [line.reason]),
  ].join(' · ');
  const text = line.matches.map((match) => matchWords(match, say)).join(' + ');
  return { text, detail, ...(first.clientInvoice && line.matches.length === 1 ? { href: waterfallHref(first.clientInvoice.ref) } : {}), tone: first.confidence === 'sure' ? 'good' : 'strong' };
}

/** What a line pays nothing with. Cents. */
export const leftOf = ({ amountCents, matches }: Pick<ShownLine, 'amountCents' | 'matches'>): number => Math.abs(amountCents) - matches.reduce((sum, { cents }) => sum + cents, 0);
