/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Page } from 'playwright-core';

/** A form as it stood on a page, one for each of its buttons: where it posts, and what it would have posted. */
export interface MetForm { readonly path: string; readonly body: Readonly<Record<string, string[]>> }

/** Every address and form that somebody was shown, to be tried by others. */
export class MetOnTheWay {
  readonly paths = new Set<string>();
  private readonly byName = new Map<string, MetForm>();
  constructor(private readonly url: string) {}

  get forms(): MetForm[] {
    return [...this.byName.values()];
  }

  /** Notes the page's own address, what it leads to and shows, and its forms: what they hold hidden as it stands, what was typed in them as another's words.
   * Personal links are not addresses of a person: whoever holds one opens it. */
  async note(page: Page): Promise<void> {
    const { links, forms } = await page.evaluate(() => {
      const isTyped = (form: HTMLFormElement, name: string): boolean => [...form.elements].some((one) => one instanceof HTMLTextAreaElement ? one.name === name : one instanceof HTMLInputElement && one.name === name && !['hidden', 'radio', 'checkbox'].includes(one.type));
      return {
        links: [location.href, ...[...document.querySelectorAll('a[href], img[src]')].map((one) => (one as HTMLAnchorElement).href || (one as HTMLImageElement).src)],
        forms: [...document.querySelectorAll<HTMLFormElement>('form[method=post]')].flatMap((form) =>
          [...form.elements].filter((one): one is HTMLButtonElement => one instanceof HTMLButtonElement).map((button) => ({
            action: button.hasAttribute('formaction') ? button.formAction : form.getAttribute('action') ?? '',
            fields: [...new FormData(form)].filter(([, value]) => typeof value === 'string').map(([name, value]) => [name, isTyped(form, name) ? 'Les mots d’un autre' : value]).concat(button.name ? [[button.name, button.value]] : []) as [string, string][],
          }))),
      };
    });
    // A form that came back stands at its own address.
    for (const link of links) if (this.isOurs(link) && !link.includes('/do/')) this.paths.add(new URL(link).pathname);
    for (const { action, fields } of forms) {
      const at = new URL(action, this.url);
      if (!this.isOurs(at.href)) continue;
      const body: Record<string, string[]> = {};
      for (const [name, value] of fields) (body[name] ??= []).push(value);
      const button = fields.at(-1)?.join('=') ?? '';
      this.byName.set(`${at.pathname} ${button}`, { path: at.pathname, body });
    }
  }

  private isOurs(link: string): boolean {
    const { origin, pathname } = new URL(link);
    return origin === this.url && !pathname.startsWith('/l/') && !pathname.startsWith('/assets/');
  }
}
