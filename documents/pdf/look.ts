/** How a PDF looks: the printed page of templates/documents/style.hbs, in points. */
export const page = { width: 595.28, height: 841.89, left: 42.5, right: 42.5, top: 36, bottom: 52 } as const;
export const textWidth = page.width - page.left - page.right;

export const colours = { ink: '#17171a', soft: '#5c5a55', line: '#dedad1', accent: '#c8371b', paper: '#f6f4ef', white: '#ffffff' } as const;
export type Colour = keyof typeof colours;

export type Face = 'regular' | 'italic' | 'semibold' | 'bold';

/** How a piece of text is written. `tracking` in points between letters. */
export interface Hand {
  readonly face: Face;
  readonly size: number;
  readonly colour: Colour;
  readonly strike?: boolean;
  readonly tracking?: number;
  readonly capitals?: boolean;
  /** Line breaks typed by a person are kept. */
  readonly typed?: boolean;
}

export const hands = {
  body: { face: 'regular', size: 8.8, colour: 'ink' },
  h1: { face: 'bold', size: 17.5, colour: 'ink' },
  h2: { face: 'bold', size: 11, colour: 'ink' },
  eyebrow: { face: 'semibold', size: 7, colour: 'soft', tracking: 0.55, capitals: true },
  mark: { face: 'bold', size: 16.5, colour: 'ink' },
  kind: { face: 'bold', size: 12.5, colour: 'ink' },
  beside: { face: 'regular', size: 8.8, colour: 'soft' },
  label: { face: 'regular', size: 7.5, colour: 'soft' },
  fact: { face: 'semibold', size: 9.6, colour: 'ink' },
  dueFact: { face: 'bold', size: 9.6, colour: 'accent' },
  term: { face: 'semibold', size: 8, colour: 'ink' },
  said: { face: 'regular', size: 8, colour: 'ink' },
  carried: { face: 'italic', size: 8.2, colour: 'soft' },
  head: { face: 'regular', size: 7.5, colour: 'soft' },
  foot: { face: 'regular', size: 6.8, colour: 'soft' },
  loud: { face: 'bold', size: 11, colour: 'white' },
} as const satisfies Record<string, Hand>;

/** Height of one line of a size. */
export const leading = (size: number): number => size * 1.42;
