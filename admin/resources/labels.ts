import { adminLocale } from '../locale.ts';
import type { Speaker } from '../text.ts';

type Words = Record<string, string>;
interface Told { readonly properties: Words; readonly labels: Words; readonly resources?: Record<string, { readonly properties?: Words }> }
const told = adminLocale.translations as unknown as Record<'fr' | 'en', Told>;

/** The name of a column: the resource's own first, then the one all share. */
export function propertyLabel(model: string, name: string, say: Pick<Speaker, 'locale'>): string {
  return told[say.locale].resources?.[model]?.properties?.[name] ?? told[say.locale].properties[name] ?? name;
}

/** What the menu calls a resource. */
export function resourceLabel(model: string, say: Pick<Speaker, 'locale'>): string {
  return told[say.locale].labels[model] ?? model;
}
