import type { Deps } from '../deps.ts';
import type { ClientAct } from '../domain/client-rights.ts';
import type { Person } from '../steps/step.ts';
import type { PageLocale } from './locale.ts';

/** Who is here, to see what: made by a personal link or by a session. */
export interface Access {
  readonly person: Person;
  readonly name: string;
  readonly locale: PageLocale;
  readonly projectId: string | null;
  /** What this page is about: a round, an invoice … */
  readonly subjectId: string | null;
  /** Address of this page, without a slash at its end. */
  readonly base: string;
  /** Address of the access's own first page, under which its other pages stand. */
  readonly root: string;
  readonly linkId: string | null;
  /** Of somebody signed in. */
  readonly sessionId?: string;
  /** The company of a client and their part in it; null for anyone else. */
  readonly company: { readonly id: string; readonly role: string; readonly restricted: boolean } | null;
  /** C6: may this client do that? Nobody else may. */
  readonly may: (act: ClientAct) => boolean;
  readonly context: { readonly ip: string; readonly userAgent: string };
}

/** What was posted, kept to be shown again: nothing typed is lost. */
export interface Typed {
  readonly act: string;
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Where to go once done, and the key of the sentence that confirms it (empty: the page there says enough); or the same page again with what was typed. */
export type Done = { readonly notice: string; readonly to?: string } | { readonly again: Record<string, unknown> };

export type Act = (deps: Deps, access: Access, body: Record<string, unknown>, key: string) => Promise<Done>;

export interface Page {
  /** File of templates/pages. */
  readonly template: string;
  /** @throws Problem `not_found` when this person may not see it */
  readonly show: (deps: Deps, access: Access, typed: Typed | null, query: Record<string, unknown>) => Promise<Record<string, unknown>>;
  readonly acts: Readonly<Record<string, Act>>;
}
