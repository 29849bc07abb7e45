// A worker in a process of its own, which a test may kill: it carries out the alerts of a database, to a mail server.
import { readFile } from 'node:fs/promises';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/index.ts';
import { openDatabase } from '../../database/open.ts';

const [databaseUrl = '', smtpUrl = '', temporalAddress = '', taskQueue = '', bundle = ''] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger('ERROR') });
const db = openDatabase({ url: databaseUrl, poolSize: 4 });
process.on('disconnect', () => process.exit(0));
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: temporalAddress }), taskQueue, stickyQueueScheduleToStartTimeout: '1s', workflowBundle: { code: await readFile(bundle, 'utf8') },
  activities: createActivities({ db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl }),
});
process.send?.('ready');
await worker.run();
