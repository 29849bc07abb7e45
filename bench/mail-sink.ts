// A mail server in a process of its own: it reads what it is given, counts it by address, and keeps nothing else.
import { SMTPServer } from 'smtp-server';

const received = new Map<string, number>();
const server = new SMTPServer({
  authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, session, done) {
    for (const { address } of session.envelope.rcptTo) received.set(address, (received.get(address) ?? 0) + 1);
    stream.resume().on('end', () => done());
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.server.address() as { port: number }).port }));
process.on('message', () => {
  let [mails, twice] = [0, 0];
  for (const count of received.values()) {
    mails += count;
    if (count > 1) twice += 1;
  }
  received.clear();
  process.send?.({ mails, twice });
});
process.on('disconnect', () => process.exit(0));
