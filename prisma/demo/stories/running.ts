import { cost, days, flat, option, rights, type DemoProject } from '../project-story.ts';
import { lateAtOnce, quickWindows } from './short-terms.ts';

/** Signed projects: windows open, an anomaly, invoices issued, late, paid in part, payouts to send, an amendment. */
export const running: readonly DemoProject[] = [
  {
    slug: 'verrier-portraits', client: 'clemence', manager: 'helene',
    brief: {
      title: 'Portraits de l’atelier', themes: ['photo'], budget: 7_000,
      problem: 'Nos artisans ont des gestes magnifiques et aucune photo à montrer.', deliverables: 'Quarante photos retouchées, pour le site, la presse et les opticiens.', timing: 'Deux journées en novembre.',
    },
    async tell(story) {
      await story.approve();
      await story.startCasting();
      await story.invite(['camille'], 'Vos portraits de couteliers sont exactement ce que nous cherchons.');
      await story.answerInvitation('camille', true, 'Avec grand plaisir : le verre et l’acétate, j’en rêvais. Je peux venir repérer la semaine prochaine.');
      await story.choose(['camille'], 'Merci.');
      await story.quote('camille', { lines: [days('Prises de vues', 'Journée à l’atelier, assistant compris', 2, 620), flat('Retouche', 'Photo retouchée', 45, 40), rights('Site, presse et points de vente, monde, trois ans', 1_200)] });
      await story.sendQuote('Bonjour Clémence, tout est là : les droits sont à part, pour trois ans.');
      await story.sign('Fondatrice');
      // Without a mandate the preview waits for her approval; the 48 hours only remind.
      await story.invoice('camille', 'everything left');
    },
  },
  {
    slug: 'alize-rapport', client: 'sandrine', manager: 'mathieu',
    brief: {
      title: 'Rapport annuel', themes: ['identite', 'redaction', 'data'], budget: 24_000,
      problem: 'Quatre-vingts pages que personne ne lit, à rendre utiles aux délégués.', deliverables: 'Un rapport de trente-deux pages, une version web, douze graphiques.', timing: 'Assemblée du 28 juin.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('studio-marge', 'Bonjour Sandrine, moins de pages et plus de lecteurs : notre rapport pour la fondation Racines est passé de 96 à 40 pages, et on nous en redemande. Paul ferait parler les chiffres.', ['paul']);
      await story.choose(['studio-marge'], 'Merci.');
      await story.quote('studio-marge', { lines: [days('Édition', 'Chemin de fer et maquette', 9, 540), days('Édition', 'Mise en page et suivi d’impression', 8, 540), cost('Achat de caractères', 320)] });
      await story.quote('paul', { lines: [days('Graphiques', 'Données, graphiques et relecture', 7, 650)] });
      await story.sendQuote('Bonjour Sandrine, une équipe de trois pour un rapport qu’on lira.');
      await story.sign('Directrice de la communication', [], 'ALZ-2026-0417');
      // Two windows of 48 h, open now.
      await story.invoice('studio-marge', 4_500, 'deposit');
      await story.invoice('paul', 1_300);
    },
  },
  {
    slug: 'helios-film', client: 'ines', manager: 'mathieu',
    brief: {
      title: 'Le chantier de Saint-Drézéry en images', themes: ['film', 'photo'], budget: 12_000,
      problem: 'Nos sociétaires financent un parc qu’ils ne voient pas sortir de terre.', deliverables: 'Un suivi mensuel, une séquence accélérée, un film de fin de chantier.', timing: 'D’octobre à mai.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('bastien', 'Bonjour Inès, j’ai suivi le parc des Hauts pendant onze mois, depuis le premier piquet. Télépilote déclaré, et habitué aux consignes de chantier.');
      await story.choose(['bastien'], 'Merci.');
      await story.quote('bastien', { lines: [days('Suivi', 'Journée de tournage mensuelle, drone compris', 8, 570), days('Montage', 'Montage du film et de la séquence', 6, 570), cost('Déplacements', 640)], schedule: 'instalments' });
      await story.sendQuote('Bonjour Inès, huit visites et un film à la fin.');
      await story.sign('Directrice');
      await story.invoice('bastien', 1_710);
      await story.reportAnomaly('bastien', 'L’aperçu porte mon ancienne adresse, et il manque la journée du 14 novembre : le montant devrait être de 2 280 €.');
    },
  },
  {
    slug: 'kermorvan-boutique', client: 'solenn', manager: 'mathieu', terms: quickWindows, referral: { member: 'nora', level: 'introduction' },
    brief: {
      title: 'Vendre nos galettes en ligne', themes: ['developpement', 'site-web', 'seo'], budget: 30_000,
      problem: 'Le téléphone sonne tout décembre pour des commandes que nous notons sur des carnets.',
      objectives: 'Mille commandes le premier hiver, sans carnet.', deliverables: 'Une boutique, le paiement, l’expédition, et nos fiches produits.', constraints: 'Relié à notre logiciel de stocks.', timing: 'Ouverture le 15 octobre.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('victor', 'Bonjour Solenn, relier une boutique à des stocks d’usine sans rien casser un 20 décembre, c’est mon métier depuis les caves Roussillon. Nora s’occuperait de vous faire trouver.', ['nora']);
      await story.apply('hugo', 'Bonjour, j’ai fait la boutique de Papier Plume, qui expédie elle aussi des choses fragiles. Je serais heureux d’en parler avec vous.');
      await story.choose(['victor'], 'Merci Hugo. Nous avons retenu l’équipe qui connaissait déjà notre logiciel de stocks.');
      await story.quote('victor', {
        lines: [days('Boutique', 'Catalogue, panier et paiement', 14, 590), days('Boutique', 'Lien avec les stocks et les transporteurs', 8, 590), option(days('Boutique', 'Abonnement mensuel « La boîte du goûter »', 5, 590))],
        schedule: 'deposit_balance', depositPercent: 30, conditions: 'Recette en deux passes, garantie trois mois.',
      });
      await story.quote('nora', { lines: [days('Référencement', 'Architecture et fiches produits', 5, 550), days('Référencement', 'Suivi, trois mois après l’ouverture', 3, 550)] });
      await story.sendQuote('Bonjour Solenn, voici votre boutique. « La boîte du goûter » est en option.');
      await story.sign('Gérante', ['Abonnement']);
      await story.invoice('victor', 4_500, 'deposit');
      await story.issued();
      await story.declareTransfer('VIR KERMORVAN ACOMPTE');
      await story.openAmendment('Ajouter la vente aux comités d’entreprise, avec des prix par quantité.', ['victor']);
      await story.quote('victor', { lines: [days('Comités d’entreprise', 'Comptes, prix par quantité et bons de commande', 6, 590)] });
    },
  },
  {
    slug: 'vetalis-charte', client: 'marion', manager: 'mathieu', terms: quickWindows,
    brief: {
      title: 'Une charte pour nos neuf cliniques', themes: ['identite', 'conseil'], budget: 20_000,
      problem: 'Neuf enseignes, neuf logos, et des clients qui ne savent pas que nous sommes la même équipe.', deliverables: 'Positionnement, charte, enseignes, papeterie.', timing: 'Déploiement en septembre.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('alice', 'Bonjour Marion, réunir neuf maisons sans en effacer aucune : c’est ce que nous avons fait pour les fromageries Valloire. Léa dessinerait, je construirais le discours avec vos associés.', ['lea']);
      await story.choose(['alice'], 'Merci.');
      await story.quote('alice', { lines: [days('Positionnement', 'Entretiens avec les associés et ateliers', 6, 700), days('Positionnement', 'Plateforme de marque', 3, 700)] });
      await story.quote('lea', { lines: [days('Charte', 'Signe, principes et déclinaisons', 12, 520), rights('Tous supports, France, dix ans', 2_000)] });
      await story.sendQuote('Bonjour Marion, neuf cliniques, une seule allure.');
      await story.sign('Présidente');
      await story.invoice('alice', 'everything left');
      await story.invoice('lea', 4_000);
      await story.issued();
    },
  },
  {
    slug: 'delcourt-livrees', client: 'benoit', manager: 'mathieu', terms: lateAtOnce,
    brief: {
      title: 'La livrée de nos soixante camions', themes: ['identite'], budget: 9_000,
      problem: 'Nos camions sont notre seule publicité, et ils sont blancs.', deliverables: 'Une livrée, trois gabarits, les fichiers pour le poseur.', timing: 'Pose à partir de février.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('studio-marge', 'Bonjour Benoît, une livrée se lit en quatre secondes à quatre-vingt-dix kilomètres à l’heure : nous dessinons pour cela, pas pour une vitrine.');
      await story.choose(['studio-marge'], 'Merci.');
      await story.quote('studio-marge', { lines: [days('Livrée', 'Recherche et trois pistes', 6, 540), days('Livrée', 'Gabarits et fichiers de pose', 4, 540), rights('Véhicules du groupe, sans limite de durée', 900)] });
      await story.sendQuote('Bonjour Benoît, une livrée qu’on reconnaît de loin.');
      await story.sign('Gérant');
      await story.invoice('studio-marge', 'everything left');
      await story.issued();
      await story.until('the due date', async () => (await story.invoiceOf(1)).dunningLevel >= 2);
    },
  },
  {
    slug: 'alize-ateliers', client: 'karim', manager: 'mathieu', terms: lateAtOnce,
    brief: {
      title: 'Ateliers « Bien vieillir » en entreprise', themes: ['conseil', 'evenement'], budget: 15_000,
      problem: 'Nos interventions ressemblent à des conférences, et les participants regardent leur montre.', deliverables: 'Un format d’atelier, un kit d’animation, dix ateliers pilotes.', timing: 'De septembre à décembre.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('les-passeurs', 'Bonjour Karim, un atelier où l’on fait plutôt qu’on écoute, et un kit pour que vos délégués l’animent sans nous : voilà comment nous imaginons la suite. Sarah tiendrait le calendrier des dix sites.', ['sarah']);
      await story.choose(['les-passeurs'], 'Merci.');
      await story.quote('les-passeurs', { lines: [days('Format', 'Conception et kit d’animation', 7, 640), flat('Pilotes', 'Atelier animé à deux', 620, 10)] });
      await story.quote('sarah', { lines: [days('Coordination', 'Calendrier et suivi des dix sites', 5, 600)] });
      await story.sendQuote('Bonjour Karim, dix ateliers et de quoi continuer sans nous.');
      await story.sign('Directeur de la prévention', [], 'ALZ-2026-0388');
      await story.invoice('les-passeurs', 6_200);
      await story.invoice('sarah', 1_800);
      await story.issued();
      await story.pay('VIR ALIZE PARTIEL', 5_000);
      await story.sendPayouts();
    },
  },
  {
    slug: 'vetalis-audience', client: 'marion', manager: 'helene', terms: quickWindows, referral: { member: 'hugo', level: 'full_lead' },
    brief: {
      title: 'Mesurer nos prises de rendez-vous', themes: ['data', 'seo'], budget: 6_000,
      problem: 'Nous payons trois plateformes de rendez-vous sans savoir laquelle nous amène du monde.', deliverables: 'Plan de marquage, tableau de bord, formation de deux personnes.', timing: 'Deux mois.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('fatou', 'Bonjour Marion, trois plateformes et une seule question : laquelle vous amène des clients qui reviennent ? Je sais y répondre sans rien installer d’intrusif.');
      await story.choose(['fatou'], 'Merci.');
      await story.quote('fatou', { lines: [days('Mesure', 'Plan de marquage et mise en place', 5, 530), days('Mesure', 'Tableau de bord et formation', 3, 530)] });
      await story.sendQuote('Bonjour Marion, deux mois pour y voir clair.');
      await story.sign('Présidente');
      await story.invoice('fatou', 'everything left', 'balance');
      await story.issued();
      await story.pay('VIR VETALIS 0231');
      // The client has paid: Fatou's transfer and Hugo's commission are to send.
    },
  },
];
