import { randomUUID } from 'node:crypto';
import { passwordHash } from '../../admin/sign-in.ts';
import type { Block, Cell, Deed } from '../../admin/pages/blocks.ts';
import type { Db } from '../../database/open.ts';

export interface ShownPage { readonly title: string; readonly key: string; readonly blocks: readonly Block[]; readonly notice?: { readonly type: string; readonly message: string }; readonly redirect?: string }

export interface ConsoleHand {
  readonly staffId: string;
  readonly cookie: string;
  /** `address`: a page's name, with its query if any. */
  open(address: string): Promise<ShownPage>;
  act(address: string, act: string, values: Readonly<Record<string, unknown>>, key?: string): Promise<ShownPage>;
}

const password = 'un mot de passe de test';
const hash = passwordHash(password);

/** Somebody of a role, signed in to the console over HTTP. */
export async function consoleHand(house: { url: string; deps: { db: Db } }, role: string, name = `Staff ${role}`): Promise<ConsoleHand> {
  const handle = `${role}-${randomUUID().slice(0, 8)}`;
  const { id: staffId } = await house.deps.db.staff.create({ data: { handle, email: `${handle}@off-works.test`, name, role, passwordHash: await hash } });
  const response = await fetch(`${house.url}/console/login`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ email: `${handle}@off-works.test`, password }) });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const ask = async (address: string, body?: Record<string, string>): Promise<ShownPage> => {
    const answer = await fetch(`${house.url}/console/api/pages/${address}`, { method: body ? 'POST' : 'GET', headers: { cookie }, redirect: 'manual', ...(body ? { body: new URLSearchParams(body) } : {}) });
    if (!answer.headers.get('content-type')?.includes('json')) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
    const { blocks = [], ...page } = (await answer.json()) as Omit<ShownPage, 'blocks'> & Partial<Pick<ShownPage, 'blocks'>>;
    return { ...page, blocks };
  };
  return {
    staffId, cookie,
    open: (address) => ask(address),
    act: (address, act, values, key = randomUUID()) => ask(address, { act, key, values: JSON.stringify(values) }),
  };
}

type Table = Extract<Block, { kind: 'table' }>;
type Form = Extract<Block, { kind: 'form' }>;

/** Every kind of space as one. */
export const plain = (text: string): string => text.replace(/[\s\u00a0\u202f]+/g, ' ');
export const textOf = (cell: Cell | undefined): string => (cell === undefined ? '' : plain(typeof cell === 'string' ? cell : [cell.text, cell.detail ?? ''].filter(Boolean).join(' | ')));

/** The rows of the table with this caption, as text. */
export function tableOf(page: ShownPage, caption?: string): string[][] {
  const table = page.blocks.find((block): block is Table => block.kind === 'table' && block.caption === caption);
  return (table?.rows ?? []).map(({ cells }) => cells.map(textOf));
}

export function formOf(page: ShownPage, act: string): { values: Record<string, unknown>; consequence: string } | undefined {
  const form = page.blocks.find((block): block is Form => block.kind === 'form' && block.act === act);
  return form && { values: Object.fromEntries(form.fields.map(({ name, value }) => [name, value])), consequence: plain(form.consequence ?? '') };
}

export function deedsOf(page: ShownPage): Deed[] {
  return page.blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flatMap(({ deeds }) => deeds ?? []) : []));
}
