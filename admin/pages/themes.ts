import { addTheme, moveTheme, renameTheme, retireTheme } from '../../database/themes.ts';
import { mayDo } from '../../domain/roles.ts';
import { bySettingsOwner } from '../terms/term-acts.ts';
import type { Block, Deed, Row } from './blocks.ts';
import type { Asked, ConsolePage, PageAct } from './page.ts';

const text = (held: unknown): string => (typeof held === 'string' ? held : '');
const names = (values: Readonly<Record<string, unknown>>) => ({ nameFr: text(values.nameFr), nameEn: text(values.nameEn) });
const act = (apply: (asked: Parameters<PageAct>[0], deed: { form: string; by: ReturnType<typeof bySettingsOwner>; at: number }) => Promise<void>): PageAct =>
  async (asked) => {
    await apply(asked, { form: asked.key, by: bySettingsOwner(asked.staff), at: Date.now() });
    return { redirect: '/console/pages/themes' };
  };

/** S4: the themes projects and members are sorted by. */
export const themesPage: ConsolePage = {
  name: 'themes',
  icon: 'Tag',
  title: ({ say }) => say.say('themes.title'),
  blocks: async (asked) => {
    const { deps: { db }, say, staff, query } = asked;
    const themes = await db.theme.findMany({ orderBy: { position: 'asc' }, include: { _count: { select: { projects: true, members: { where: { subscribed: true } } } } } });
    const events = await db.auditEvent.findMany({ where: { subject: { startsWith: 'theme/' } }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 60 });
    const mayChange = mayDo(staff.role, 'changeSettings');
    const offered = themes.filter(({ retiredAt }) => retiredAt === null);
    const retired = themes.filter(({ retiredAt }) => retiredAt !== null);
    const edited = mayChange ? themes.find(({ id }) => id === query.theme) : undefined;
    const cells = (theme: (typeof themes)[number]): Row['cells'] => [
      mayChange ? { text: theme.nameFr, href: `/console/pages/themes?theme=${theme.id}` } : theme.nameFr, theme.nameEn, String(theme._count.members), String(theme._count.projects),
    ];
    const head = ['fr', 'en', 'subscribers', 'projects'].map((one) => say.say(`themes.head.${one}`));
    const deeds = (theme: (typeof themes)[number], index: number): Deed[] => !mayChange ? [] : [
      ...(index > 0 ? [{ act: 'up', label: say.say('themes.up'), values: { id: theme.id } }] : []),
      ...(index < offered.length - 1 ? [{ act: 'down', label: say.say('themes.down'), values: { id: theme.id } }] : []),
      { act: 'retire', label: say.say('themes.retire'), values: { id: theme.id }, confirm: say.say('themes.retireConfirm', { name: theme.nameFr, projects: theme._count.projects, members: theme._count.members }) },
    ];
    const form = (action: string, title: string, button: string, values: Record<string, string>): Block => ({
      kind: 'form', method: 'post', act: action, title, button, ...(action === 'rename' ? { consequence: say.say('themes.renameConsequence') } : {}),
      fields: [
        ...['id', 'seenFr', 'seenEn'].filter((name) => name in values).map((name) => ({ name, kind: 'hidden' as const, label: '', value: values[name] })),
        { name: 'nameFr', kind: 'text', required: true, label: say.say('themes.head.fr'), value: values.nameFr },
        { name: 'nameEn', kind: 'text', required: true, label: say.say('themes.head.en'), value: values.nameEn },
      ],
    });
    return [
      { kind: 'text', text: say.say('themes.intro') },
      ...(edited ? [form('rename', say.say('themes.rename', { name: edited.nameFr }), say.say('themes.renameButton'), { id: edited.id, seenFr: edited.nameFr, seenEn: edited.nameEn, nameFr: edited.nameFr, nameEn: edited.nameEn })] : []),
      { kind: 'table', caption: say.say('themes.offered'), head, numeric: [2, 3], empty: say.say('themes.none'), rows: offered.map((theme, index) => ({ cells: cells(theme), deeds: deeds(theme, index) })) },
      ...(mayChange ? [form('add', say.say('themes.add'), say.say('themes.addButton'), {})] : []),
      ...(retired.length > 0 ? [{
        kind: 'table', caption: say.say('themes.retired'), head: [...head, say.say('themes.head.since')], numeric: [2, 3], empty: '',
        rows: retired.map((theme): Row => ({ cells: [...cells(theme), say.day(theme.retiredAt)], deeds: mayChange ? [{ act: 'restore', label: say.say('themes.restore'), values: { id: theme.id } }] : [] })),
      } as const] : []),
      { kind: 'table', caption: say.say('terms.history'), head: ['what', 'theme', 'who', 'at'].map((one) => say.say(`themes.head.${one}`)), empty: say.say('themes.noHistory'), rows: events.map((event) => happened(event, asked, themes, mayChange)) },
    ];
  },
  acts: {
    add: act(({ deps, values }, deed) => addTheme(deps.db, { ...deed, ...names(values) })),
    rename: act(({ deps, values }, deed) => renameTheme(deps.db, text(values.id), { nameFr: text(values.seenFr), nameEn: text(values.seenEn) }, { ...deed, ...names(values) })),
    up: act(({ deps, values }, deed) => moveTheme(deps.db, text(values.id), -1, deed)),
    down: act(({ deps, values }, deed) => moveTheme(deps.db, text(values.id), 1, deed)),
    retire: act(({ deps, values }, deed) => retireTheme(deps.db, text(values.id), true, deed)),
    restore: act(({ deps, values }, deed) => retireTheme(deps.db, text(values.id), false, deed)),
  },
};

interface Known { readonly id: string; readonly slug: string; readonly nameFr: string; readonly nameEn: string }

/** One change; of a renaming, the way back. */
function happened(event: { action: string; subject: string; actorName: string; at: Date; data: unknown }, { say }: Asked, themes: readonly Known[], mayChange: boolean): Row {
  const theme = themes.find(({ slug }) => event.subject === `theme/${slug}`);
  const data = event.data as Record<string, string | undefined>;
  const renamed = event.action === 'theme.renamed';
  const back = theme && renamed && mayChange && (theme.nameFr !== data.wasFr || theme.nameEn !== data.wasEn);
  return {
    cells: [
      { text: say.say(`event.${event.action}`), ...(renamed ? { detail: `${data.wasFr} → ${data.nameFr} · ${data.wasEn} → ${data.nameEn}` } : {}) },
      theme?.nameFr ?? event.subject, event.actorName, say.moment(event.at),
    ],
    deeds: back ? [{
      act: 'rename', label: say.say('terms.revert'), confirm: say.say('themes.revertConfirm', { name: theme.nameFr, was: data.wasFr }),
      values: { id: theme.id, seenFr: theme.nameFr, seenEn: theme.nameEn, nameFr: data.wasFr, nameEn: data.wasEn },
    }] : [],
  };
}
