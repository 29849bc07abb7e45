/** The main places of each workspace, in the order they are shown: an address and the key of its name. */
const places = {
  client: [
    { href: '/home', key: 'nav.home' },
    { href: '/conversations', key: 'nav.conversations' },
    { href: '/invoices', key: 'nav.invoices' },
    { href: '/collaborators', key: 'nav.collaborators' },
    { href: '/company', key: 'nav.company' },
  ],
  member: [
    { href: '/home', key: 'nav.home' },
    { href: '/conversations', key: 'nav.conversations' },
    { href: '/profile', key: 'nav.profile' },
    { href: '/leads', key: 'nav.leads' },
    { href: '/alerts', key: 'nav.alerts' },
    { href: '/my-invoices', key: 'nav.myInvoices' },
    { href: '/my-documents', key: 'nav.documents' },
    { href: '/billing', key: 'nav.billing' },
    { href: '/payouts', key: 'nav.payouts' },
    { href: '/downloads', key: 'nav.downloads' },
  ],
} as const;

export interface Place {
  readonly href: string;
  readonly key: string;
  readonly here: boolean;
  /** What waits there to be read. */
  readonly count: number;
}

/** Where a signed-in person may go; `here` is the place they are in, `unread` how many messages they have to read. */
export function placesOf(kind: string, path: string, unread: number): Place[] {
  if (kind !== 'client' && kind !== 'member') return [];
  return places[kind].map(({ href, key }) => ({ href, key, here: path === href || path.startsWith(`${href}/`), count: href === '/conversations' ? unread : 0 }));
}
