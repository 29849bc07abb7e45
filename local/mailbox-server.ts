// The local mailbox as a process of its own: SMTP, a web page and an HTTP API over mails kept in a folder.
import { MailDev } from 'maildev';
import { pino } from 'pino';
import { onShutdown } from '../shutdown.ts';

const [folder, smtpPort, webPort] = process.argv.slice(2);
if (!folder || !smtpPort || !webPort) throw new Error('Usage: mailbox-server.ts FOLDER SMTP_PORT WEB_PORT');

const mailbox = new MailDev({
  smtp: Number(smtpPort),
  web: Number(webPort),
  ip: '127.0.0.1',
  webIp: '127.0.0.1',
  mailDirectory: folder,
  maxEmails: 5_000,
  // It would offer encryption under a certificate nobody knows.
  hideExtensions: ['STARTTLS'],
  silent: true,
});
onShutdown(pino({ name: 'mailbox' }), () => mailbox.stop());
await mailbox.start();
process.send?.('ready');
