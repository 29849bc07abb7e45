import { mostLines } from '../../../domain/quote-import.ts';
import { addableKinds, emptyLine, type TypedLine } from './typed-quote.ts';

/**
 * What a button of the editor does to the lines, without a script: `add-days`, `remove-3`, `up-3`, `down-3`, `copy-3`; null when it does nothing to them.
 * Everything typed stays.
 */
export function editLines(lines: readonly TypedLine[], wish: string): TypedLine[] | null {
  const [, verb = '', what = ''] = /^(add|remove|up|down|copy)-(\w+)$/.exec(wish) ?? [];
  if (verb === 'add') {
    if (!(addableKinds as readonly string[]).includes(what)) return null;
    return lines.length >= mostLines ? [...lines] : [...lines, emptyLine(what, lines.findLast(({ kind }) => kind !== 'rights')?.section)];
  }
  const place = Number(what);
  const line = lines[place];
  if (verb === '' || !line) return null;
  const others = lines.filter((_, index) => index !== place);
  if (verb === 'remove') return others;
  if (verb === 'copy') return lines.length >= mostLines ? [...lines] : lines.toSpliced(place + 1, 0, line);
  return others.toSpliced(Math.max(0, verb === 'up' ? place - 1 : place + 1), 0, line);
}
