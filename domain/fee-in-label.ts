/**
 * Q5: does a label of a member's quote name OFF-WORKS's fee, which the system adds itself? Written as people write it: with or without accents,
 * capitals, dashes, in French or English. What only says the price is without the fee (« hors frais OFF-WORKS », the phrase of M8) is welcome,
 * and so is work about commissions, costs or percentages.
 */
export function namesTheFee(label: string): boolean {
  const said = plain(label).replace(leftOut, ' ');
  if (ofOffWorks.test(said)) return true;
  const percentage = said.includes('PERCENT');
  const rest = said.replace(fillers, ' ').replace(/ +/g, ' ').trim();
  if (rest === '') return percentage || said.includes('OFFWORKS');
  return alwaysTheFee.test(rest) || (percentage && theFeeAsPercentage.test(rest));
}

/** Words only, one space apart, with `PERCENT` for « 17 % » and `OFFWORKS` for the name however it is written. */
function plain(label: string): string {
  const letters = label.normalize('NFKD').replace(/\p{Diacritic}/gu, '').toLowerCase();
  const named = letters.replace(/\boff[^a-z0-9]{0,3}works\b/g, ' OFFWORKS ');
  const counted = named.replace(/\d+(?:[.,]\d+)?\s*(?:%|pour\s?cents?\b|per\s?cents?\b|pct\b)/g, ' PERCENT ');
  return counted.replace(/[^a-zA-Z0-9]+/g, ' ').trim();
}

const link = '(?:de|d|du|des|le|la|les|l|a|au|sur|pour|par|soit|et|of|the|for|on|by|and)';
const money = '(?:frais|commissions?|fees?|marge|honoraires|remuneration|pourcentage|part)';
const nature = '(?:services?|fonctionnement|gestion|plateforme|platform|agence|agency|operating|intermediation)';

const leftOut = new RegExp(`\\b(?:hors|sans|avant|net|excluding|excl|without|before)(?: ${link})* ${money}(?: (?:${link}|${nature}|PERCENT|OFFWORKS))*`, 'g');
const ofOffWorks = new RegExp(
  `\\b(?:${money}(?: (?:${link}|${nature}|PERCENT))*|PERCENT(?: ${link})*) OFFWORKS\\b|\\bOFFWORKS(?: (?:${link}|${nature}))* (?:${money}|PERCENT)\\b`,
);
/** What is said around the fee without changing what it is. */
const fillers = new RegExp(`\\b(?:${link}|PERCENT|OFFWORKS|montant|total|devis|quote|final|global|prestations?|budget|taux|rate|ht|ttc|euros?|\\d+)\\b`, 'g');
const alwaysTheFee =
  /^(?:commissions?(?: (?:agence|plateforme|agence plateforme|services?))?|frais (?:services?|fonctionnement|plateforme|agence|agence plateforme|intermediation|mise en relation)|marge (?:agence|plateforme)|(?:platform|service|agency|operating) (?:fees?|commission))$/;
const theFeeAsPercentage = /^(?:frais(?: (?:gestion|supplementaires))?|fees?|marge|part|majoration plateforme)$/;
