import type { Colour } from './look.ts';
import type { Run } from './runs.ts';

/** A document as it is set: what stands one under the other. `before`: points above it, none at the top of a page. */
export type Block = TextBlock | SideBlock | PairsBlock | TableBlock | FramedBlock;

export interface TextBlock {
  readonly kind: 'text';
  readonly tag: 'P' | 'H1' | 'H2';
  readonly runs: readonly Run[];
  readonly before: number;
  /** Never the last thing of a page. */
  readonly keep?: boolean;
  readonly align?: 'right';
  readonly ruleBelow?: Colour;
  /** Over a narrow table. */
  readonly narrow?: boolean;
  /** The red square of the word mark. */
  readonly marked?: boolean;
}

/** Columns side by side, on one page together. */
export interface SideBlock {
  readonly kind: 'side';
  readonly columns: readonly (readonly Block[])[];
  readonly gap: number;
  readonly before: number;
  readonly ruled?: boolean;
  readonly align?: 'ends';
}

/** Terms on the left, what is said of them on the right. */
export interface PairsBlock {
  readonly kind: 'pairs';
  readonly pairs: readonly { readonly term: readonly Run[]; readonly said: readonly (readonly Run[])[] }[];
  readonly termWidth: number;
  readonly ruled: boolean;
  readonly before: number;
}

export interface TableCell {
  readonly runs: readonly Run[];
  readonly columns: number;
  readonly right: boolean;
  readonly header: 'Column' | 'Row' | null;
}

export interface TableRow {
  readonly cells: readonly TableCell[];
  readonly above: { readonly colour: Colour; readonly width: number } | null;
  readonly below: Colour | null;
  readonly padding: { readonly top: number; readonly bottom: number };
  /** Stays with the row after it. */
  readonly keep: boolean;
  /** What the table comes to with this row, where it is to be carried over. */
  readonly soFar: string | null;
}

export interface TableBlock {
  readonly kind: 'table';
  /** Said again at the top of each page. */
  readonly head: readonly TableRow[];
  readonly rows: readonly TableRow[];
  readonly before: number;
  /** Of the sums: against the right margin, and all of it together where a page can hold it. */
  readonly narrow: boolean;
  readonly together: boolean;
  /** Words at the foot of a page the table goes past, and at the top of the next one: À reporter, Report. */
  readonly carried: { readonly down: string; readonly up: string } | null;
}

export interface FramedBlock {
  readonly kind: 'framed';
  readonly blocks: readonly Block[];
  readonly ground: 'paper' | 'accent' | null;
  readonly bar: boolean;
  readonly before: number;
  /** The foot of the document: never alone on a page. */
  readonly closing?: boolean;
}
