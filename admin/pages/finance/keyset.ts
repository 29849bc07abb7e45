/** A place in a list ordered by a moment, then by id: the thousandth page costs what the first does. */
export interface Place { readonly at: Date; readonly id: string }

export function placeIn(text: string | undefined): Place | null {
  const [at = '', id] = (text ?? '').split('_');
  return id && !Number.isNaN(Date.parse(at)) ? { at: new Date(at), id } : null;
}

export const placeOf = (at: Date, id: string): string => `${at.toISOString()}_${id}`;
