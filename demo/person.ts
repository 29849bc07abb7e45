import { formsOf, plainText, type PageForm } from './page-forms.ts';

export interface SeenPage {
  readonly url: string;
  readonly html: string;
}

/** What a person writes in a form: text, the value of a choice, or several of them. */
export type Written = Readonly<Record<string, string | readonly string[]>>;

/** Somebody with a browser: keeps cookies, reads pages, fills in the forms that stand on them. */
export interface Visitor {
  open(url: string): Promise<SeenPage>;
  /** Posts the form whose address ends so, filled in; what is not written stays as the page had it. @throws Error with what the page says is wrong */
  submit(page: SeenPage, form: string, written?: Written): Promise<SeenPage>;
}

export function visitor(locale: 'fr' | 'en'): Visitor {
  const cookies = new Map<string, string>();

  const request = async (url: string, body?: URLSearchParams): Promise<SeenPage> => {
    let address = url;
    for (let hops = 0; hops < 6; hops += 1) {
      const response = await fetch(address, {
        method: body && hops === 0 ? 'POST' : 'GET', redirect: 'manual', ...(body && hops === 0 ? { body } : {}),
        headers: { 'accept-language': locale, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        cookies.set(name, value);
      }
      const next = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && next) {
        address = new URL(next, address).href;
        continue;
      }
      const html = await response.text();
      if (response.status >= 400) throw new Error(`${response.status} at ${maskedLink(address)}: ${problemIn(html)}`);
      return { url: address, html };
    }
    throw new Error(`too many redirects from ${maskedLink(url)}`);
  };

  return {
    open: (url) => request(url),
    submit(page, form, written = {}) {
      const found = formOn(page, form);
      if (!found) throw new Error(`no form ${form} at ${maskedLink(page.url)}`);
      return request(new URL(found.action, page.url).href, filledIn(found, written));
    },
  };
}

/** @throws Error when a person could not have written that: no such field, or no such choice */
function filledIn(form: PageForm, written: Written): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of form.values) if (!(name in written)) body.append(name, value);
  for (const [name, value] of Object.entries(written)) {
    const field = form.fields.get(name);
    if (!field) throw new Error(`the form ${form.action.replace(/\/l\/[^/]+/, '/l/…')} has no field ${name}`);
    const values = typeof value === 'string' ? [value] : value;
    if (values.length > 1 && !field.many) throw new Error(`${name} takes one value`);
    for (const one of values) {
      if (field.choices && !field.choices.includes(one)) throw new Error(`${name} offers ${field.choices.join(', ')}, not ${one}`);
      body.append(name, one);
    }
  }
  return body;
}

/** The form of the page whose address ends so, if there is one. */
export function formOn(page: SeenPage, form: string): PageForm | null {
  return formsOf(page.html).find(({ action }) => new URL(action, page.url).pathname.endsWith(form)) ?? null;
}

function problemIn(html: string): string {
  const [, problem] = /<div class="problem"[^>]*>([\s\S]*?)<\/div>/.exec(html) ?? /<main[^>]*>([\s\S]*?)<\/main>/.exec(html) ?? [];
  const wrong = [...html.matchAll(/name="([^"]+)"[^>]*aria-invalid="true"/g)].map(([, name]) => name);
  return `${plainText(problem ?? html).slice(0, 300)}${wrong.length > 0 ? ` (${wrong.join(', ')})` : ''}`;
}

/** A personal link is a key: it is not for logs. */
function maskedLink(url: string): string {
  return url.replace(/\/l\/[^/?]+/, '/l/…');
}
