import { findOf, searchKinds, type SearchKind } from '../../database/search/find.ts';
import { parseAmount } from '../../domain/money-text.ts';
import { recordHref } from '../queue/source.ts';
import type { Block } from './blocks.ts';
import type { ConsolePage } from './page.ts';

const short = 8;
const long = 50;
const longest = 100;

const resources: Record<SearchKind, string> = {
  project: 'Project', company: 'Company', client: 'ClientUser', member: 'Member', clientQuote: 'ClientQuote', clientInvoice: 'ClientInvoice', memberInvoice: 'MemberInvoice', payment: 'Payment',
};

/** S1: one box over clients, members, projects, quotes, invoices, e-mail addresses and amounts. Every role reads these lists (S5). */
export const searchPage: ConsolePage = {
  name: 'search',
  icon: 'Search',
  title: ({ say }) => say.say('search.title'),
  blocks: async ({ deps: { db }, say, query }) => {
    const typed = (query.q ?? '').trim().slice(0, longest);
    const form: Block = { kind: 'form', method: 'get', inline: true, button: say.say('search.button'), fields: [{ name: 'q', kind: 'text', label: say.say('search.label'), help: say.say('search.help'), value: typed }] };
    if (!typed) return [form, { kind: 'text', text: say.say('search.teach') }];
    const cents = parseAmount(typed);
    const only = searchKinds.find((kind) => kind === query.kind);
    const take = only ? long : short;
    const groups = await Promise.all((only ? [only] : searchKinds).map(async (kind) => ({ kind, found: await findOf(db, kind, typed, cents, take + 1) })));
    const blocks: Block[] = groups.filter(({ found }) => found.length > 0).flatMap(({ kind, found }): Block[] => [
      {
        kind: 'table', caption: say.say(`search.kind.${kind}`), head: [say.say('search.name'), say.say('search.detail'), say.say('search.amount')], numeric: [2], empty: '',
        rows: found.slice(0, take).map((one) => ({ cells: [{ text: one.title || '—', href: recordHref(resources[kind], one.id) }, one.detail, one.cents === null ? '' : say.money(one.cents)] })),
      },
      ...(found.length > take && !only ? [{ kind: 'links', items: [{ text: say.say('search.more'), href: `/console/pages/search?${new URLSearchParams({ q: typed, kind }).toString()}` }] } as const] : []),
    ]);
    return [form, ...(blocks.length > 0 ? blocks : [{ kind: 'text', text: say.say('search.none', { typed }) } as const])];
  },
};
