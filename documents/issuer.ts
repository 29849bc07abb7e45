import { z } from 'zod';
import type { Tx } from '../database/open.ts';
import { settingsAt } from './dated-setting.ts';
import type { Issuer } from './kinds.ts';

/**
 * OFF-WORKS as its documents name it until a real identity is entered (setting `issuer`): made up, and said so at the foot of each document.
 * The SIREN passes its check digit and belongs to nobody; the IBAN is the sample one of the French banks' documentation.
 */
export const demoIssuer: Issuer = {
  name: 'OFF-WORKS',
  legalForm: 'SAS',
  capitalCents: 5_000_000,
  siren: '123456782',
  siret: '12345678200010',
  register: 'RCS Paris',
  vatNumber: 'FR11123456782',
  address: { street: '1 rue de l’Exemple', postcode: '75000', city: 'Paris', country: 'FR' },
  email: 'facturation@off-works.example',
  iban: 'FR7630006000011234567890189',
  bic: 'DEMOFRPPXXX',
  vatOnReceipts: true,
  demo: true,
};

export const issuerSetting = z.object({
  name: z.string().min(1),
  legalForm: z.string().min(1),
  capitalCents: z.number().int().nonnegative(),
  siren: z.string().regex(/^\d{9}$/),
  siret: z.string().regex(/^\d{14}$/),
  register: z.string().min(1),
  vatNumber: z.string().min(1),
  address: z.object({ street: z.string().min(1), postcode: z.string().min(1), city: z.string().min(1), country: z.string().length(2) }),
  email: z.string().min(3),
  iban: z.string().min(15),
  bic: z.string().min(8),
  vatOnReceipts: z.boolean(),
  demo: z.boolean().default(false),
});

/**
 * OFF-WORKS's identity as it stood at `at` (ms): the dated setting `issuer`, or the demo identity.
 * An identity with a field missing is an error: an invoice may not leave without it.
 */
export async function issuerAt(tx: Tx, at: number): Promise<Issuer> {
  const value = (await settingsAt(tx, ['issuer'], at)).get('issuer');
  return value === undefined ? demoIssuer : issuerSetting.parse(value);
}
