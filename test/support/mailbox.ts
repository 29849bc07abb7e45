import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll } from 'vitest';

export interface ReceivedMail {
  readonly to: string[];
  readonly from: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly messageId: string;
  readonly headers: ParsedMail['headers'];
  /** Addresses in the HTML part's links, in their order, without repeats. */
  readonly links: string[];
}

export interface TestMailbox {
  readonly smtpUrl: string;
  /** Everything received, oldest first. */
  readonly mails: ReceivedMail[];
  to(address: string): ReceivedMail[];
  /** Waits for a mail that fits; fails after `timeoutMs` with what came instead. */
  waitFor(fits: (mail: ReceivedMail) => boolean, timeoutMs?: number): Promise<ReceivedMail>;
  clear(): void;
  /** From now on: refuse recipients for a while (450), for good (550), break the connection after the body was taken, or behave again. */
  misbehave(how: 'refuse_for_now' | 'refuse_for_good' | 'hang_up_after_data' | null): void;
}

/** A mail server of this test file's own that keeps what it gets in memory. Call it at the top of the file. */
export async function testMailbox(): Promise<TestMailbox> {
  const mails: ReceivedMail[] = [];
  let waiting: (() => void)[] = [];
  let trouble: Parameters<TestMailbox['misbehave']>[0] = null;
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 200, // the delivery keeps its connections open
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(_address, _session, done) {
      if (trouble === 'refuse_for_now') return done(Object.assign(new Error('Try again later'), { responseCode: 450 }));
      if (trouble === 'refuse_for_good') return done(Object.assign(new Error('No such mailbox'), { responseCode: 550 }));
      done();
    },
    onData(stream, session, done) {
      simpleParser(stream).then(
        (mail) => {
          mails.push(read(mail, session.envelope.rcptTo.map((recipient) => recipient.address)));
          for (const wake of waiting.splice(0)) wake();
          if (trouble === 'hang_up_after_data') return done(Object.assign(new Error('Going away'), { responseCode: 421 }));
          done();
        },
        (cause: unknown) => done(cause as Error),
      );
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as { port: number };

  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mails,
    to: (address) => mails.filter((mail) => mail.to.includes(address)),
    clear: () => void mails.splice(0),
    misbehave: (how) => void (trouble = how),
    async waitFor(fits, timeoutMs = 10_000) {
      const patience = Date.now() + timeoutMs;
      for (;;) {
        const found = mails.find(fits);
        if (found) return found;
        const left = patience - Date.now();
        if (left <= 0) throw new Error(`No such mail; received: ${mails.map((mail) => `${mail.to.join(',')}: ${mail.subject}`).join(' | ') || 'nothing'}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          waiting = [...waiting, () => (clearTimeout(timer), resolve())];
        });
      }
    },
  };
}

function read(mail: ParsedMail, recipients: string[]): ReceivedMail {
  const html = mail.html || '';
  const links = [...html.matchAll(/href="([^"]+)"/g)].map((match) => match[1]!.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
  return {
    to: recipients,
    from: (mail.from)?.text ?? '',
    subject: mail.subject ?? '',
    html,
    text: mail.text ?? '',
    messageId: mail.messageId ?? '',
    headers: mail.headers,
    links: [...new Set(links)],
  };
}
