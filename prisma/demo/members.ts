import type { DemoTheme } from './themes.ts';

export interface DemoMember {
  /** How stories call them; also the beginning of their address. */
  readonly key: string;
  readonly name: string;
  readonly structure: 'freelance' | 'studio' | 'collective';
  readonly headline: string;
  readonly experience: string;
  readonly references: readonly string[];
  readonly skills: readonly string[];
  readonly themes: readonly DemoTheme[];
  /** Euros excluding tax. */
  readonly dayRate: number;
  readonly city: string;
  readonly postcode: string;
  readonly legalForm: string;
  readonly vat: 'standard' | 'franchise';
  /** False: silence accepts nothing, each preview is approved by hand. */
  readonly mandate?: false;
  readonly recommendedBy?: string;
}

export const demoMembers: readonly DemoMember[] = [
  {
    key: 'lea', name: 'Léa Montfort', structure: 'freelance', headline: 'Directrice artistique, identités et emballages',
    experience: 'Douze ans entre l’agence et l’atelier. Je dessine des marques qui tiennent debout sur une étagère comme sur un écran, et j’accompagne leur mise en œuvre jusqu’à l’imprimeur.',
    references: ['Identité de la conserverie Ar Mor', 'Gamme de thés Feuille à feuille'], skills: ['identité visuelle', 'packaging', 'typographie'],
    themes: ['identite', 'evenement'], dayRate: 520, city: 'Rennes', postcode: '35000', legalForm: 'EI', vat: 'standard',
  },
  {
    key: 'hugo', name: 'Hugo Delmas', structure: 'freelance', headline: 'Développeur web, sites rapides et sobres',
    experience: 'Je construis des sites légers, accessibles et faciles à reprendre par d’autres. Huit ans de métier, dont cinq à mon compte.',
    references: ['Site de la fédération Rivages', 'Boutique en ligne Papier Plume'], skills: ['TypeScript', 'accessibilité', 'écoconception'],
    themes: ['site-web', 'developpement'], dayRate: 560, city: 'Nantes', postcode: '44000', legalForm: 'SASU', vat: 'standard',
  },
  {
    key: 'ines', name: 'Inès Carvalho', structure: 'freelance', headline: 'Designer d’expérience, services publics et santé',
    experience: 'Recherche avec les usagers, parcours, prototypes, tests. J’aime les sujets compliqués que des gens pressés doivent réussir du premier coup.',
    references: ['Prise de rendez-vous des centres Santé Sud', 'Espace locataire Habitat 9'], skills: ['recherche utilisateur', 'prototypage', 'design system'],
    themes: ['ux-ui', 'site-web'], dayRate: 580, city: 'Lyon', postcode: '69007', legalForm: 'EI', vat: 'standard',
  },
  {
    key: 'oscar', name: 'Oscar Vidal', structure: 'freelance', headline: 'Motion designer 2D et 3D',
    experience: 'J’anime des idées abstraites : énergie, finance, industrie. Storyboard, illustration, animation et mixage avec des voix que je dirige moi-même.',
    references: ['Films pédagogiques Le Vent en commun', 'Génériques du festival Traverses'], skills: ['After Effects', 'Blender', 'storyboard'],
    themes: ['motion', 'film'], dayRate: 450, city: 'Marseille', postcode: '13006', legalForm: 'EI', vat: 'franchise',
  },
  {
    key: 'camille', name: 'Camille Renaud', structure: 'freelance', headline: 'Photographe, objets et portraits d’artisans',
    experience: 'Je photographie les mains, les matières et ceux qui les travaillent. Studio mobile, lumière naturelle, livraison sous cinq jours.',
    references: ['Catalogue de la coutellerie Sauvageot', 'Portraits des Meilleurs Ouvriers d’Auvergne'], skills: ['packshot', 'portrait', 'retouche'],
    themes: ['photo'], dayRate: 620, city: 'Paris', postcode: '75011', legalForm: 'EI', vat: 'standard', mandate: false,
  },
  {
    key: 'thomas', name: 'Thomas Guérin', structure: 'freelance', headline: 'Réalisateur et chef opérateur',
    experience: 'Films de marque, documentaires courts, entretiens. Une petite équipe, un tournage discret, un montage qui laisse respirer.',
    references: ['Série « Gens du fleuve »', 'Film des 50 ans de la coopérative Terres d’Ouest'], skills: ['réalisation', 'cadre', 'montage'],
    themes: ['film', 'photo'], dayRate: 680, city: 'Bordeaux', postcode: '33800', legalForm: 'EURL', vat: 'standard',
  },
  {
    key: 'manon', name: 'Manon Lefèvre', structure: 'freelance', headline: 'Conceptrice-rédactrice',
    experience: 'Des mots justes pour des sites, des campagnes et des marques qui ont quelque chose à dire. Ancienne journaliste, je commence toujours par écouter.',
    references: ['Ton de marque de la banque Ruche', 'Textes du musée des Salines'], skills: ['plateforme de marque', 'rédaction web', 'naming'],
    themes: ['redaction', 'identite'], dayRate: 440, city: 'Nantes', postcode: '44200', legalForm: 'EI', vat: 'franchise',
  },
  {
    key: 'jules', name: 'Jules Armand', structure: 'freelance', headline: 'Stratège réseaux sociaux',
    experience: 'Je construis des lignes éditoriales qui survivent à leurs auteurs : piliers, formats, calendrier, et des équipes formées pour continuer.',
    references: ['Compte de la librairie Les Marées', 'Lancement de la glacerie Polaire'], skills: ['ligne éditoriale', 'animation', 'mesure'],
    themes: ['social-media', 'redaction'], dayRate: 420, city: 'Lille', postcode: '59000', legalForm: 'EI', vat: 'franchise',
  },
  {
    key: 'nora', name: 'Nora Belkacem', structure: 'freelance', headline: 'Consultante en référencement naturel',
    experience: 'Audit technique, architecture, contenus : je travaille avec les développeurs plutôt que contre eux. Onze ans, du site vitrine au comparateur.',
    references: ['Migration du site Voyages Cap Sud', 'Refonte du blog Jardins ouverts'], skills: ['audit technique', 'sémantique', 'analyse de journaux'],
    themes: ['seo', 'redaction'], dayRate: 550, city: 'Toulouse', postcode: '31000', legalForm: 'SASU', vat: 'standard',
  },
  {
    key: 'paul', name: 'Paul Esteban', structure: 'freelance', headline: 'Ingénieur données, tableaux de bord utiles',
    experience: 'Je nettoie, je relie, je montre. Mes tableaux de bord tiennent sur une page et répondent à une question.',
    references: ['Pilotage des stocks de la chaîne Bio d’ici', 'Observatoire des mobilités du Pays basque'], skills: ['SQL', 'Python', 'visualisation'],
    themes: ['data', 'conseil'], dayRate: 650, city: 'Bayonne', postcode: '64100', legalForm: 'SASU', vat: 'standard',
  },
  {
    key: 'sarah', name: 'Sarah Nguyen', structure: 'freelance', headline: 'Cheffe de projet numérique',
    experience: 'Cadrage, planning, budget, recette : je tiens la barre pour que chacun fasse son métier. Quinze ans de projets livrés à l’heure.',
    references: ['Portail des bibliothèques de Savoie', 'Refonte de l’intranet Orsay Industries'], skills: ['cadrage', 'coordination', 'recette'],
    themes: ['conseil', 'site-web'], dayRate: 600, city: 'Lyon', postcode: '69001', legalForm: 'EURL', vat: 'standard',
  },
  {
    key: 'maelle', name: 'Maëlle Kervella', structure: 'freelance', headline: 'Illustratrice, végétal et comestible',
    experience: 'Encre, gouache et numérique. Mes images habillent des boîtes, des affiches et des livres qu’on garde.',
    references: ['Boîtes de la confiserie Sablons', 'Affiche du marché de Locronan'], skills: ['illustration', 'affiche', 'packaging'],
    themes: ['identite'], dayRate: 400, city: 'Douarnenez', postcode: '29100', legalForm: 'EI', vat: 'franchise', recommendedBy: 'Léa Montfort',
  },
  {
    key: 'antoine', name: 'Antoine Mercier', structure: 'freelance', headline: 'Attaché de presse, économie et culture',
    experience: 'Un carnet d’adresses entretenu à la main et des communiqués qu’on lit. Je ne promets jamais une parution, j’en obtiens.',
    references: ['Lancement de la revue Ancrages', 'Rentrée de la coopérative Grain'], skills: ['communiqué', 'relations médias'],
    themes: ['relations-presse', 'redaction'], dayRate: 480, city: 'Paris', postcode: '75010', legalForm: 'EI', vat: 'standard',
  },
  {
    key: 'studio-marge', name: 'Studio Marge', structure: 'studio', headline: 'Édition, chartes et rapports annuels',
    experience: 'Deux graphistes et une maquettiste. Nous mettons en page ce qui doit durer : rapports, livres, chartes.',
    references: ['Rapport annuel de la fondation Racines', 'Collection de poche Littoral'], skills: ['édition', 'charte graphique', 'mise en page'],
    themes: ['identite', 'evenement'], dayRate: 540, city: 'Strasbourg', postcode: '67000', legalForm: 'SARL', vat: 'standard',
  },
  {
    key: 'atelier-boreal', name: 'Atelier Boréal', structure: 'studio', headline: 'Sites et applications sur mesure',
    experience: 'Une designer, deux développeurs, des projets de trois mois. Nous préférons livrer petit et souvent.',
    references: ['Application du réseau Vélos partagés', 'Site du théâtre du Passage'], skills: ['React', 'Node.js', 'design d’interface'],
    themes: ['developpement', 'site-web', 'ux-ui'], dayRate: 620, city: 'Grenoble', postcode: '38000', legalForm: 'SARL', vat: 'standard',
  },
  {
    key: 'clara', name: 'Clara Fontaine', structure: 'freelance', headline: 'Scénographe d’événements',
    experience: 'Conventions, inaugurations, expositions : je dessine l’espace, je trouve les artisans et je suis le montage.',
    references: ['Convention des vignerons du Layon', 'Exposition « Mailles »'], skills: ['scénographie', 'régie', 'signalétique'],
    themes: ['evenement'], dayRate: 500, city: 'Angers', postcode: '49000', legalForm: 'EI', vat: 'standard',
  },
  {
    key: 'victor', name: 'Victor Lacombe', structure: 'freelance', headline: 'Développeur full stack, commerce en ligne',
    experience: 'Paiement, stocks, transporteurs : je relie les morceaux d’une boutique sans qu’elle tombe un soir de soldes.',
    references: ['Boutique des caves Roussillon', 'Place de marché Brocante & Cie'], skills: ['commerce en ligne', 'API', 'tests'],
    themes: ['developpement', 'site-web'], dayRate: 590, city: 'Montpellier', postcode: '34000', legalForm: 'SASU', vat: 'standard',
  },
  {
    key: 'alice', name: 'Alice Rousset', structure: 'freelance', headline: 'Consultante marque et positionnement',
    experience: 'J’aide les entreprises familiales à dire ce qu’elles font mieux que les autres, en une phrase puis en une stratégie.',
    references: ['Plateforme de marque des fromageries Valloire', 'Repositionnement de l’école Horizon'], skills: ['stratégie de marque', 'ateliers', 'études'],
    themes: ['conseil', 'identite'], dayRate: 700, city: 'Paris', postcode: '75009', legalForm: 'EURL', vat: 'standard', recommendedBy: 'Manon Lefèvre',
  },
  {
    key: 'emile', name: 'Émile Barbier', structure: 'freelance', headline: 'Designer sonore et compositeur',
    experience: 'Identités sonores, habillages, musiques de film. Je compose pour que l’on reconnaisse sans qu’on remarque.',
    references: ['Jingle du réseau Tramouest', 'Musique du film « Grande Marée »'], skills: ['composition', 'mixage', 'identité sonore'],
    themes: ['film', 'motion'], dayRate: 430, city: 'Brest', postcode: '29200', legalForm: 'EI', vat: 'franchise',
  },
  {
    key: 'salome', name: 'Salomé Perrin', structure: 'freelance', headline: 'Designer d’interface et systèmes de design',
    experience: 'Des composants que les développeurs aiment recevoir : nommés, documentés, accessibles.',
    references: ['Système de design de l’assureur Cèdre', 'Application Ma Tournée'], skills: ['interface', 'design system', 'accessibilité'],
    themes: ['ux-ui'], dayRate: 560, city: 'Lille', postcode: '59800', legalForm: 'SASU', vat: 'standard',
  },
  {
    key: 'bastien', name: 'Bastien Colin', structure: 'freelance', headline: 'Vidéaste drone et chantier',
    experience: 'Suivi de chantiers, prises de vues aériennes, séquences accélérées. Télépilote déclaré, assuré, patient.',
    references: ['Chantier du pont de Térénez', 'Parc éolien des Hauts'], skills: ['drone', 'timelapse', 'montage'],
    themes: ['film', 'photo'], dayRate: 570, city: 'Lorient', postcode: '56100', legalForm: 'EI', vat: 'standard',
  },
  {
    key: 'fatou', name: 'Fatou Diallo', structure: 'freelance', headline: 'Analyste web et mesure d’audience',
    experience: 'Plans de marquage, conformité, lecture des chiffres avec ceux qui décident. Je forme autant que je mesure.',
    references: ['Mesure d’audience du groupe Presse Ouest', 'Tableau de bord de la billetterie Scènes'], skills: ['mesure d’audience', 'RGPD', 'formation'],
    themes: ['data', 'seo'], dayRate: 530, city: 'Rouen', postcode: '76000', legalForm: 'EI', vat: 'standard',
  },
  {
    key: 'les-passeurs', name: 'Les Passeurs', structure: 'collective', headline: 'Collectif de facilitateurs et de scribes graphiques',
    experience: 'Quatre indépendants qui animent des ateliers et dessinent ce qui s’y dit. Nous répondons ensemble, et chacun signe ce qu’il fait.',
    references: ['Convention citoyenne du Pays de Retz', 'Séminaire de la mutuelle Agora'], skills: ['facilitation', 'facilitation graphique'],
    themes: ['conseil', 'evenement'], dayRate: 640, city: 'Rennes', postcode: '35700', legalForm: 'Association', vat: 'franchise',
  },
  {
    key: 'romane', name: 'Romane Aubry', structure: 'freelance', headline: 'Créatrice de contenus vidéo courts',
    experience: 'Écrire, tourner, monter et publier le jour même. Je travaille avec des marques qui acceptent de ne pas tout maîtriser.',
    references: ['Chaîne de la ferme des Tilleuls', 'Série « Dans l’atelier »'], skills: ['vidéo verticale', 'écriture', 'montage'],
    themes: ['social-media', 'film'], dayRate: 380, city: 'Dijon', postcode: '21000', legalForm: 'EI', vat: 'franchise', recommendedBy: 'Jules Armand',
  },
];

/** Still to study, for the console's home (M1). */
export const demoCandidates: readonly DemoMember[] = [
  {
    key: 'gabriel', name: 'Gabriel Souchon', structure: 'freelance', headline: 'Développeur d’applications mobiles',
    experience: 'Six ans d’applications natives pour des associations et des musées. Je cherche des équipes avec qui répondre à des projets plus ambitieux.',
    references: ['Application du muséum d’Orléans', 'Carnet de terrain Naturalistes en herbe'], skills: ['Swift', 'Kotlin'],
    themes: ['developpement', 'ux-ui'], dayRate: 540, city: 'Orléans', postcode: '45000', legalForm: 'EI', vat: 'standard', recommendedBy: 'Hugo Delmas',
  },
  {
    key: 'studio-houle', name: 'Studio Houle', structure: 'studio', headline: 'Direction artistique et sérigraphie',
    experience: 'Un duo installé dans une ancienne voilerie. Nous imprimons nous-mêmes une partie de ce que nous dessinons.',
    references: ['Affiches du festival Embruns', 'Identité de la brasserie du Môle'], skills: ['direction artistique', 'sérigraphie'],
    themes: ['identite', 'evenement'], dayRate: 490, city: 'Saint-Malo', postcode: '35400', legalForm: 'SARL', vat: 'standard',
  },
];

export const refusedCandidate: DemoMember = {
  key: 'kevin', name: 'Kévin Labrousse', structure: 'freelance', headline: 'Je fais des logos',
  experience: 'Je débute et j’apprends vite.', references: ['Logo du club de pétanque'], skills: ['logo'],
  themes: ['identite'], dayRate: 150, city: 'Limoges', postcode: '87000', legalForm: 'EI', vat: 'franchise',
};

/** Those whose papers of vigilance are in order: their contracts pass 5 000 € excl. tax, and they are paid (M4). */
const inOrder = ['antoine', 'emile', 'bastien', 'alice', 'victor', 'studio-marge', 'fatou', 'camille', 'manon'];

/** Papers of members (M4): in order, to check, refused, or soon to expire. Days are counted from today. */
export const demoDocuments: readonly { member: string; kind: 'registration' | 'urssaf' | 'insurance'; inDays: number; then: 'to_check' | 'accept' | 'refuse'; reason?: string }[] = [
  ...inOrder.flatMap((member, index) => (['registration', 'urssaf'] as const).map((kind) => ({ member, kind, inDays: 110 + 6 * index, then: 'accept' as const }))),
  // Paid in part by their client: what they are owed waits for the attestation that staff have to check.
  { member: 'les-passeurs', kind: 'registration', inDays: 140, then: 'accept' },
  { member: 'les-passeurs', kind: 'urssaf', inDays: 170, then: 'to_check' },
  { member: 'lea', kind: 'registration', inDays: 120, then: 'accept' },
  { member: 'atelier-boreal', kind: 'registration', inDays: 90, then: 'accept' },
  { member: 'lea', kind: 'urssaf', inDays: 140, then: 'accept' },
  { member: 'lea', kind: 'insurance', inDays: 300, then: 'accept' },
  { member: 'hugo', kind: 'urssaf', inDays: 95, then: 'accept' },
  { member: 'hugo', kind: 'registration', inDays: 80, then: 'accept' },
  { member: 'thomas', kind: 'insurance', inDays: 12, then: 'accept' },
  { member: 'ines', kind: 'urssaf', inDays: 160, then: 'to_check' },
  { member: 'camille', kind: 'insurance', inDays: 210, then: 'to_check' },
  { member: 'oscar', kind: 'registration', inDays: 60, then: 'refuse', reason: 'Le justificatif date de plus de trois mois : il nous en faut un récent.' },
  { member: 'atelier-boreal', kind: 'urssaf', inDays: 44, then: 'accept' },
];
