import { cost, days, flat, offered, option, rights, type DemoProject } from '../project-story.ts';
import { lateQuote } from './short-terms.ts';

/** Teams that quote, the 24 h of staff, global quotes at the client's. */
export const quotes: readonly DemoProject[] = [
  {
    slug: 'kermorvan-boites', client: 'solenn', manager: 'mathieu',
    brief: {
      title: 'Une nouvelle gamme de boîtes à galettes', themes: ['identite', 'photo'], budget: 16_000,
      problem: 'Nos boîtes plaisent aux touristes et vieillissent dans les épiceries fines. Nous voulons une gamme que l’on garde.',
      objectives: 'Entrer chez quarante épiceries fines d’ici Noël.', deliverables: 'Quatre boîtes, les fichiers pour l’imprimeur, les photos pour le catalogue.',
      constraints: 'Métal imprimé, cinq couleurs au plus.', requirements: 'Connaître l’impression sur métal.', timing: 'Fichiers définitifs fin mai.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('lea', 'Bonjour Solenn, j’ai dessiné les boîtes de la conserverie Ar Mor, imprimées à Quimper elles aussi. Je viendrais avec Maëlle, dont les illustrations végétales appellent le beurre salé.', ['maelle']);
      await story.apply('studio-marge', 'Bonjour, nos boîtes de la collection Littoral sont encore en rayon après huit ans. Nous aimerions vous montrer comment nous pensons une gamme.');
      await story.choose(['lea'], 'Merci pour votre proposition, très soignée. Nous avons préféré une équipe qui connaît notre imprimeur.');
    },
  },
  {
    slug: 'alize-espace', client: 'karim', manager: 'mathieu',
    brief: {
      title: 'Refonte de l’espace adhérent', themes: ['ux-ui', 'developpement', 'conseil'], budget: 60_000,
      problem: 'Un adhérent sur trois appelle pour savoir où en est son remboursement, alors que la réponse est en ligne.',
      objectives: 'Moitié moins d’appels sur ce motif en six mois.', deliverables: 'Recherche, parcours, maquettes testées, système de design, accompagnement des développeurs internes.',
      constraints: 'RGAA, SSO existant, hébergement de données de santé.', requirements: 'Références en santé ou en service public.', timing: 'Première mise en ligne en septembre.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('ines', 'Bonjour Karim, la question « où en est mon dossier » est celle sur laquelle je travaille depuis cinq ans avec des centres de santé. Salomé construirait le système de design avec vos développeurs.', ['salome']);
      await story.choose(['ines'], 'Merci de votre intérêt pour ce projet.');
      await story.quote('ines', {
        lines: [
          days('Comprendre', 'Entretiens avec douze adhérents et écoute au centre d’appels', 8, 580), days('Comprendre', 'Restitution et priorités', 2, 580),
          days('Dessiner', 'Parcours de remboursement, de bout en bout', 12, 580), days('Dessiner', 'Prototype et trois vagues de tests', 9, 580),
          cost('Indemnisation des personnes testées', 900), option(days('Suivre', 'Mesure à six mois', 3, 580)),
        ],
        conditions: 'Validation en deux allers-retours par étape. Accès au centre d’appels à prévoir dès la première semaine.', schedule: 'instalments',
      });
    },
  },
  {
    slug: 'delcourt-vitrine', client: 'benoit', manager: 'mathieu', terms: lateQuote,
    brief: {
      title: 'Un site pour recruter des conducteurs', themes: ['site-web', 'seo'], budget: 11_000,
      problem: 'Nous cherchons trente conducteurs et notre site ne parle que de nos camions.',
      deliverables: 'Un site de huit pages, un formulaire de candidature en deux minutes sur téléphone.', timing: 'Avant l’été.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('hugo', 'Bonjour Benoît, candidater depuis un parking, au téléphone, avec une main : c’est ce formulaire-là que je veux vous montrer en premier. J’ai fait le même exercice pour une fédération de bateliers.');
      await story.choose(['hugo'], 'Merci.');
      await story.quote('hugo', {
        lines: [
          days('Site', 'Conception et maquettes', 4, 560), days('Site', 'Développement, accessibilité et mise en ligne', 9, 560),
          flat('Contenus', 'Reprise et mise en forme des huit pages', 900), cost('Hébergement, première année', 180),
        ],
        schedule: 'deposit_balance', depositPercent: 30,
      });
      // The workflow's own clock: the promised 24 hours are over, and administration is told.
      await story.until('the escalation', async () => (await story.round()).escalatedAt !== null);
    },
  },
  {
    slug: 'grand-large-reseaux', client: 'yann', manager: 'helene',
    brief: {
      title: 'Donner une voix à notre collection de poche', themes: ['social-media', 'redaction'], budget: 15_000,
      problem: 'Nos lecteurs parlent de nos livres, mais pas avec nous.', objectives: 'Une communauté qui vit toute seule au bout d’un an.',
      deliverables: 'Ligne éditoriale, trois mois d’animation, transmission à l’équipe.', timing: 'Rentrée littéraire.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('jules', 'Bonjour Yann, j’ai accompagné la librairie Les Marées pendant dix-huit mois : leurs lecteurs recommandent désormais à leur place. Romane filmerait ; moi, j’écris et je forme.', ['romane']);
      await story.apply('manon', 'Bonjour, je lis vos poches dans le train de 7 h 12 depuis six ans. Je sais quoi en dire, et surtout ce que vos lecteurs en disent.');
      await story.choose(['jules'], 'Merci Manon, votre message nous a touchés. Nous cherchions aussi quelqu’un pour filmer ; nous vous recontacterons pour nos quatrièmes de couverture.');
      await story.quote('jules', {
        lines: [
          days('Ligne éditoriale', 'Ateliers avec l’équipe et ligne éditoriale', 5, 420), days('Animation', 'Trois mois d’animation, deux jours par semaine', 24, 420),
          days('Transmission', 'Formation de l’équipe et guide', 2, 420), offered(flat('Animation', 'Bilan à mi-parcours', 400)),
        ],
        discount: 300, conditions: 'Les contenus publiés restent la propriété de la maison.',
      });
      await story.quote('romane', {
        lines: [flat('Vidéos', 'Vidéo verticale, tournée et montée', 320, 8), rights('Réseaux sociaux, France, deux ans', 400), option(flat('Vidéos', 'Portrait d’auteur de trois minutes', 900))],
      });
      await story.sendQuote('Bonjour Yann, voici la proposition de Jules et Romane. Le portrait d’auteur est en option : vous pourrez le décider au moment de signer.');
    },
  },
  {
    slug: 'vanderelst-export', client: 'lotte', manager: 'helene',
    brief: {
      title: 'A French website for our abbey beers', themes: ['site-web', 'redaction'], budget: 13_000,
      problem: 'French cafés ask for our beers and find a website in Dutch.', objectives: 'Twenty new cafés in the north of France within a year.',
      deliverables: 'A small French website, texts included, and a price list to download.', timing: 'Before the summer terraces open.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('atelier-boreal', 'Hello Lotte, small websites that load fast in a cellar are our favourite kind. Manon, who writes in our team, grew up behind a bar in Saint-Nazaire.', ['manon']);
      await story.choose(['atelier-boreal'], 'Thank you for your interest.');
      await story.quote('atelier-boreal', { lines: [days('Website', 'Design and development', 11, 620), cost('Hosting, first year', 240)] });
      await story.quote('manon', { lines: [days('Texts', 'Interviews, writing and proofreading', 6, 440), rights('Texts, all media, five years', 500)] });
      await story.sendQuote('Dear Lotte, here is the quote of your team: one document, one supplier, no French VAT to pay.');
      await story.askQuoteChange('Could you leave the hosting out? We have our own server, and our IT people would rather keep it.');
      await story.quote('atelier-boreal', { lines: [days('Website', 'Design and development', 11, 620), offered(flat('Website', 'Installation on the client’s server', 300))] }, 2);
      await story.sendQuote('Dear Lotte, the hosting is gone, and the installation on your server is on us.', 2);
    },
  },
  {
    slug: 'helios-assemblee', client: 'ines', manager: 'mathieu',
    brief: {
      title: 'Faciliter notre assemblée générale', themes: ['evenement', 'conseil'], budget: 6_000,
      problem: 'Deux cents sociétaires dans une salle, et toujours les mêmes qui parlent.', deliverables: 'Déroulé, animation, restitution dessinée.', timing: 'Samedi 16 mai.',
    },
    async tell(story) {
      await story.approve();
      await story.publish();
      await story.apply('les-passeurs', 'Bonjour Inès, deux cents personnes et une décision à prendre : c’est notre format préféré. Nous viendrions à trois, dont une scribe graphique, et nous préparerions le déroulé avec votre conseil.');
      await story.choose(['les-passeurs'], 'Merci.');
      await story.quote('les-passeurs', { lines: [days('Préparation', 'Déroulé avec le conseil', 3, 640), flat('Jour J', 'Animation à trois', 2_400)] });
      await story.sendBack('les-passeurs', 'La restitution dessinée, demandée dans le brief, n’apparaît pas dans le devis. Est-elle comprise dans la journée ?');
    },
  },
];
