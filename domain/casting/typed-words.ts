/** C4: what somebody typed to find a member, word by word. */

/** Words that say nothing of whom one looks for, in French and English, without accents. What a trade calls itself (« son », “AI”) is none of them. */
const nothings = new Set((
  'a au aux avec ce ces cet cette chez dans de des du elle en et etre eux il je la le les leur leurs lui ma mais me mes meme mon ne nos notre nous on ou par pas plus pour qu que qui sa sans se ses si sur ta te tes toi ton tres tu un une vos votre vous y d l c j m n s t cherche recherchons besoin quelqu quelque ' +
  'an and are for from i in is of or our the they to us we who with your you need looking'
).split(' '));

/** As it was typed, and as the database compares it: no accents, no capitals, no signs. */
export interface TypedWord { readonly written: string; readonly plain: string }

/** At most ten words that count, each once; the SQL function plain_words does the same to what members write. */
export function typedWords(typed: string): TypedWord[] {
  const words = typed.slice(0, 300).split(/[^\p{L}\p{M}\p{N}+#]+/u).map((written) => ({ written, plain: plain(written) })).filter(({ plain }) => plain !== '' && !nothings.has(plain));
  return [...new Map(words.map((word) => [word.plain, word])).values()].slice(0, 10);
}

/** C++ and C# are not C. */
function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/ß/g, 'ss').replace(/ø/g, 'o').replace(/([a-z0-9])\++/g, '$1plus').replace(/([a-z0-9])#/g, '$1sharp').replace(/[^a-z0-9]+/g, '');
}
