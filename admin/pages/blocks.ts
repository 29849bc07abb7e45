import type { Field } from '../actions/console-step.ts';

/** What a console page shows, as data: one component draws every page, so that all look and behave alike. */
export type Tone = 'good' | 'bad' | 'soft' | 'strong';

/** A cell of a table: words, or words with a link, a tone or a moment counted down to (ISO 8601). */
export type Cell = string | { readonly text: string; readonly href?: string; readonly tone?: Tone; readonly until?: string; readonly detail?: string };

/** A button that posts at once; `confirm` says first what will happen. */
export interface Deed { readonly act: string; readonly label: string; readonly values: Readonly<Record<string, unknown>>; readonly confirm?: string; readonly tone?: Tone }

export interface Row { readonly cells: readonly Cell[]; readonly deeds?: readonly Deed[] }
export interface Figure { readonly label: string; readonly value: string; readonly detail?: string; readonly href?: string; readonly tone?: Tone }
/** `value` gives the height, `shown` is what people read, `href` leads to what it counts. */
export interface Point { readonly label: string; readonly value: number; readonly shown: string; readonly href?: string }

/** Between which values one hopes to be. */
interface Band { readonly from: number; readonly to: number; readonly label: string }

export type PageField = Omit<Field, 'kind'> & {
  readonly kind: Field['kind'] | 'number' | 'check' | 'source' | 'password' | 'hidden' | 'file' | 'rows';
  readonly label: string;
  readonly help?: string;
  readonly empty?: string;
  /** Of `rows`: the fields of one row; `value` is the rows themselves. */
  readonly columns?: readonly PageField[];
  /** Of `rows`: people order and reword them, and neither add nor remove any. */
  readonly fixed?: boolean;
  /** Of a column: read, never typed. */
  readonly shown?: boolean;
  readonly words?: Readonly<Record<'add' | 'remove' | 'up' | 'down' | 'row', string>>;
  /** Of a file: what the chooser offers, the most it may weigh, and what is said beyond. */
  readonly accept?: string;
  readonly maxBytes?: number;
  readonly tooBig?: string;
};

export interface DifferenceLine { readonly mark: 'same' | 'added' | 'removed' | 'skipped'; readonly text: string }

export interface MailEditor {
  readonly subject: string;
  readonly source: string;
  readonly reference: string;
  readonly references: readonly string[];
  readonly variables: readonly { readonly name: string; readonly write: string; readonly meaning: string; readonly example: string; readonly kept: boolean }[];
  readonly pieces: readonly { readonly write: string; readonly text: string }[];
  /** The version in use when the page was drawn. */
  readonly base: number;
  readonly mayPublish: boolean;
  readonly texts: Readonly<Record<string, string>>;
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string; readonly detail?: string }
  | { readonly kind: 'text'; readonly text: string; readonly tone?: Tone }
  | { readonly kind: 'figures'; readonly items: readonly Figure[] }
  | { readonly kind: 'table'; readonly caption?: string; readonly head: readonly string[]; readonly numeric?: readonly number[]; readonly rows: readonly Row[]; readonly empty: string }
  /** `rows`: lying bars, one a line, for labels that are words. `small`: one of several beside each other. */
  | { readonly kind: 'plot'; readonly title: string; readonly shape: 'bars' | 'line' | 'rows'; readonly points: readonly Point[]; readonly empty: string; readonly band?: Band; readonly small?: boolean }
  /** `get` opens the page again with the fields in its address (filters); `post` does the act. */
  | { readonly kind: 'form'; readonly method: 'get' | 'post'; readonly act?: string; readonly title?: string; readonly fields: readonly PageField[]; readonly button: string; readonly consequence?: string; readonly inline?: boolean }
  | { readonly kind: 'links'; readonly items: readonly { readonly text: string; readonly href: string; readonly current?: boolean }[] }
  | { readonly kind: 'columns'; readonly columns: readonly (readonly Block[])[] }
  | { readonly kind: 'details'; readonly summary: string; readonly open?: boolean; readonly blocks: readonly Block[] }
  /** A document shown as it is, in a frame that runs nothing: written here, or at an address of ours that serves a PDF or a picture and nothing else. */
  | { readonly kind: 'frame'; readonly title: string; readonly html?: string; readonly src?: string; readonly width?: number; readonly height?: number }
  | { readonly kind: 'pre'; readonly text: string }
  /** Two texts side by side, line by line: kept, taken out, put in. Long stretches that did not change are left out. */
  | { readonly kind: 'differences'; readonly title: string; readonly lines: readonly DifferenceLine[]; readonly words: Readonly<Record<'added' | 'removed' | 'skipped', string>>; readonly empty: string }
  /** S4: where a wording of an e-mail is written, checked and seen (admin/pages/mailStudio.ts). */
  | ({ readonly kind: 'mailStudio' } & MailEditor)
  /** Where something stands on its way. */
  | { readonly kind: 'stages'; readonly label: string; readonly items: readonly { readonly label: string; readonly done: boolean; readonly current: boolean }[] }
  /** What matters now. `until` (ISO 8601) is counted down. */
  | { readonly kind: 'callout'; readonly text: string; readonly detail?: string; readonly until?: string }
  /** What happened, newest first; people may keep some kinds only. */
  | { readonly kind: 'timeline'; readonly kinds: readonly { readonly kind: string; readonly label: string }[]; readonly all: string; readonly items: readonly Happening[]; readonly empty: string };

export interface Happening {
  /** ISO 8601, for the order; `when` is what people read. */
  readonly at: string;
  readonly when: string;
  readonly kind: string;
  readonly text: string;
  readonly who: string;
  readonly detail?: string;
  readonly href?: string;
  readonly tone?: Tone;
}
