import type { Db } from '../database/open.ts';

const subjects = ['identité visuelle', 'site vitrine', 'film de marque', 'refonte éditoriale', 'application mobile', 'exposition itinérante', 'campagne locale', 'rapport annuel', 'plateforme de données', 'audit accessibilité', 'emballages', 'podcast', 'signalétique', 'catalogue', 'événement', 'formation interne'];
const makers = ['coopérative', 'musée', 'éditeur', 'mairie', 'fonderie', 'brasserie', 'université', 'théâtre', 'assureur', 'laboratoire', 'maraîcher', 'transporteur', 'fondation', 'librairie'];
const common = ['nous', 'cherchons', 'une', 'équipe', 'pour', 'dire', 'mieux', 'ce', 'que', 'nos', 'clients', 'attendent', 'calendrier', 'serré', 'budget', 'ouvert', 'plusieurs', 'langues', 'reprise', 'livraison', 'automne', 'images', 'textes', 'mesure', 'usage'];

/**
 * Fills a house with so many published projects, a minute apart, over twelve themes and the sets of one, two or three of them; thirty are about glass, whatever the size; a word in a
 * thousand projects is « oriflamme ». The triggers are off meanwhile: what they would have written row by row is written at once by the same functions.
 */
export async function fillWithProjects(db: Db, projects: number): Promise<void> {
  const run = (sql: string): Promise<number> => db.$executeRawUnsafe(sql);
  const list = (words: readonly string[]): string => `ARRAY[${words.map((word) => `'${word.replace(/'/g, '\'\'')}'`).join(',')}]`;
  const one = (words: readonly string[], seed: string): string => `(${list(words)})[1 + (hashint4(n * 31 + ${seed}) & 2147483647) % ${words.length}]`;
  await run(`INSERT INTO "Theme" (id, slug, "nameFr", "nameEn", position) SELECT 'theme-' || n, 'theme-' || n, 'Thématique ' || n, 'Theme ' || n, n FROM generate_series(1, 12) n`);
  await run(`INSERT INTO "Theme" (id, slug, "nameFr", "nameEn", position) VALUES ('theme-rare', 'verre', 'Arts du verre', 'Glass', 13)`);
  await run(`INSERT INTO "Company" (id, handle, name) VALUES ('company', 'company', 'Company')`);
  await run(`INSERT INTO "ClientUser" (id, "companyId", email, name) VALUES ('owner', 'company', 'owner@clients.test', 'Owner')`);
  for (const table of ['Project', 'ProjectTheme']) await run(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
  await run(`INSERT INTO "Project" (id, ref, title, problem, stage, "companyId", "ownerId", terms, "feeRateBp", "feeBasis", "budgetCents", "publishedAt", "createdAt", "updatedAt")
    SELECT 'p' || lpad(n::text, 9, '0'), 'B' || n, initcap(${one(subjects, '1')}) || ' d’une ' || ${one(makers, '2')} || CASE WHEN n > ${projects} - 30 THEN ', souffleurs' ELSE '' END, w.text || CASE WHEN n % 1000 = 7 THEN ' oriflamme' ELSE '' END,
      'published', 'company', 'owner', '{}', 1700, 'of_final_amount', (ARRAY[NULL, 300000, 800000, 900000, 2500000, 9000000])[1 + (hashint4(n + 3) & 2147483647) % 6], m.at, m.at, m.at
    FROM generate_series(1, ${projects}) n, LATERAL (SELECT timestamp '2026-10-01' - (${projects} - n) * interval '1 minute' AS at) m,
      LATERAL (SELECT string_agg(${one(common, 'i')}, ' ' ORDER BY i) AS text FROM generate_series(1, 24) i) w`);
  await run(`INSERT INTO "ProjectTheme" ("projectId", "themeId")
    SELECT 'p' || lpad(n::text, 9, '0'), 'theme-' || (1 + (hashint4(n * 7 + k) & 2147483647) % 12) FROM generate_series(1, ${projects}) n, generate_series(0, 2) k
    WHERE k = 0 OR (k = 1 AND hashint4(n + 11) % 2 = 0) OR (k = 2 AND hashint4(n + 13) % 10 = 0) ON CONFLICT DO NOTHING`);
  await run(`INSERT INTO "ProjectTheme" ("projectId", "themeId") SELECT 'p' || lpad((${projects} - n * (${projects} / 40))::text, 9, '0'), 'theme-rare' FROM generate_series(0, 29) n`);
  await run(`INSERT INTO "Member" (id, handle, email, name, state) SELECT 'm' || n, 'm' || n, n || '@membres.test', 'Membre', 'active' FROM generate_series(0, 2) n`);
  await run(`INSERT INTO "MemberTheme" ("memberId", "themeId", practised) SELECT 'm1', 'theme-' || n, false FROM generate_series(1, 3) n UNION ALL SELECT 'm2', 'theme-rare', false`);
  await run(`INSERT INTO "ProjectSeen" ("memberId", "projectId") SELECT 'm1', 'p' || lpad(n::text, 9, '0') FROM generate_series(${projects} - 500, ${projects}) n WHERE n % 3 = 0`);
  // In parts, so that memory stays flat.
  for (let from = 1; from <= projects; from += 50_000) {
    await run(`SELECT refresh_feed(ARRAY(SELECT 'p' || lpad(n::text, 9, '0') FROM generate_series(${from}, ${Math.min(from + 49_999, projects)}) n))`);
  }
  for (const table of ['Project', 'ProjectTheme']) await run(`ALTER TABLE "${table}" ENABLE TRIGGER USER`);
  for (const table of ['FeedEntry', 'FeedShelf', 'Project', 'ProjectTheme', 'ProjectSeen', 'MemberTheme']) await run(`VACUUM ANALYZE "${table}"`);
}
