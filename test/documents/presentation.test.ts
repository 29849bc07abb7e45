import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { buildDeck, type DeckContent } from '../../documents/presentation/build-deck.ts';

const content: DeckContent = {
  member: { name: 'Léa & Fontaine <studio>', headline: 'Direction artistique', presentation: 'Nous dessinons des lieux.', city: 'Lyon', skills: ['identité', 'signalétique'] },
  references: [{ title: 'Musée des Eaux', client: 'Ville de Lyon', year: 2025, text: 'Une signalétique.' }], feeRateBp: 1_700, feeBasis: 'of_final_amount',
};

/** The parts of the file, every one of XML read by a parser that accepts no fault. */
function open(bytes: Buffer): { parts: string[]; slides: string[]; parse: (part: string) => string } {
  const files = unzipSync(new Uint8Array(bytes));
  const parse = (part: string): string => {
    let text = '';
    const parser = new SaxesParser();
    parser.on('error', (cause) => { throw cause; });
    parser.on('text', (more) => { text += more; });
    parser.write(strFromU8(files[part] ?? new Uint8Array())).close();
    return text.replace(/[\u00a0\u202f]/g, ' ');
  };
  const parts = Object.keys(files);
  for (const part of parts.filter((name) => /\.(xml|rels)$/.test(name))) parse(part);
  const slides = parts.filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name)).sort((a, b) => Number(/\d+/.exec(a)?.[0]) - Number(/\d+/.exec(b)?.[0])).map(parse);
  return { parts, slides, parse };
}

describe('M13 the presentation in both names', () => {
  it('M13: is a .pptx whose parts are all there and well formed, and whose relations lead somewhere', async () => {
    const bytes = await buildDeck(content, 'fr');
    const { parts } = open(bytes);
    for (const part of ['[Content_Types].xml', '_rels/.rels', 'ppt/presentation.xml', 'ppt/_rels/presentation.xml.rels', 'ppt/slideMasters/slideMaster1.xml', 'ppt/theme/theme1.xml', 'docProps/core.xml']) expect(parts).toContain(part);
    const files = unzipSync(new Uint8Array(bytes));
    for (const rels of parts.filter((name) => name.endsWith('.rels'))) {
      const folder = rels.replace(/_rels\/[^/]*$/, '');
      for (const [, target = ''] of strFromU8(files[rels]!).matchAll(/Target="([^"]+)"/g)) {
        if (/^https?:/.test(target)) continue;
        const path = target.startsWith('/') ? target.slice(1) : new URL(target, `file:///${folder}`).pathname.slice(1);
        expect(parts, `${rels} → ${target}`).toContain(decodeURIComponent(path));
      }
    }
  });

  it('M13: says who they are, what they have done, and the fee with its worked example', async () => {
    const { slides, parse } = open(await buildDeck(content, 'fr'));
    expect(slides).toHaveLength(7);
    const [cover, who, references, approach, schedule, price] = slides;
    expect(cover).toContain('Léa & Fontaine <studio>');
    expect(cover).toContain('avec OFF-WORKS');
    expect(who).toContain('Nous dessinons des lieux.');
    expect(references).toContain('Musée des Eaux');
    expect(approach).toContain('Comprendre');
    expect(schedule).toContain('Semaine 2');
    for (const said of ['8 300,00 €', '1 700,00 €', '10 000,00 €', '17 % du montant final']) expect(price).toContain(said);
    expect(parse('ppt/slideMasters/slideMaster1.xml') + parse('ppt/slideLayouts/slideLayout2.xml')).toContain('× OFF-WORKS');
  });

  it('M13: in English, with the other basis of the fee, and for a member whose profile is still empty', async () => {
    const { slides } = open(await buildDeck({ member: { name: 'Noé', headline: '', presentation: '', city: '', skills: [] }, references: [], feeRateBp: 1_700, feeBasis: 'of_members_total' }, 'en'));
    expect(slides[5]).toContain('€1,411.00');
    expect(slides[5]).toContain('17% of the team’s work');
    expect(slides[1]).toContain('In two sentences');
    expect(slides[2]).toContain('A piece of work close to the need');
  });
});
