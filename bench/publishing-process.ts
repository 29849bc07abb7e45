// What bench/publishing.ts measures, in a process of its own so that its memory can be read: the real worker, or a bare loop over the same template and the same pool.
import { readFile } from 'node:fs/promises';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '../activities/index.ts';
import { pool } from '../activities/mail/hand-over.ts';
import { linkPath, linkToken } from '../links/token.ts';
import { renderMail } from '../mail/render.ts';
import { openDatabase } from '../database/open.ts';

interface Asked { readonly loop?: number }

const [mode = '', databaseUrl = '', smtpUrl = '', temporalAddress = '', bundle = ''] = process.argv.slice(2);
const house = { secret: 'bench'.repeat(8), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl };
let most = 0;
setInterval(() => void (most = Math.max(most, process.memoryUsage().rss)), 250).unref();

process.on('message', (asked: Asked) => {
  if (asked.loop) void bareLoop(asked.loop).then((perSecond) => process.send?.({ perSecond }));
  else {
    process.send?.({ rss: most, now: process.memoryUsage().rss });
    most = 0;
  }
});
process.on('disconnect', () => process.exit(0));

if (mode === 'worker') {
  const db = openDatabase({ url: databaseUrl, poolSize: 10, prepares: true });
  const connection = await NativeConnection.connect({ address: temporalAddress });
  const worker = await Worker.create({ connection, taskQueue: 'publishing', activities: createActivities({ db, ...house }), workflowBundle: { code: await readFile(bundle, 'utf8') } });
  process.send?.({ ready: true });
  await worker.run();
} else process.send?.({ ready: true });

/** Renders the same mail for so many readers and gives it to the pool, as many on their way as the pool has use for. Mails a second. */
async function bareLoop(mails: number): Promise<number> {
  const linkUrl = (id: string): string => `${house.publicUrl}${linkPath(linkToken(house.secret, id))}`;
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < mails; index = next++) {
      const rendered = await renderMail({
        template: 'project_alert', locale: 'fr', linkUrl, consoleUrl: (path) => path,
        data: { themes: ['Identité visuelle'], problem: 'Le site ne dit plus qui nous sommes.', budgetCents: 1_200_000, linkId: `link-${index}`, settingsLink: `settings-${index}` },
        common: { recipient: { name: `Membre ${index}` }, project: { ref: 'P26-0001', title: 'Refonte du site', clientName: 'Maison Banc' }, manager: { name: 'Nadia Ferrand', email: 'nadia@off-works.test', phone: '' } },
      });
      await pool(smtpUrl).sendMail({ from: house.mailFrom, to: { name: `Membre ${index}`, address: `loop-${index}@bench.test` }, messageId: `<loop-${index}@off-works>`, ...rendered, headers: { 'List-Unsubscribe': `<${linkUrl(`settings-${index}`)}/unsubscribe>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } });
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: 20 }, lane));
  return mails / ((performance.now() - began) / 1_000);
}
