import { inSepaArea } from './bank/sepa-countries.ts';
import { compact, frenchVatNumber, ibanLast4, isBic, isFrenchVatNumber, isIban, isSiret, isVatNumber, sirenOf } from './identifiers.ts';

/** VAT rates a member may charge, in basis points: the French ones, overseas included. */
export const memberVatRates = [2_000, 1_000, 850, 550, 210] as const;

/** What is typed of a billing entity, without its account. */
export interface TypedEntity {
  readonly legalName: string;
  readonly legalForm: string;
  readonly siret: string;
  readonly vatNumber: string;
  readonly vatRegime: string;
  /** Basis points; anything under the franchise. */
  readonly vatRateBp: number;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
}

export interface TypedAccount {
  readonly iban: string;
  readonly bic: string;
}

/** A field to look at again, and why, as the key of a sentence. */
export interface BillingMistake {
  readonly field: keyof TypedEntity | keyof TypedAccount;
  readonly why: 'missing' | 'siret' | 'regime' | 'rate' | 'vat_number' | 'vat_number_other' | 'postcode' | 'iban' | 'iban_area' | 'bic' | 'bic_country';
}

/** M3: everything to look at again in an entity, in the order of the form. Checked offline: keys and shapes, nobody is asked. */
export function entityMistakes(typed: TypedEntity): BillingMistake[] {
  const mistakes: BillingMistake[] = [];
  const say = (field: BillingMistake['field'], why: BillingMistake['why']): void => void mistakes.push({ field, why });
  if (typed.legalName.length < 3 || typed.legalName.length > 160) say('legalName', 'missing');
  if (typed.legalForm.length < 2 || typed.legalForm.length > 60) say('legalForm', 'missing');
  const siretIsRight = isSiret(typed.siret);
  if (!siretIsRight) say('siret', 'siret');
  if (typed.vatRegime !== 'standard' && typed.vatRegime !== 'franchise') say('vatRegime', 'regime');
  if (typed.vatRegime === 'standard' && !(memberVatRates as readonly number[]).includes(typed.vatRateBp)) say('vatRateBp', 'rate');
  const number = compact(typed.vatNumber);
  if (number !== '' && !isVatNumber(number)) say('vatNumber', 'vat_number');
  // A French number is the enterprise's own: it holds its SIREN.
  else if (siretIsRight && isFrenchVatNumber(number) && number.slice(4) !== sirenOf(typed.siret)) say('vatNumber', 'vat_number_other');
  if (typed.address.length < 3 || typed.address.length > 160) say('address', 'missing');
  if (!/^[\dA-Z][\dA-Z -]{1,11}$/i.test(typed.postcode)) say('postcode', 'postcode');
  if (typed.city.length < 1 || typed.city.length > 80) say('city', 'missing');
  return mistakes;
}

/** M3: what is wrong with an account to be paid to. */
export function accountMistakes({ iban, bic }: TypedAccount): BillingMistake[] {
  const mistakes: BillingMistake[] = [];
  if (!isIban(iban)) mistakes.push({ field: 'iban', why: 'iban' });
  else if (!inSepaArea(compact(iban))) mistakes.push({ field: 'iban', why: 'iban_area' });
  const code = compact(bic);
  if (code !== '' && !isBic(code)) mistakes.push({ field: 'bic', why: 'bic' });
  else if (code !== '' && mistakes.length === 0 && !sameCountry(compact(iban).slice(0, 2), code.slice(4, 6))) mistakes.push({ field: 'bic', why: 'bic_country' });
  return mistakes;
}

/** An entity as it is kept. The VAT number of a French enterprise that left it out is worked out from its SIREN; under the franchise there is none to invent. */
export function keptEntity(typed: TypedEntity): Omit<TypedEntity, 'vatNumber'> & { vatNumber: string | null; vatRegime: 'standard' | 'franchise' } {
  const vatRegime = typed.vatRegime === 'franchise' ? 'franchise' : 'standard';
  const siret = compact(typed.siret);
  return {
    ...typed, siret, vatRegime, vatRateBp: vatRegime === 'franchise' ? 0 : typed.vatRateBp,
    vatNumber: compact(typed.vatNumber) || (vatRegime === 'standard' ? frenchVatNumber(sirenOf(siret)) : null),
  };
}

/** An account as it is kept, the number still in clear: whoever calls encrypts it at once. */
export function keptAccount({ iban, bic }: TypedAccount): { iban: string; ibanLast4: string; bic: string | null } {
  return { iban: compact(iban), ibanLast4: ibanLast4(iban), bic: compact(bic) || null };
}

/** The mandate names its giver: another name or enterprise needs another one (CGI 289-I-2). */
export function needsNewMandate(before: { legalName: string; siret: string }, after: { legalName: string; siret: string }): boolean {
  return before.legalName.trim() !== after.legalName.trim() || compact(before.siret) !== compact(after.siret);
}

/** Banks of France hold accounts that begin with FR for its overseas places, whose banks have codes of their own. */
function sameCountry(ofIban: string, ofBic: string): boolean {
  const french = ['FR', 'MC', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF', 'NC', 'PF', 'WF', 'TF'];
  const british = ['GB', 'GG', 'JE', 'IM'];
  return ofIban === ofBic || (french.includes(ofIban) && french.includes(ofBic)) || (british.includes(ofIban) && british.includes(ofBic));
}
