import type { Deps } from '../deps.ts';
import { mayDo, mayRead, maySee, type ConsolePageName } from '../domain/roles.ts';
import type { Staff } from './actions/console-step.ts';
import { queueSources } from './queue/index.ts';
import type { QueueSource, Scope } from './queue/source.ts';
import type { Speaker } from './text.ts';

interface Item { readonly kind: string; readonly id: string; readonly what: string; readonly title: string; readonly detail: string; readonly href: string; readonly until: string | null; readonly act: boolean }
interface Kind { readonly kind: string; readonly label: string; readonly count: number; readonly shown: string; readonly act: boolean }

/** Of each kind, no more are read: beyond, a count is said « 50+ ». */
const most = 50;

/** S1: what waits for staff now, each one click from its action; what one may act upon first, then by deadline. */
export async function workQueue(deps: Deps, staff: Staff, say: Speaker, query: Readonly<Record<string, unknown>> = {}): Promise<{ items: Item[]; kinds: Kind[]; scope: Scope; words: Record<string, string> }> {
  const { team = '' } = (await deps.db.staff.findUnique({ where: { id: staff.id }, select: { team: true } })) ?? {};
  const scope: Scope = query.scope === 'me' || query.scope === 'team' ? query.scope : 'all';
  // Who is of no team sees their own.
  const project = scope === 'all' ? {} : scope === 'team' && team ? { accountManager: { team } } : { accountManagerId: staff.id };
  const found = (await Promise.all(queueSources.map(async (source) => ({
    source, act: mayAct(source, staff), waiting: scope === 'me' && source.shared && !mayAct(source, staff) ? [] : (await source.find({ deps, staff, say, now: new Date(), take: most + 1, project })).filter(({ href }) => opens(staff.role, href)),
  }))));
  const kinds = found.map(({ source: { kind }, act, waiting }): Kind => ({ kind, label: say.say(`queue.kind.${kind}`), count: Math.min(waiting.length, most), shown: waiting.length > most ? `${most}+` : String(waiting.length), act }));
  const items = found.filter(({ source }) => !query.kind || source.kind === query.kind).flatMap(({ source: { kind }, act, waiting }) => waiting.slice(0, most).map(({ until, ...one }): Item => ({ ...one, href: act ? one.href : toRead(one.href), kind, act, what: say.say(`queue.${kind}`), until: until?.toISOString() ?? null })));
  items.sort((a, b) => Number(b.act) - Number(a.act) || (a.until ?? '9').localeCompare(b.until ?? '9'));
  const names = ['title', 'me', 'team', 'all', 'scope', 'kinds', 'everything', 'empty', 'teach', 'days', 'late'];
  return { items, kinds: kinds.sort((a, b) => Number(b.act) - Number(a.act)), scope, words: { ...Object.fromEntries(names.map((name) => [name, say.say(`queue.words.${name}`)])), away: say.say('away') } };
}

/** Who may not act still reads what waits: its record, not the form they would be refused. */
const toRead = (href: string): string => href.replace(/(\/records\/[^/]+)\/\w+$/, '$1/show');

/** Does the address lead this role anywhere? What it may not even open waits for others (S5). */
function opens(role: string, href: string): boolean {
  const [, page] = /^\/console\/pages\/(\w+)/.exec(href) ?? [];
  const [, resource] = /^\/console\/resources\/(\w+)/.exec(href) ?? [];
  return (!page || maySee(role, page as ConsolePageName)) && (!resource || mayRead(role, resource));
}

const mayAct = ({ act }: QueueSource, { role }: Staff): boolean => act === undefined || mayDo(role, act);
