/** Something wrong in a wording. `code` is the key of its sentence (console texts, `mailStudio.finding.CODE`), `details` fills it in. */
export interface Finding {
  readonly part: 'subject' | 'source';
  /** From 1; 0 when it is about the whole. */
  readonly line: number;
  readonly code: string;
  readonly details: Readonly<Record<string, string>>;
}
