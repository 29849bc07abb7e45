import { compile } from 'html-to-text';

/** Made once: reading its options costs more than a mail. Lines are cut once the words are known. */
const convert = compile({
  wordwrap: false,
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
  ],
});

const width = 78;

/** The plain text of a page, or of a page whose Handlebars is still in it: what stands between braces goes through as words do. */
export function plainText(html: string): string {
  return convert(html);
}

/** Lines no longer than 78 characters, unless a word is, and no more than one empty line at a time. */
export function tidy(text: string): string {
  return text.split('\n').map((line) => wrapped(line.trimEnd())).join('\n').replace(/\n{3,}/g, '\n\n').trim();
}

function wrapped(line: string): string {
  if (line.length <= width) return line;
  let out = '';
  let length = 0;
  for (const word of line.split(' ')) {
    const fits = length === 0 || length + 1 + word.length <= width;
    out += length === 0 ? word : fits ? ` ${word}` : `\n${word}`;
    length = fits && length > 0 ? length + 1 + word.length : word.length;
  }
  return out;
}
