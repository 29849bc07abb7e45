import type { Deps } from '../../deps.ts';
import type { Access } from '../page.ts';

/** M13: the few resources a member reaches for while they answer a project: presentations first, their language first. Behind a link, only the place where they are. */
export async function resourcesFor(deps: Deps, access: Access): Promise<{ name: string; version: string; href: string }[]> {
  if (access.linkId !== null) return [];
  const found = await deps.db.download.findMany({ where: { published: true, kind: { in: ['presentation', 'guide'] } }, orderBy: { createdAt: 'desc' }, take: 40, select: { id: true, name: true, kind: true, locale: true, version: true, url: true } });
  const rank = (one: { kind: string; locale: string }): number => (one.kind === 'presentation' ? 0 : 2) + (one.locale === access.locale ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, 4).map(({ id, name, version, url }) => ({ name, version, href: url ?? `/downloads/${id}` }));
}
