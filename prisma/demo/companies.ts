export interface DemoCompany {
  readonly handle: string;
  readonly name: string;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
  readonly country?: string;
  readonly vatNumber?: string;
  readonly vatTreatment?: 'reverse_charge';
  readonly orderNumberRequired?: true;
  /** C11: a special rate, in basis points, for a client with a high volume. */
  readonly feeRateBp?: number;
  readonly users: readonly { readonly key: DemoClient; readonly name: string; readonly email: string; readonly role: 'owner' | 'manager' | 'contributor'; readonly billing?: true; readonly locale?: 'en' }[];
}

export type DemoClient = 'solenn' | 'erwan' | 'karim' | 'sandrine' | 'clemence' | 'benoit' | 'ines' | 'yann' | 'marion' | 'lotte';

export const demoCompanies: readonly DemoCompany[] = [
  {
    handle: 'biscuiterie-kermorvan', name: 'Biscuiterie Kermorvan', address: '12 quai de l’Odet', postcode: '29000', city: 'Quimper',
    users: [
      { key: 'solenn', name: 'Solenn Le Goff', email: 'solenn@kermorvan.example', role: 'owner' },
      { key: 'erwan', name: 'Erwan Tanguy', email: 'compta@kermorvan.example', role: 'contributor', billing: true },
    ],
  },
  {
    handle: 'mutuelle-alize', name: 'Mutuelle Alizé', address: '48 cours Lafayette', postcode: '69003', city: 'Lyon', orderNumberRequired: true, feeRateBp: 1_500,
    users: [
      { key: 'karim', name: 'Karim Haddad', email: 'karim.haddad@alize.example', role: 'owner' },
      { key: 'sandrine', name: 'Sandrine Peyre', email: 'sandrine.peyre@alize.example', role: 'manager' },
    ],
  },
  {
    handle: 'atelier-verrier', name: 'Atelier Verrier', address: '7 rue des Gravilliers', postcode: '75003', city: 'Paris',
    users: [{ key: 'clemence', name: 'Clémence Verrier', email: 'clemence@verrier.example', role: 'owner' }],
  },
  {
    handle: 'transports-delcourt', name: 'Transports Delcourt', address: '210 rue de Lannoy', postcode: '59100', city: 'Roubaix',
    users: [{ key: 'benoit', name: 'Benoît Delcourt', email: 'b.delcourt@delcourt.example', role: 'owner' }],
  },
  {
    handle: 'helios-energie', name: 'Hélios Énergie citoyenne', address: '3 place de la Comédie', postcode: '34000', city: 'Montpellier',
    users: [{ key: 'ines', name: 'Inès Marchetti', email: 'ines@helios.example', role: 'owner' }],
  },
  {
    handle: 'editions-du-grand-large', name: 'Éditions du Grand Large', address: '21 rue Crébillon', postcode: '44000', city: 'Nantes',
    users: [{ key: 'yann', name: 'Yann Kerbrat', email: 'yann@grandlarge.example', role: 'owner' }],
  },
  {
    handle: 'vetalis', name: 'Vétalis', address: '95 cours de l’Intendance', postcode: '33000', city: 'Bordeaux',
    users: [{ key: 'marion', name: 'Marion Castaing', email: 'marion.castaing@vetalis.example', role: 'owner' }],
  },
  {
    handle: 'brouwerij-vanderelst', name: 'Brouwerij Vanderelst', address: 'Vrijdagmarkt 14', postcode: '9000', city: 'Gent', country: 'BE',
    vatNumber: 'BE0999999922', vatTreatment: 'reverse_charge',
    users: [{ key: 'lotte', name: 'Lotte Vanderelst', email: 'lotte@vanderelst.example', role: 'owner', locale: 'en' }],
  },
];
