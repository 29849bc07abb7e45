import type { DemoProject } from '../project-story.ts';

/** Briefs to check, to complete, to distribute; castings and publications. */
export const beforeQuotes: readonly DemoProject[] = [
  {
    slug: 'vetalis-film', client: 'marion', manager: 'mathieu',
    brief: {
      title: 'Film de présentation de nos cliniques', themes: ['film', 'redaction'], budget: 14_000,
      problem: 'Les propriétaires d’animaux nous trouvent par hasard et nous croient une chaîne impersonnelle. Nous voulons montrer nos équipes au travail, telles qu’elles sont.',
      objectives: 'Un film qui donne envie de prendre rendez-vous et que nos vétérinaires soient fiers de partager.',
      context: 'Neuf cliniques en Nouvelle-Aquitaine, 140 salariés, ouvertes depuis 2012.',
      deliverables: 'Un film de deux minutes, trois versions de trente secondes, sous-titres français.',
      constraints: 'Tournage hors des heures de chirurgie, autorisations à recueillir auprès des clients.',
      timing: 'Tournage en janvier, diffusion en mars.',
    },
    tell: async () => undefined,
  },
  {
    slug: 'grand-large-donnees', client: 'yann', manager: 'helene',
    brief: {
      title: 'Un tableau de bord de nos ventes', themes: ['data', 'conseil'], budget: 9_000,
      problem: 'Nos chiffres dorment dans trois fichiers que personne n’ouvre. Nous décidons des réimpressions à l’instinct.',
      objectives: 'Savoir chaque lundi quels titres réimprimer, et pourquoi.',
      deliverables: 'Une page lisible par un éditeur, mise à jour chaque nuit, et une demi-journée de prise en main.',
      constraints: 'Les données viennent du distributeur, en CSV, et de notre caisse.', timing: 'Avant le salon du livre de mars.',
    },
    tell: async () => undefined,
  },
  {
    slug: 'delcourt-communication', client: 'benoit', manager: 'mathieu',
    brief: {
      title: 'Refaire notre communication', themes: ['conseil', 'identite'],
      problem: 'Nos camions ont changé, notre image non. Il faudrait tout revoir.', timing: 'Dès que possible.',
    },
    async tell(story) {
      await story.askChanges(
        'Bonjour Benoît, le sujet nous plaît. Trois précisions, et nous trouverons les bonnes personnes.',
        [
          { field: 'problem', text: 'Que recouvre « tout » : le logo, le site, les véhicules, le recrutement ?' },
          { field: 'objectives', text: 'À qui parlez-vous d’abord ?' },
          { field: 'budget', text: 'Une fourchette, même large, évite les devis hors sujet.' },
        ],
      );
    },
  },
  {
    slug: 'alize-prevention', client: 'sandrine', manager: 'mathieu',
    brief: {
      title: 'Campagne « Le dos, parlons-en »', themes: ['redaction', 'social-media', 'motion'], budget: 32_000,
      problem: 'Le mal de dos est la première cause d’arrêt chez nos adhérents, et nos dépliants finissent à la corbeille.',
      objectives: 'Faire suivre un programme de cinq exercices à 8 000 adhérents en trois mois.',
      deliverables: 'Concept, cinq vidéos courtes, une série d’e-mails, des affiches pour les entreprises adhérentes.',
      constraints: 'Relecture par notre médecin-conseil ; sous-titres et transcription obligatoires.',
      requirements: 'Une première expérience en santé ou en prévention.', timing: 'Lancement au printemps.',
    },
    tell: async (story) => {
      await story.approve();
    },
  },
  {
    slug: 'verrier-lunettes', client: 'clemence', manager: 'helene',
    brief: {
      title: 'Identité de la collection « Persienne »', themes: ['identite', 'photo'], budget: 18_000,
      problem: 'Nous lançons une collection de lunettes fabriquées dans notre atelier. Elle doit avoir son nom, son allure, et ne ressembler à aucune autre.',
      objectives: 'Vingt opticiens partenaires à la présentation de juin.',
      deliverables: 'Signe, palette, étui, présentoir et carnet de présentation.', constraints: 'L’étui est fabriqué par notre gainier, en cuir et en papier.',
      requirements: 'Avoir déjà travaillé un objet de petite série.', timing: 'Présentation le 12 juin.',
    },
    async tell(story) {
      await story.approve();
      await story.startCasting();
      await story.keep('lea', 'Son travail pour Ar Mor a la simplicité que nous cherchons. À rappeler en premier.');
      await story.keep('studio-marge');
      await story.keep('maelle', 'Pour les étuis, peut-être, plutôt que pour le signe.');
      await story.invite(['lea', 'studio-marge', 'alice', 'maelle'], 'Votre travail sur la matière nous a arrêtés. Auriez-vous envie de parler lunettes avec nous ?');
      await story.answerInvitation('lea', true, 'Bonjour Clémence, un objet que l’on porte sur le visage, fait main : c’est le genre de projet que j’attends. Je suis disponible dès février.');
      await story.answerInvitation('alice', false, 'Merci beaucoup, mais je suis prise jusqu’à l’été.');
    },
  },
  {
    slug: 'helios-citoyens', client: 'ines', manager: 'mathieu',
    brief: {
      title: 'Expliquer l’épargne citoyenne en une minute', themes: ['motion', 'redaction', 'film'], budget: 8_500,
      problem: 'Nos réunions publiques convainquent, notre site perd tout le monde. L’idée est simple : chacun prête un peu, le parc solaire se construit, l’argent revient avec des intérêts.',
      objectives: 'Un visiteur sur dix qui laisse son adresse.', deliverables: 'Un film d’une minute, une page, trois illustrations réutilisables.',
      context: 'Coopérative de 2 300 sociétaires, cinq parcs en service.', timing: 'Avant l’ouverture de la souscription, le 3 avril.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('oscar', 'Bonjour Inès, j’ai réalisé la série « Le Vent en commun » pour une coopérative voisine de la vôtre : les mêmes questions, et des sociétaires à ne pas prendre pour des clients. Je propose d’écrire avec Manon.', ['manon', 'emile']);
      await story.apply('thomas', 'Bonjour, je verrais un film tourné avec vos sociétaires plutôt qu’une animation : leurs visages sont votre meilleur argument. Je vous montre deux exemples quand vous voulez.');
      await story.notice('Merci pour vos messages. Nous lisons tout jusqu’à vendredi et nous vous répondons, à chacun, lundi.');
    },
  },
  {
    slug: 'grand-large-salon', client: 'yann', manager: 'helene',
    brief: {
      title: 'Notre stand au salon du livre', themes: ['evenement', 'identite'], budget: 12_000,
      problem: 'Douze mètres carrés entre deux géants. Il faut qu’on nous voie de loin et qu’on reste.',
      deliverables: 'Plans, fabrication, montage, et de quoi resservir l’an prochain.', constraints: 'Tout doit tenir dans un utilitaire.', timing: 'Du 20 au 23 mars.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('clara', 'Bonjour Yann, un stand d’éditeur qui se démonte et voyage : j’en ai dessiné un pour la foire aux livres d’Angers, il en est à sa quatrième année. Je connais le parc et ses horaires de montage.');
    },
  },
];
