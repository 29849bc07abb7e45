import { createServer } from 'node:net';

/** A port of the loopback address that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class BusyPort extends Error {
  override readonly name = 'BusyPort';

  constructor(readonly port: number, readonly variable: string, what: string) {
    super(`Port ${port}, meant for ${what}, is used by another program. Stop that program or choose another port: ${variable}=${port + 10} npm start`);
  }
}

/**
 * @throws BusyPort when somebody listens on this port already, on the loopback address or on all of them.
 * Error for a port we may not use.
 */
export async function needFree(port: number, variable: string, what: string): Promise<void> {
  for (const host of ['127.0.0.1', '0.0.0.0', '::']) {
    const server = createServer();
    const problem = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once('error', resolve);
      server.listen({ port, host, ipv6Only: true }, () => server.close(() => resolve(null)));
    });
    if (problem?.code === 'EADDRINUSE') throw new BusyPort(port, variable, what);
    if (problem?.code === 'EACCES') throw new Error(`Port ${port}, meant for ${what}, is not open to you: set ${variable} to a number above 1023.`);
    // A machine without IPv6 has nobody on it either.
    if (problem && problem.code !== 'EAFNOSUPPORT' && problem.code !== 'EADDRNOTAVAIL') throw problem;
  }
}
