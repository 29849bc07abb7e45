import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { downloadPass, keepDownload, publishDownload } from '../../documents/downloads.ts';
import { downloadExtensions, downloadKinds, largestDownload } from '../../domain/downloads.ts';
import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import type { Block, Row } from './blocks.ts';
import type { Asked, ConsolePage } from './page.ts';

/** M13, S4: presentation templates and other resources members may download. */
export const downloadsPage: ConsolePage = {
  name: 'downloads',
  icon: 'Download',
  title: ({ say }) => say.say('downloads.title'),
  blocks: async (asked) => [{ kind: 'text', text: asked.say.say('downloads.intro') }, await table(asked), form(asked)],
  acts: {
    add: async (act) => {
      const parsed = wanted.safeParse(act.values);
      if (!parsed.success) throw new Problem('form_invalid', parsed.error.message);
      const { file } = act.files;
      const { url, ...rest } = parsed.data;
      await keepDownload(act.deps.db, { ...rest, url: url || null, file: file && file.size > 0 ? { name: file.name, bytes: await readFile(file.path) } : null }, { by: keeper(act), key: act.key, at: Date.now() });
      return { message: act.say.say('downloads.added') };
    },
    publish: async (act) => {
      await publishDownload(act.deps.db, idOf(act.values), true, { by: keeper(act), at: Date.now() });
      return { message: act.say.say('downloads.published') };
    },
    withdraw: async (act) => {
      await publishDownload(act.deps.db, idOf(act.values), false, { by: keeper(act), at: Date.now() });
      return { message: act.say.say('downloads.withdrawn') };
    },
  },
};

const wanted = z.object({
  name: z.string().trim().min(2).max(120), kind: z.enum(downloadKinds), locale: z.enum(['fr', 'en']), version: z.string().trim().min(1).max(20), url: z.string().trim().max(500).default(''),
});

function keeper({ staff }: Asked): { id: string; name: string } {
  if (!mayDo(staff.role, 'keepDownloads')) throw new Problem('not_allowed', `${staff.role} may not keep downloads`);
  return { id: staff.id, name: staff.name };
}

function idOf(values: Readonly<Record<string, unknown>>): string {
  return typeof values.id === 'string' ? values.id : '';
}

async function table({ deps: { db, secret }, say }: Asked): Promise<Block> {
  const downloads = await db.download.findMany({ orderBy: [{ published: 'desc' }, { name: 'asc' }, { createdAt: 'desc' }], take: 300 });
  const sizes = new Intl.NumberFormat(say.locale, { maximumFractionDigits: 1 });
  const rows = downloads.map(({ id, name, kind, locale, version, fileName, size, url, sha256, published, byName, createdAt }): Row => ({
    cells: [
      { text: name, href: url ?? `/downloads/${id}?pass=${downloadPass(secret, id, Date.now())}`, detail: url ? new URL(url).host : say.say('downloads.file', { fileName, size: sizes.format(size / 1_048_576) }) },
      say.say(`downloads.kind.${kind}`), say.say(`downloads.locale.${locale}`), { text: version, ...(sha256 ? { detail: sha256.slice(0, 12) } : {}) },
      { text: say.say(published ? 'downloads.isPublished' : 'downloads.isKept'), tone: published ? 'good' : 'soft' }, { text: byName, detail: say.day(createdAt) },
    ],
    deeds: [
      published
        ? { act: 'withdraw', label: say.say('downloads.withdraw'), values: { id }, confirm: say.say('downloads.withdrawConsequence', { name }) }
        : { act: 'publish', label: say.say('downloads.publish'), values: { id }, confirm: say.say('downloads.publishConsequence', { name }) },
    ],
  }));
  return { kind: 'table', head: ['name', 'kind', 'locale', 'version', 'state', 'by'].map((one) => say.say(`downloads.head.${one}`)), rows, empty: say.say('downloads.empty') };
}

function form({ say }: Asked): Block {
  const options = (names: readonly string[], of: string) => names.map((value) => ({ value, label: say.say(`downloads.${of}.${value}`) }));
  return {
    kind: 'form', method: 'post', act: 'add', title: say.say('downloads.add'), button: say.say('downloads.keep'), consequence: say.say('downloads.addConsequence'),
    fields: [
      { name: 'name', kind: 'text', label: say.say('downloads.head.name'), required: true },
      { name: 'kind', kind: 'choice', label: say.say('downloads.head.kind'), required: true, value: 'presentation', options: options(downloadKinds, 'kind') },
      { name: 'locale', kind: 'choice', label: say.say('downloads.head.locale'), required: true, value: 'fr', options: options(['fr', 'en'], 'locale') },
      { name: 'version', kind: 'text', label: say.say('downloads.head.version'), required: true, value: '1' },
      {
        name: 'file', kind: 'file', label: say.say('downloads.fileField'), help: say.say('downloads.fileHelp', { size: largestDownload / 1_048_576, allowed: downloadExtensions.join(', ') }),
        accept: downloadExtensions.map((extension) => `.${extension}`).join(','), maxBytes: largestDownload, tooBig: say.say('downloads.tooBig', { size: largestDownload / 1_048_576 }),
      },
      { name: 'url', kind: 'text', label: say.say('downloads.urlField'), help: say.say('downloads.urlHelp') },
    ],
  };
}
