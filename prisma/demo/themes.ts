/** M5: what members and projects are sorted by. */
export const demoThemes = [
  { slug: 'identite', nameFr: 'Identité de marque', nameEn: 'Brand identity' },
  { slug: 'site-web', nameFr: 'Site web', nameEn: 'Website' },
  { slug: 'ux-ui', nameFr: 'UX / UI', nameEn: 'UX / UI' },
  { slug: 'motion', nameFr: 'Motion design', nameEn: 'Motion design' },
  { slug: 'film', nameFr: 'Film', nameEn: 'Film' },
  { slug: 'photo', nameFr: 'Photo', nameEn: 'Photography' },
  { slug: 'redaction', nameFr: 'Rédaction', nameEn: 'Copywriting' },
  { slug: 'social-media', nameFr: 'Réseaux sociaux', nameEn: 'Social media' },
  { slug: 'seo', nameFr: 'Référencement', nameEn: 'Search engine optimisation' },
  { slug: 'data', nameFr: 'Données', nameEn: 'Data' },
  { slug: 'developpement', nameFr: 'Développement', nameEn: 'Development' },
  { slug: 'conseil', nameFr: 'Conseil', nameEn: 'Consulting' },
  { slug: 'relations-presse', nameFr: 'Relations presse', nameEn: 'Press relations' },
  { slug: 'evenement', nameFr: 'Événement', nameEn: 'Events' },
] as const;

export type DemoTheme = (typeof demoThemes)[number]['slug'];
