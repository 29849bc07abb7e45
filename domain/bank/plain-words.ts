/** Letters and digits in capitals, without accents; what stood between them is a space. */
export function plainWords(text: string): string[] {
  // Most of what banks write has no accent: nothing is to be taken off it.
  if (/^[\x20-\x25\x27-\x7e]*$/.test(text)) return text.toUpperCase().match(/[A-Z0-9]+/g) ?? [];
  return text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/œ/gi, 'OE').replace(/æ/gi, 'AE').replace(/ß/g, 'SS').replace(/&/g, ' ET ').toUpperCase().split(/[^A-Z0-9]+/).filter(Boolean);
}

/** Words that say what kind of person or company it is, not which. */
const kinds = new Set([
  'SA', 'SAS', 'SASU', 'SARL', 'EURL', 'EI', 'EIRL', 'SNC', 'SCI', 'SCOP', 'SCIC', 'SELARL', 'SCP', 'GIE', 'ASSOCIATION', 'ASSOC', 'STE', 'SOCIETE', 'ETS', 'GMBH', 'LTD', 'BV', 'NV', 'SRL', 'SPRL',
  'M', 'MR', 'MME', 'MLLE', 'MONSIEUR', 'MADAME',
]);

/** A name as it is compared: its words in one order, without those that say what kind of company it is. Empty when nothing else is left of it. */
export function nameKey(name: string): string {
  return plainWords(name).filter((word) => !kinds.has(word)).sort().join(' ');
}

/** A name in the order it is written, run together: what banks cut after so many characters. */
export function runTogether(name: string): string {
  return plainWords(name).filter((word) => !kinds.has(word)).join('');
}
