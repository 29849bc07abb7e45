import { randomUUID } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { maySee, type ConsolePageName } from '../../domain/roles.ts';
import { problemOf } from '../../steps/perform.ts';
import type { Staff } from '../actions/console-step.ts';
import { components } from '../components.ts';
import { localeAsked, speaker, type Speaker } from '../text.ts';
import { componentWords } from '../words.ts';
import type { Block } from './blocks.ts';

export interface Asked {
  readonly deps: Deps;
  readonly staff: Staff;
  readonly say: Speaker;
  /** The address's own query, without the language. */
  readonly query: Readonly<Record<string, string>>;
  /** Of the console's own session. */
  readonly sessionId?: string;
}

/** What a post answers: a word, and where to go (the same page, drawn again, when nowhere). */
export interface Done {
  readonly message?: string;
  readonly redirect?: string;
  /** Given back to the part of the page that asked, which stays as it is. */
  readonly answer?: object;
  /** Shown above the page this once, such as codes nobody can read again. */
  readonly shown?: readonly Block[];
}

/** A file that came with a form, on the disk until the answer leaves. */
export interface Uploaded { readonly path: string; readonly name: string; readonly type: string; readonly size: number }

/** An act of a page. `key` is the form's own: the same key twice is the same deed. */
export type PageAct = (asked: Asked & { readonly values: Readonly<Record<string, unknown>>; readonly key: string; readonly files: Readonly<Record<string, Uploaded>> }) => Promise<Done | undefined>;

export interface ConsolePage {
  readonly name: ConsolePageName;
  readonly icon: string;
  readonly title: (asked: Asked) => string | Promise<string>;
  readonly blocks: (asked: Asked) => Promise<readonly Block[]>;
  readonly acts?: Readonly<Record<string, PageAct>>;
}

interface PageRequest { readonly method: string; readonly sessionID?: string; readonly query?: Record<string, string>; readonly fields?: Record<string, string>; readonly files?: Record<string, Uploaded> }

/** The page as AdminJS takes it. Who may not see it is refused here, whatever address is called; who may see it may do its acts unless an act itself refuses. */
export function adminPage(deps: Deps, page: ConsolePage) {
  return {
    component: components.blockPage,
    icon: page.icon,
    handler: async (request: PageRequest, _response: unknown, context: { currentAdmin?: unknown }) => {
      const staff = context.currentAdmin as Staff;
      const say = speaker(localeAsked(request));
      const { lang: _lang, ...query } = request.query ?? {};
      const asked: Asked = { deps, staff, say, query, sessionId: request.sessionID ?? '' };
      const words = componentWords(say);
      if (!maySee(staff.role, page.name)) return { title: say.say('page.refused'), key: '', words, blocks: [{ kind: 'text', text: say.problem(new Problem('not_allowed', `${staff.role} may not see ${page.name}`)) }] };
      let done: Done | undefined;
      // AdminJS gives methods in small letters.
      const posted = request.method.toUpperCase() === 'POST';
      if (posted) {
        try {
          const act = page.acts?.[request.fields?.act ?? ''];
          if (!act) throw new Problem('not_found', `no act ${request.fields?.act} on ${page.name}`);
          done = await act({ ...asked, files: request.files ?? {}, key: String(request.fields?.key ?? ''), values: JSON.parse(request.fields?.values ?? '{}') as Record<string, unknown> });
        } catch (cause) {
          const problem = cause instanceof Problem ? cause : problemOf(cause);
          deps.log.info({ page: page.name, act: request.fields?.act, code: problem.code, cause: problem.message }, 'refused');
          return { notice: { type: 'error', message: say.problem(problem) } };
        }
      }
      if (done?.answer) return { answer: done.answer };
      // An address whose object is not there is told in words, like any other page.
      const draw = async (): Promise<[string, readonly Block[]]> => Promise.all([page.title(asked), page.blocks(asked)]);
      const shown = await draw().catch((cause: unknown): [string, Block[]] => {
        if (cause instanceof Problem) return [say.say('page.notThere'), [{ kind: 'text', text: say.problem(cause) }]];
        throw cause;
      });
      return {
        title: shown[0], key: randomUUID(), words, blocks: [...(done?.shown ?? []), ...shown[1]],
        ...(posted ? { notice: { type: 'success', message: done?.message ?? say.say('done') }, redirect: done?.redirect } : {}),
      };
    },
  };
}
