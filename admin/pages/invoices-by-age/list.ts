import { leftToPay } from '../../../domain/left-to-pay.ts';
import { plannedInclude, plannedReminders, type PlannedInvoice } from '../../../database/dunning-plan.ts';
import { disputeOpen } from '../../../domain/dispute.ts';
import { ageBuckets, dueDatesOf, type AgeBucket } from '../../../domain/invoice-age.ts';
import { mayDo, maySee } from '../../../domain/roles.ts';
import type { Block, Cell, Row } from '../blocks.ts';
import { addressWith, pauseHref, planHref, recordHref, transferHref, waterfallHref } from '../finance/addresses.ts';
import { placeIn, placeOf } from '../finance/keyset.ts';
import { financeNavigation } from '../finance/navigation.ts';
import { levelWords } from '../finance/reminder-words.ts';
import { scopeOf, type Scope } from '../finance/scope.ts';
import type { Asked } from '../page.ts';
import { ageTotals, mostCounted } from './totals.ts';

const pageSize = 50;

/** I6: what clients owe, by how late it is, with what is done about it. */
export async function invoicesByAgeBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say, query } = asked;
  const now = new Date();
  const scope = await scopeOf(asked);
  const bucket = ageBuckets.find((name) => name === query.bucket) ?? null;
  const [totals, found] = await Promise.all([ageTotals(db, scope, now), invoicesFound(asked, scope, bucket, now)]);
  const here = (change: Record<string, string>): string => addressWith('invoicesByAge', query, { after: '', ...change });
  const rows = await shownRows(asked, found.rows);
  const links = [
    ...(query.after ? [{ text: say.say('finance.firstPage'), href: here({}) }] : []),
    ...(found.next ? [{ text: say.say('finance.nextPage'), href: here({ after: found.next }) }] : []),
  ];
  return [
    financeNavigation(asked, 'invoicesByAge'),
    {
      kind: 'figures', items: ageBuckets.map((name) => ({
        label: say.say(`invoicesByAge.bucket.${name}`), value: say.money(totals.buckets[name].cents), detail: say.say('invoicesByAge.count', { count: totals.buckets[name].count }),
        href: here({ bucket: name === bucket ? '' : name }), tone: totals.buckets[name].cents === 0 ? undefined : name === 'not_due' ? 'good' : 'bad',
      })),
    },
    ...(totals.capped ? [{ kind: 'text' as const, text: say.say('invoicesByAge.capped', { count: mostCounted }), tone: 'soft' as const }] : []),
    {
      kind: 'form', method: 'get', inline: true, button: say.say('finance.filter'),
      fields: [...scope.fields, { name: 'bucket', kind: 'choice', label: say.say('invoicesByAge.age'), value: bucket ?? '', options: ageBuckets.map((name) => ({ value: name, label: say.say(`invoicesByAge.bucket.${name}`) })) }],
    },
    { kind: 'table', caption: say.say('invoicesByAge.list'), numeric: [2], head: ['invoice', 'client', 'left', 'due', 'last', 'next', 'acts'].map((name) => say.say(`invoicesByAge.head.${name}`)).concat(mayDo(asked.staff.role, 'recordPayment') ? [say.say('invoicesByAge.head.payment')] : []), rows, empty: say.say(query.after ? 'finance.end' : 'invoicesByAge.empty') },
    ...(links.length > 0 ? [{ kind: 'links' as const, items: links }] : []),
    {
      kind: 'table', caption: say.say('invoicesByAge.clients'), numeric: [1, 2, 3, 4, 5, 6],
      head: [say.say('invoicesByAge.head.client'), say.say('invoicesByAge.head.left'), ...ageBuckets.map((name) => say.say(`invoicesByAge.bucket.${name}`))], empty: say.say('invoicesByAge.empty'),
      rows: totals.clients.map((client) => ({
        cells: [{ text: client.name, href: here({ client: client.name }) }, { text: say.money(client.cents), tone: 'strong' as const }, ...ageBuckets.map((name): Cell => (client.byBucket[name] === 0 ? '—' : { text: say.money(client.byBucket[name]), ...(name === 'not_due' ? {} : { tone: 'bad' as const }) }))],
      })),
    },
  ];
}

async function invoicesFound({ deps: { db }, query }: Asked, scope: Scope, bucket: AgeBucket | null, now: Date): Promise<{ rows: PlannedInvoice[]; next: string | null }> {
  const place = placeIn(query.after);
  const { from, until } = bucket ? dueDatesOf(bucket, now) : { from: null, until: null };
  const rows = await db.clientInvoice.findMany({
    where: {
      state: { in: ['issued', 'part_paid'] }, dueAt: { not: null, ...(from ? { gte: from } : {}), ...(until ? { lt: until } : {}) },
      ...(Object.keys(scope.project).length > 0 ? { project: scope.project } : {}),
      ...(place ? { AND: [{ dueAt: { gte: place.at } }, { OR: [{ dueAt: { gt: place.at } }, { dueAt: place.at, id: { gt: place.id } }] }] } : {}),
    },
    include: plannedInclude, orderBy: [{ dueAt: 'asc' }, { id: 'asc' }], take: pageSize + 1,
  });
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > pageSize && last?.dueAt ? placeOf(last.dueAt, last.id) : null };
}

async function shownRows({ deps: { db }, say, staff }: Asked, invoices: readonly PlannedInvoice[]): Promise<Row[]> {
  const [plans, events] = await Promise.all([
    plannedReminders(db, invoices),
    db.auditEvent.findMany({
      where: { subject: { in: invoices.flatMap(({ number }) => number ?? []) }, action: { in: ['before_due', 'due', 'reminder', 'firm', 'formal_notice'].map((tone) => `clientInvoice.dunning.${tone}`) } },
      orderBy: { at: 'asc' }, select: { subject: true, at: true, action: true }, take: pageSize * 20,
    }),
  ]);
  const lastSent = new Map(events.map((event) => [event.subject, event]));
  const mayPause = mayDo(staff.role, 'pauseDunning');
  const mayRecord = mayDo(staff.role, 'recordPayment');
  return invoices.map((invoice): Row => {
    const { ref, number, project, dueAt, totalCents, dunningPaused, dunningPauseReason, declaredAt } = invoice;
    const disputed = disputeOpen(invoice);
    const last = lastSent.get(number ?? ref);
    const next = plans.get(invoice.id)?.[0];
    const plan = maySee(staff.role, 'dunningPlan') ? planHref(ref) : undefined;
    return {
      cells: [
        { text: number ?? ref, href: recordHref('ClientInvoice', invoice.id), detail: project.title },
        { text: project.company.name, href: addressWith('invoicesByAge', {}, { client: project.company.name }), detail: project.accountManager?.name ?? say.say('finance.noManager') },
        { text: say.money(leftToPay(invoice)), tone: 'strong', href: waterfallHref(ref), ...(leftToPay(invoice) < totalCents ? { detail: say.say('invoicesByAge.ofTotal', { totalCents }) } : {}) },
        { text: `${say.day(dueAt)} ·`, until: dueAt?.toISOString(), ...(declaredAt ? { detail: say.say('invoicesByAge.declared', { at: declaredAt.toISOString() }) } : {}) },
        last ? { text: say.say(`finance.tone.${last.action.split('.').at(-1)}`), detail: say.day(last.at) } : '—',
        dunningPaused
          ? { text: say.say('invoicesByAge.paused'), tone: 'bad', detail: dunningPauseReason ?? '', href: plan }
          : next ? { text: levelWords(next, say), href: plan, detail: say.moment(new Date(next.at)) } : { text: say.say('invoicesByAge.noNext'), tone: 'soft' },
        disputed && mayDo(staff.role, 'settleDispute') ? { text: say.say('action.settleDispute'), href: recordHref('ClientInvoice', invoice.id, 'settleDispute') }
          : dunningPaused || !mayPause ? { text: say.say('invoicesByAge.openWaterfall'), href: waterfallHref(ref) } : { text: say.say('action.pauseDunning'), href: pauseHref(ref) },
        ...(mayRecord ? [{ text: say.say('action.recordPayment'), href: transferHref(project.company.handle, ref) }] : []),
      ],
      ...(dunningPaused && mayPause && !disputed ? { deeds: [{ act: 'resumeDunning', label: say.say('action.resumeDunning'), values: { ref }, confirm: say.say('consequence.resumeDunning') }] } : {}),
    };
  });
}
