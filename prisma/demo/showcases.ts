import type { PeriodKind } from '../../domain/availability.ts';

/** What clients see of demo members besides their candidature: each reference in its order, as [client, year, text]; their photograph unless told otherwise; when they are free. */
export interface DemoShowcase {
  readonly references: readonly (readonly [string, number, string])[];
  readonly picture?: false;
  readonly availability?: 'soon' | 'busy';
  /** The day it ends, counted from today. */
  readonly inDays?: number;
  /** Their calendar: what, from and to so many days from today, and a note for themself. */
  readonly calendar?: readonly (readonly [PeriodKind, number, number, string?])[];
}

export const demoShowcases: Readonly<Record<string, DemoShowcase>> = {
  lea: { availability: 'soon', inDays: 24, calendar: [['partly', 3, 9, 'Fin de la charte des halles'], ['taken', 38, 47, 'Vacances'], ['partly', 60, 74, 'Deux jours par semaine chez Ar Mor']], references: [['Conserverie Ar Mor', 2024, 'Nom, signe, boîtes et caisses : douze recettes reconnaissables de loin, imprimées en deux couleurs.'], ['Feuille à feuille', 2025, 'Une gamme de dix-huit thés rangée par heure de la journée, du nuancier au sachet.']] },
  hugo: { calendar: [['taken', 12, 30, 'Mise en ligne de la Fédération'], ['partly', 31, 44]], references: [['Fédération Rivages', 2025, 'Quarante clubs, un seul site, 96 Ko par page. Repris depuis par leur équipe.'], ['Papier Plume', 2023, 'Boutique accessible de bout en bout, jusqu’au paiement au clavier.']] },
  ines: { references: [['Centres Santé Sud', 2025, 'Trois semaines en salle d’attente, puis un parcours de prise de rendez-vous en quatre écrans.'], ['Habitat 9', 2024, 'Déclarer une fuite, suivre le passage, comprendre son loyer : testé avec soixante locataires.']] },
  oscar: { references: [['Le Vent en commun', 2024, 'Quatre films d’une minute qui expliquent l’épargne citoyenne sans un mot de finance.'], ['Festival Traverses', 2025, 'Génériques et habillage des projections, animés image par image.']] },
  camille: { availability: 'busy', inDays: 40, references: [['Coutellerie Sauvageot', 2024, 'Cent vingt couteaux, une seule lumière, celle de l’atelier à dix heures.'], ['Métiers d’art d’Auvergne', 2023, 'Quatorze portraits, exposés à Thiers puis en plein air.']] },
  thomas: { references: [['Agence de l’eau', 2025, 'Six épisodes de cinq minutes sur ceux qui vivent du fleuve.'], ['Terres d’Ouest', 2022, 'Le film d’un anniversaire, raconté par trois générations d’adhérents.']] },
  manon: { references: [['Banque Ruche', 2024, 'Un ton de marque en dix règles, adopté des contrats aux réponses du service client.'], ['Musée des Salines', 2025, 'Les textes d’une exposition lus par des enfants de neuf ans avant d’être imprimés.']] },
  jules: { availability: 'soon', references: [['Librairie Les Marées', 2025, 'De trois cents à douze mille abonnés, en parlant de livres et jamais de promotions.'], ['Glacerie Polaire', 2024, 'Lancement en quinze jours, une file sur le trottoir.']] },
  nora: { references: [['Voyages Cap Sud', 2024, 'Onze mille pages déplacées en une nuit, sans perdre une visite.'], ['Jardins ouverts', 2023, 'Une arborescence par saison plutôt que par mot-clé.']] },
  paul: { references: [['Bio d’ici', 2025, 'Le stock de trente magasins sur une page, relue chaque lundi par leurs gérants.'], ['Pays basque', 2023, 'Un observatoire public des déplacements, données ouvertes comprises.']] },
  sarah: { references: [['Savoie-biblio', 2024, 'Cent bibliothèques, quatre prestataires, une ouverture le jour dit.'], ['Orsay Industries', 2022, 'Refonte d’un intranet de 6 000 pages, dont 5 100 supprimées.']] },
  maelle: { calendar: [['taken', 0, 16, 'Boîtes de Noël'], ['partly', 17, 24]], references: [['Confiserie Sablons', 2025, 'Une gouache par parfum, de la fleur à la boîte.'], ['Marché de Locronan', 2024, 'L’affiche que les commerçants ont gardée en vitrine.']] },
  antoine: { picture: false, references: [['Revue Ancrages', 2025, 'Douze articles avant le premier numéro.'], ['Coopérative Grain', 2024, 'Une rentrée racontée par ses meuniers, reprise au journal du soir.']] },
  'studio-marge': { calendar: [['partly', 0, 20, 'Un graphiste sur deux'], ['taken', 21, 35]], references: [['Fondation Racines', 2025, 'Un rapport annuel que l’on garde : papier recyclé, reliure cousue.'], ['Éditions Littoral', 2023, 'La maquette d’une collection de poche, trente titres parus.']] },
  'atelier-boreal': { availability: 'soon', inDays: 60, references: [['Vélos partagés', 2024, 'Débloquer un vélo en sept secondes, gants compris.'], ['Théâtre du Passage', 2025, 'Programme, billets et coulisses dans un site de quatre gabarits.']] },
  clara: { references: [['Vignerons du Layon', 2025, 'Une convention dans les chais, montée en deux jours avec les tonneliers.'], ['Musée de la maille', 2023, 'Une exposition où l’on touche, faite avec huit ateliers.']] },
  victor: { references: [['Caves Roussillon', 2024, 'Trois transporteurs, deux entrepôts, aucune coupure pendant les soldes.'], ['Brocante & Cie', 2025, 'Place de marché de deux cents vendeurs, reversements compris.']] },
  alice: { availability: 'busy', calendar: [['free', 45, 60], ['partly', 61, 90]], references: [['Fromageries Valloire', 2024, 'Une phrase, trois preuves, et un siècle d’histoire remis dans l’ordre.'], ['École Horizon', 2023, 'Repositionnement mené avec les élèves, les parents et le maire.']] },
  emile: { references: [['Réseau Tramouest', 2024, 'Quatre notes que la ville fredonne, et trente annonces qui en découlent.'], ['Grande Marée', 2025, 'Musique d’un documentaire, enregistrée sur une digue.']] },
  salome: { references: [['Assurances Cèdre', 2025, 'Soixante composants, une documentation que les développeurs ouvrent.'], ['Ma Tournée', 2024, 'L’outil des infirmiers à domicile, pensé pour une main et en plein soleil.']] },
  bastien: { picture: false, references: [['Pont de Térénez', 2022, 'Dix-huit mois de chantier en trois minutes.'], ['Parc des Hauts', 2025, 'Le montage de six éoliennes, filmé sans arrêter une grue.']] },
  fatou: { references: [['Presse Ouest', 2025, 'Une mesure sans traceur publicitaire, acceptée par onze rédactions.'], ['Scènes', 2024, 'La billetterie de quatre salles, lue d’un coup d’œil.']] },
  'les-passeurs': { references: [['Pays de Retz', 2025, 'Cent citoyens, quatre week-ends, une fresque de vingt-deux mètres.'], ['Mutuelle Agora', 2024, 'Un séminaire dont le compte rendu tenait sur une affiche.']] },
  romane: { references: [['Ferme des Tilleuls', 2025, 'Une vidéo par jour de moisson, tournée avant sept heures.'], ['Ateliers d’art de Bourgogne', 2024, 'Douze artisans, une minute chacun, sans voix off.']] },
};
