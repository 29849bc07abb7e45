import type { Block, FramedBlock, PairsBlock, SideBlock, TextBlock } from './blocks.ts';
import { linesOf, naturalWidth } from './lines.ts';
import { narrowOf, setTable } from './set-table.ts';
import type { Sheet, Tagged } from './sheet.ts';
import type { Strip } from './strips.ts';

export interface Area { readonly left: number; readonly width: number }

/** Blocks as strips of an area, and as parts of the document's structure, in the order they are read. */
export function setBlocks(sheet: Sheet, blocks: readonly Block[], area: Area, parent: Tagged): Strip[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'text': return setText(sheet, block, area, parent);
      case 'side': return setSide(sheet, block, area, parent);
      case 'pairs': return setPairs(sheet, block, area, parent);
      case 'table': return setTable(sheet, block, area, parent);
      case 'framed': return setFramed(sheet, block, area, parent);
    }
  });
}

function setText(sheet: Sheet, block: TextBlock, area: Area, parent: Tagged): Strip[] {
  const { left, width } = block.narrow ? narrowOf(area) : area;
  const part = sheet.part(parent, block.tag);
  const lines = linesOf(block.runs, width, sheet.measure);
  const strips = lines.map((line, index): Strip => ({
    height: line.height, before: index === 0 ? block.before : 0,
    // Neither the first line nor the last one of a paragraph stands alone.
    keep: block.keep || (lines.length > 2 && (index === 0 || index === lines.length - 2)),
    draw: (on, top, again) => {
      const x = block.align === 'right' ? left + width - line.width : left;
      on.line(line, x, top, again ? null : part);
      if (block.marked) on.ground(x + line.width + 2.5, top + line.baseline - 6.6, 6.6, 6.6, 'accent');
    },
  }));
  const { ruleBelow } = block;
  return ruleBelow ? [...strips, { height: 5, before: 0, keep: true, draw: (on, top) => on.rule(left, left + width, top + 4, ruleBelow) }] : strips;
}

function setSide(sheet: Sheet, block: SideBlock, area: Area, parent: Tagged): Strip[] {
  const most = 4;
  if (block.columns.length > most) return [setSide(sheet, { ...block, columns: block.columns.slice(0, most) }, area, parent), setSide(sheet, { ...block, before: 4, columns: block.columns.slice(most) }, area, parent)].flat();
  const widths = widthsOf(sheet, block, area.width);
  let left = area.left;
  const columns = block.columns.map((blocks, index) => {
    const strips = setBlocks(sheet, blocks, { left, width: widths[index] ?? 0 }, parent);
    left += (widths[index] ?? 0) + block.gap;
    return strips;
  });
  const heightOf = (strips: readonly Strip[]): number => strips.reduce((total, one, index) => total + one.height + (index === 0 ? 0 : one.before), 0);
  const padding = block.ruled ? 8 : 0;
  return [{
    height: Math.max(0, ...columns.map(heightOf)) + padding * 2, before: block.before,
    draw: (on, top, again) => {
      if (block.ruled) {
        on.rule(area.left, area.left + area.width, top, 'ink');
        on.rule(area.left, area.left + area.width, top + Math.max(...columns.map(heightOf)) + padding * 2, 'line');
      }
      for (const strips of columns) {
        let y = top + padding;
        strips.forEach((strip, index) => {
          y += index === 0 ? 0 : strip.before;
          strip.draw(on, y, again);
          y += strip.height;
        });
      }
    },
  }];
}

/** Even columns; facts take what they need when they are not even. */
function widthsOf(sheet: Sheet, block: SideBlock, width: number): number[] {
  const count = block.columns.length;
  const even = (width - block.gap * (count - 1)) / count;
  if (block.align === 'ends') return [even * 1.15, even * 0.85];
  const natural = block.columns.map((blocks) => Math.max(0, ...blocks.map((one) => (one.kind === 'text' ? naturalWidth(one.runs, sheet.measure) : 0))));
  const spare = width - block.gap * (count - 1) - natural.reduce((total, one) => total + one, 0);
  return natural.every((one) => one <= even) || spare < 0 ? block.columns.map(() => even) : natural.map((one) => one + spare / count);
}

function setPairs(sheet: Sheet, block: PairsBlock, { left, width }: Area, parent: Tagged): Strip[] {
  const gap = 16;
  const list = sheet.part(parent, 'L');
  return block.pairs.flatMap((pair, at) => {
    const item = sheet.part(list, 'LI');
    const [label, body] = [sheet.part(item, 'Lbl'), sheet.part(item, 'LBody')];
    const term = linesOf(pair.term, block.termWidth, sheet.measure);
    const said = pair.said.flatMap((runs) => linesOf(runs, width - block.termWidth - gap, sheet.measure));
    const count = Math.max(term.length, said.length);
    return Array.from({ length: count }, (_, index): Strip => {
      const [ends, begins] = [index === count - 1, index === 0];
      const above = block.ruled && begins ? 5 : 0;
      const height = Math.max(term[index]?.height ?? 0, said[index]?.height ?? 0);
      return {
        height: above + height + (block.ruled && ends ? 5 : 0), before: begins ? (at === 0 ? block.before : block.ruled ? 0 : 3) : 0,
        keep: !ends && (count <= 8 || begins || index === count - 2),
        draw: (on, top, again) => {
          const [t, s] = [term[index], said[index]];
          if (block.ruled && at === 0 && begins) on.rule(left, left + width, top, 'ink');
          if (t) on.line(t, left, top + above, again ? null : label);
          if (s) on.line(s, left + block.termWidth + gap, top + above, again ? null : body);
          if (block.ruled && ends) on.rule(left, left + width, top + above + height + 5, 'line');
        },
      };
    });
  });
}

function setFramed(sheet: Sheet, { blocks, ground, bar, before, closing }: FramedBlock, area: Area, parent: Tagged): Strip[] {
  const [indent, padding] = [ground ? 12 : bar ? 10 : 0, ground ? 8 : 0];
  const inner = setBlocks(sheet, blocks, { left: area.left + indent, width: area.width - indent * 2 }, sheet.part(parent, 'Div'));
  return inner.map((strip, index) => {
    const [begins, ends] = [index === 0, index === inner.length - 1];
    const [above, below] = [begins ? padding : strip.before, ends ? padding : 0];
    return {
      ...strip, height: above + strip.height + below, before: begins ? before : 0, keep: !ends && (strip.keep || inner.length <= 14), ...(closing ? { closing } : {}),
      draw: (on: Sheet, top: number, again: boolean) => {
        const seam = begins ? 0 : 0.3; // so that two grounds leave no thread of paper between them
        if (ground) on.ground(area.left, top - seam, area.width, above + strip.height + below + seam, ground);
        if (bar) on.ground(area.left, top - seam, 2.2, above + strip.height + below + seam, 'accent');
        strip.draw(on, top + above, again);
      },
    };
  });
}
