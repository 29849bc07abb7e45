/** The countries and territories a SEPA transfer reaches, by the first letters of an IBAN (EPC 409-09). */
const area = new Set(('AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM VA').split(' '));

export const inSepaArea = (iban: string): boolean => area.has(iban.slice(0, 2));
