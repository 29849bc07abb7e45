import { days, flat, rights, type DemoProject } from '../project-story.ts';
import { lateAtOnce, quickExpiry, quickWindows } from './short-terms.ts';

/** Every way a project ends. */
export const endings: readonly DemoProject[] = [
  {
    slug: 'kermorvan-presse', client: 'solenn', manager: 'mathieu', terms: quickWindows, referral: { member: 'alice', level: 'supported_lead' },
    brief: {
      title: 'Faire parler de nos cent ans', themes: ['relations-presse', 'redaction'], budget: 9_000,
      problem: 'Cent ans de galettes et pas un article depuis dix ans.', deliverables: 'Dossier de presse, relations médias pendant trois mois, deux voyages de journalistes.', timing: 'Anniversaire en octobre.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('antoine', 'Bonjour Solenn, un four centenaire, une recette secrète et une usine au bord de l’eau : les journalistes viendront. Manon écrirait le dossier, je m’occupe du reste.', ['manon']);
      await story.choose(['antoine'], 'Merci.');
      await story.quote('antoine', { lines: [days('Relations médias', 'Trois mois de relations médias', 10, 480), flat('Voyages', 'Voyage de journalistes', 650, 2)] });
      await story.quote('manon', { lines: [days('Dossier', 'Enquête et rédaction du dossier de presse', 4, 440), rights('Textes, tous supports, cinq ans', 300)] });
      await story.sendQuote('Bonjour Solenn, de quoi faire parler de vous jusqu’à Noël.');
      await story.sign('Gérante');
      await story.invoice('antoine', 2_400, 'deposit');
      await story.issued(1);
      await story.pay('VIR KERMORVAN 1', 'everything due', 1);
      await story.sendPayouts(1);
      await story.invoice('antoine', 'everything left', 'balance', 2);
      await story.invoice('manon', 'everything left', 'balance');
      await story.issued(2);
      await story.pay('VIR KERMORVAN 2', 1_500, 2);
      await story.sendPayouts(2, 1);
      await story.pay('VIR KERMORVAN 3', 'everything due', 2);
      await story.sendPayouts(2, 2);
      await story.untilStage('closed');
    },
  },
  {
    slug: 'verrier-son', client: 'clemence', manager: 'helene', terms: lateAtOnce,
    brief: {
      title: 'Une signature sonore', themes: ['film', 'motion'], budget: 4_000,
      problem: 'Nos vidéos se ressemblent par l’image et jamais par le son.', deliverables: 'Une signature de trois secondes, deux habillages.', timing: 'Trois semaines.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('emile', 'Bonjour Clémence, le bruit d’une charnière qui se ferme est déjà une signature : j’aimerais partir de votre atelier, micro en main.');
      await story.choose(['emile'], 'Merci.');
      await story.quote('emile', { lines: [days('Signature', 'Prise de son à l’atelier et composition', 5, 430), rights('Tous médias, monde, dix ans', 800)] });
      await story.sendQuote('Bonjour Clémence, trois secondes qui vous ressemblent.');
      await story.sign('Fondatrice');
      await story.invoice('emile', 'everything left', 'balance');
      await story.issued();
      await story.pay('VIR VERRIER 118');
      await story.sendPayouts();
      await story.untilStage('closed');
    },
  },
  {
    slug: 'delcourt-interim', client: 'benoit', manager: 'mathieu',
    brief: { title: 'Trois graphistes pour six mois', themes: ['identite'], problem: 'Il nous faudrait trois graphistes dans nos bureaux, à plein temps, sous les ordres de notre chef d’atelier.', timing: 'Lundi prochain.' },
    tell: async (story) => {
      await story.reject('Vous décrivez des postes, avec un lien de subordination : c’est le métier de l’intérim, pas le nôtre. Si le besoin devient un projet avec un résultat à livrer, nous serons ravis d’en parler.');
    },
  },
  {
    slug: 'grand-large-podcast', client: 'yann', manager: 'helene',
    brief: { title: 'Un podcast avec nos traducteurs', themes: ['redaction', 'film'], budget: 10_000, problem: 'Nos traducteurs ont des histoires formidables, et leur nom est écrit en tout petit.', deliverables: 'Huit épisodes de vingt minutes.' },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('emile', 'Bonjour Yann, j’enregistre des voix depuis quinze ans et je lis des traductions tous les soirs. Huit épisodes, huit langues : j’ai déjà la musique en tête.');
      await story.choose(['emile'], 'Merci.');
      await story.quote('emile', { lines: [flat('Épisodes', 'Épisode enregistré, monté et mixé', 1_150, 8)] });
      await story.sendQuote('Bonjour Yann, huit voix et huit langues.');
      await story.decline('Le budget culture a été coupé de moitié la semaine dernière. L’idée nous plaît toujours : nous reviendrons vers vous l’an prochain.');
    },
  },
  {
    slug: 'helios-appli', client: 'ines', manager: 'mathieu', terms: quickExpiry,
    brief: { title: 'Suivre ma production solaire', themes: ['ux-ui', 'developpement'], budget: 25_000, problem: 'Nos sociétaires aimeraient voir ce que produit leur parc, au jour le jour.', deliverables: 'Une page sur téléphone, reliée à nos onduleurs.' },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('atelier-boreal', 'Bonjour Inès, une courbe, une phrase, une fierté : nous ferions tenir la production du jour sur un seul écran, lisible en plein soleil.');
      await story.choose(['atelier-boreal'], 'Merci.');
      await story.quote('atelier-boreal', { lines: [days('Application', 'Conception et interface', 9, 620), days('Application', 'Lien avec les onduleurs et mise en ligne', 14, 620)] });
      await story.sendQuote('Bonjour Inès, voici de quoi regarder le soleil travailler.');
      await story.untilStage('expired');
    },
  },
  {
    slug: 'verrier-vitrine', client: 'clemence', manager: 'helene',
    brief: { title: 'Habiller nos vitrines de Noël', themes: ['evenement'], budget: 5_000, problem: 'Deux vitrines, une rue passante, et l’envie de faire sourire les enfants.', timing: 'Pose le 24 novembre.' },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('clara', 'Bonjour Clémence, des lunettes géantes suspendues à hauteur d’enfant, et leurs yeux derrière : j’ai déjà un croquis à vous montrer.');
      await story.withdraw('Le propriétaire refuse tout habillage cette année. C’est rageant ; nous recommencerons l’an prochain.');
    },
  },
  {
    slug: 'kermorvan-visite', client: 'solenn', manager: 'mathieu',
    brief: { title: 'Un parcours de visite de l’usine', themes: ['evenement', 'conseil'], problem: 'On nous demande de visiter la biscuiterie tout l’été, et rien n’est prévu.', deliverables: 'Un parcours, une signalétique, une petite boutique.' },
    async tell(story) {
      await story.approve();
      await story.abandon('Travaux repoussés de deux ans, d’après Solenn au téléphone. Nous rouvrirons le sujet avec elle.');
    },
  },
];
