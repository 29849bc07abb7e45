import { randomUUID } from 'node:crypto';
import type { Role } from '../../domain/roles.ts';
import { passwordHash } from '../../admin/sign-in.ts';
import type { Db } from '../../database/open.ts';

interface Cell { readonly text: string; readonly href?: string; readonly detail?: string; readonly until?: string }
interface ShownBlock {
  readonly kind: string; readonly text?: string; readonly title?: string; readonly caption?: string; readonly act?: string; readonly summary?: string; readonly consequence?: string; readonly html?: string; readonly src?: string;
  readonly rows?: readonly { cells: readonly (string | Cell)[]; deeds?: readonly { act: string; label: string; values: Record<string, unknown> }[] }[];
  readonly items?: readonly { label?: string; value?: string; text?: string; href?: string; detail?: string }[];
  readonly fields?: readonly { name: string; value?: unknown; options?: readonly { value: string; label: string }[] }[];
  readonly points?: readonly { label: string; value: number; shown: string }[];
  readonly band?: { from: number; to: number };
  readonly blocks?: readonly ShownBlock[];
  readonly columns?: readonly (readonly ShownBlock[])[];
}
export interface ShownPage { readonly title: string; readonly blocks: readonly ShownBlock[]; readonly notice?: { type: string; message: string }; readonly redirect?: string }

export interface StaffHand {
  readonly id: string;
  readonly cookie: string;
  open(page: string, query?: string): Promise<ShownPage>;
  /** Posts an act as the page's component does. */
  act(page: string, query: string, act: string, values: object, key?: string): Promise<ShownPage>;
}

const password = 'un mot de passe de test';

/** Somebody of staff with this role, signed in to the console. */
export async function signInAs(db: Db, url: string, role: Role, name = `Staff ${role}`): Promise<StaffHand> {
  const email = `${randomUUID()}@off-works.test`;
  const { id } = await db.staff.create({ data: { handle: `${role}-${randomUUID().slice(0, 6)}`, email, name, role, passwordHash: await passwordHash(password) } });
  const response = await fetch(`${url}/console/login`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ email, password }) });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const call = async (path: string, body?: Record<string, string>): Promise<ShownPage> =>
    (await fetch(`${url}/console/api/pages/${path}`, { headers: { cookie }, ...(body ? { method: 'POST', body: new URLSearchParams(body) } : {}) })).json() as Promise<ShownPage>;
  return {
    id, cookie,
    open: (page, query = '') => call(`${page}?${query}`),
    act: (page, query, act, values, key = randomUUID()) => call(`${page}?${query}`, { act, key, values: JSON.stringify(values) }),
  };
}

/** Every block, those inside columns and details too. */
export function allBlocks(blocks: readonly ShownBlock[]): ShownBlock[] {
  return blocks.flatMap((block) => [block, ...allBlocks(block.blocks ?? []), ...allBlocks((block.columns ?? []).flat())]);
}

export const textOf = (cell: string | Cell | undefined): string => (typeof cell === 'string' ? cell : (cell?.text ?? ''));
