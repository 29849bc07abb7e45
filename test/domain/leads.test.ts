import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companyKey, mailDomain, sameCompany, signsOf } from '../../domain/leads.ts';

const signs = (company: string, siren: string | null = null, contactEmail = '') => signsOf({ company, siren, contactEmail });

describe('M14 the same company, however it is written', () => {
  it.each([
    ['Brasserie Étoile SAS', 'ETOILE BRASSERIE', 'name'], ['Cave Vasseur', 'SARL Cave Vasseur', 'name'], ['Cave Vasseur', 'Cave Vasseur & Fils', null], ['SAS', 'SARL', null],
  ] as const)('%s and %s', (one, other, by) => {
    expect(sameCompany(signs(one), signs(other))).toBe(by);
  });

  it('by its SIREN, which alone tells apart two that both say theirs', () => {
    expect(sameCompany(signs('Valmy', '732 829 320'), signs('Autre nom', '732829320'))).toBe('siren');
    expect(sameCompany(signs('Valmy', '732829320', 'a@valmy.fr'), signs('Valmy', '999000110', 'b@valmy.fr'))).toBeNull();
  });

  it('by the domain of its addresses, unless anybody may have one there', () => {
    expect(sameCompany(signs('Valmy', null, 'a@valmy.fr'), signs('Groupe Valmy', '732829320', 'B@VALMY.FR'))).toBe('domain');
    expect(sameCompany(signs('Valmy', null, 'valmy@gmail.com'), signs('Hublot', null, 'hublot@gmail.com'))).toBeNull();
    expect(mailDomain('someone')).toBeNull();
  });

  it('neither capitals, order nor legal form change the name compared', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[A-Za-zéèà]{2,9}$/), { minLength: 1, maxLength: 4 }), fc.constantFrom('', 'SAS', 'sarl'), (words, form) => {
      expect(companyKey([...words].reverse().join(' ').toUpperCase() + ` ${form}`)).toBe(companyKey(words.join('  ')));
    }));
  });
});
