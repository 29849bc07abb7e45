import { choiceLabelled } from './page-forms.ts';
import { formOn, type SeenPage, type Visitor, type Written } from './person.ts';

/**
 * Writes a brief step by step as the pages ask for it, from `first` on, and hands it in; `themes` are ticked by what their labels say.
 * The draft's id is what its confirmation is known by.
 */
export async function handInBrief(browser: Visitor, first: SeenPage, written: Written, themes: readonly string[]): Promise<{ page: SeenPage; draftId: string }> {
  let page = first;
  while (!formOn(page, '/do/send')) {
    const asked = formOn(page, '/do/save')?.fields;
    const here = Object.fromEntries(Object.entries(written).filter(([name]) => asked?.has(name)));
    const { html } = page;
    page = await browser.submit(page, '/do/save', asked?.has('themeIds') ? { ...here, themeIds: themes.map((said) => choiceLabelled(html, 'themeIds', said)) } : here);
  }
  const [, draftId = ''] = /\/brief\/([^/]+)\/review/.exec(page.url) ?? [];
  return { page: await browser.submit(page, '/do/send'), draftId };
}
