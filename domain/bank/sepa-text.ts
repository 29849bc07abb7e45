/** What every bank of the SEPA area takes (EPC 217-08): plain Latin letters, digits and these signs. */
const allowed = /[^A-Za-z0-9/\-?:().,'+ ]/g;
const spelled: Readonly<Record<string, string>> = { œ: 'oe', Œ: 'OE', æ: 'ae', Æ: 'AE', ß: 'ss', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', '&': '+', '’': "'", '‘': "'", '«': '', '»': '', '“': '', '”': '', '"': '', '–': '-', '—': '-', '_': '-', '°': '.', '€': 'EUR', '@': '(at)' };

/** A text in the signs every bank takes, cut to so many: accents are taken off, other signs spelled or left out, and it neither begins nor ends with a slash. */
export function sepaText(text: string, most: number): string {
  const plain = [...text.normalize('NFC')].map((sign) => spelled[sign] ?? sign).join('').normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(allowed, ' ');
  return plain.replace(/\/{2,}/g, '/').replace(/\s+/g, ' ').trim().slice(0, most).replace(/^[/ ]+|[/ ]+$/g, '');
}
