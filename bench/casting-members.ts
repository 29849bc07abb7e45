import type { Db } from '../database/open.ts';

const trades = ['Illustratrice', 'Illustrateur', 'Développeur', 'Développeuse', 'Graphiste', 'Photographe', 'Rédactrice', 'Vidéaste', 'Scénographe', 'Directeur artistique', 'Consultante', 'Typographe', 'Motion designer', 'Architecte de l’information', 'Conceptrice'];
const subjects = ['identités visuelles', 'sites légers', 'presse jeunesse', 'musées', 'emballages', 'santé', 'énergie', 'films courts', 'édition', 'commerce en ligne', 'événements', 'accessibilité', 'données', 'gastronomie', 'mobilités', 'réseaux sociaux'];
const skills = ['typographie', 'packaging', 'TypeScript', 'React', 'accessibilité', 'écoconception', 'storyboard', 'After Effects', 'rédaction web', 'design system', 'prototypage', 'mesure d’audience', 'référencement', 'montage', 'retouche', 'scénographie', 'SQL', 'Python', 'illustration', 'charte graphique'];
const cities = ['Paris', 'Lyon', 'Marseille', 'Nantes', 'Rennes', 'Lille', 'Bordeaux', 'Toulouse', 'Saint-Étienne', 'Grenoble', 'Strasbourg', 'Montpellier', 'Brest', 'Angers', 'Vallauris'];
const names = ['Léa', 'Hugo', 'Inès', 'Oscar', 'Camille', 'Thomas', 'Manon', 'Jules', 'Nora', 'Paul', 'Sarah', 'Maëlle', 'Antoine', 'Clara', 'Victor', 'Zoé', 'Émile', 'Salomé', 'Fatou', 'Bastien'];
const common = ['je', 'dessine', 'travaille', 'pour', 'des', 'marques', 'avec', 'les', 'équipes', 'projet', 'créative', 'images', 'textes', 'depuis', 'dix', 'ans', 'métier', 'atelier', 'clients', 'précis', 'durable', 'musée', 'région', 'imprimeur', 'écran', 'récit', 'matière', 'lumière', 'usage', 'écoute'];

/**
 * Fills a house with so many active members, whose texts spread as words do: a few used by many, 20,000 used by few; five blow glass, whatever the size.
 * The triggers are off meanwhile: what they would have written row by row is written at once by the same functions.
 */
export async function fillWithMembers(db: Db, members: number): Promise<void> {
  const run = (sql: string): Promise<number> => db.$executeRawUnsafe(sql);
  const list = (words: readonly string[]): string => `ARRAY[${words.map((word) => `'${word.replace(/'/g, '\'\'')}'`).join(',')}]`;
  const one = (words: readonly string[], seed: string): string => `(${list(words)})[1 + (hashint4(n * 31 + ${seed}) & 2147483647) % ${words.length}]`;
  for (const table of ['Member', 'MemberTheme', 'MemberReference', 'MemberSearch', 'AvailabilityPeriod']) await run(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
  await run(`INSERT INTO "Theme" (id, slug, "nameFr", "nameEn", position) SELECT 'theme-' || n, 'theme-' || n, 'Thématique ' || n, 'Theme ' || n, n FROM generate_series(1, 12) n`);
  await run(`INSERT INTO "Theme" (id, slug, "nameFr", "nameEn", position) VALUES ('theme-rare', 'verre', 'Arts du verre', 'Glass', 13)`);
  // Words nobody can have thought of: three syllables of a hundred.
  await run(`CREATE TABLE bench_words AS SELECT k, (s.syllables)[1 + k % 100] || (s.syllables)[1 + k / 100 % 100] || (s.syllables)[1 + k * 7 / 3 % 100] AS word FROM generate_series(0, 19999) k,
    (SELECT array_agg(c || v ORDER BY c, v) AS syllables FROM unnest(ARRAY['b','ch','d','f','g','l','m','n','p','r','s','t','v','br','cr','gr','pl','tr','vr','z']) c, unnest(ARRAY['a','é','i','o','u']) v) s`);
  await run(`CREATE UNIQUE INDEX bench_words_k ON bench_words (k)`);
  await run(`INSERT INTO "Member" (id, handle, email, name, state, headline, city, skills, "dayRateCents", availability, presentation)
    SELECT 'm' || n, 'm' || n, n || '@membres.test', ${one(names, '1')} || ' ' || initcap(w.word), 'active',
      CASE WHEN n <= 5 THEN 'Souffleur de verre' ELSE ${one(trades, '2')} END || ', ' || ${one(subjects, '3')}, ${one(cities, '4')}, ARRAY[${one(skills, '5')}, ${one(skills, '6')}, ${one(skills, '7')}],
      20000 + (hashint4(n) & 2147483647) % 60 * 1000, (ARRAY['now', 'now', 'soon', 'busy'])[1 + (hashint4(n + 9) & 2147483647) % 4], p.text
    FROM generate_series(1, ${members}) n JOIN bench_words w ON w.k = (hashint4(n * 17) & 2147483647) % 20000,
      LATERAL (SELECT string_agg(CASE WHEN i % 5 = 0 THEN x.word ELSE ${one(common, 'i')} END, ' ' ORDER BY i) AS text FROM generate_series(1, 60) i
        JOIN bench_words x ON x.k = floor(20000 * power(((hashint4(n * 61 + i) & 2147483647) / 2147483648.0), 3))::int) p`);
  await run(`INSERT INTO "MemberTheme" ("memberId", "themeId") SELECT 'm' || n, 'theme-' || (1 + (n + k * 5) % 12) FROM generate_series(1, ${members}) n, generate_series(0, 1) k`);
  await run(`INSERT INTO "MemberTheme" ("memberId", "themeId") SELECT 'm' || n, 'theme-rare' FROM generate_series(1, 8) n`);
  await run(`INSERT INTO "MemberReference" (id, "memberId", title, client, year) SELECT 'r' || n || '-' || r, 'm' || n, initcap(${one(common, '11 + r')}) || ' ' || ${one(subjects, '12 + r')}, initcap(w.word), 2015 + n % 10
    FROM generate_series(1, ${members}) n CROSS JOIN generate_series(0, 1) r JOIN bench_words w ON w.k = (hashint4(n * 7 + r) & 2147483647) % 20000`);
  // Four calendars in five are kept: three periods each, from a few days to some weeks.
  await run(`INSERT INTO "AvailabilityPeriod" (id, "memberId", "fromOn", "toOn", kind) SELECT 'p' || n || '-' || k, 'm' || n, d.day, d.day + (hashint4(n * 13 + k) & 2147483647) % 25, (ARRAY['taken', 'taken', 'partly', 'free'])[1 + (hashint4(n * 19 + k) & 2147483647) % 4]
    FROM generate_series(1, ${members}) n CROSS JOIN generate_series(0, 2) k, LATERAL (SELECT DATE '2026-10-01' + k * 30 + (hashint4(n * 23 + k) & 2147483647) % 5 AS day) d WHERE n % 5 > 0`);
  await run(`SELECT refresh_member_search(ARRAY(SELECT id FROM "Member"))`);
  await run(`UPDATE "MemberSearch" SET "freeDays" = calendar_days("memberId", 'free'), "partlyDays" = calendar_days("memberId", 'partly'), "notFreeDays" = calendar_days("memberId", 'partly', 'taken')`);
  await run(`INSERT INTO "MemberWord" (word, plain, members) SELECT word, searchable(word), count(*) FROM "MemberSearch", unnest(words) word GROUP BY word`);
  for (const table of ['Member', 'MemberTheme', 'MemberReference', 'MemberSearch', 'AvailabilityPeriod']) await run(`ALTER TABLE "${table}" ENABLE TRIGGER USER`);
  for (const table of ['MemberSearch', 'MemberWord', 'Member', 'MemberTheme', 'AvailabilityPeriod']) await run(`VACUUM ANALYZE "${table}"`);
}
