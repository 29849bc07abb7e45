// A server of event streams in a process of its own, for bench/streams.ts: ours, or a bare Express one that holds its listeners in a list.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Response } from 'express';
import { createApp } from '../app.ts';
import { openDeps } from '../deps.ts';
import { webRouter } from '../web/router.ts';

const app = process.argv[2] === 'ours' ? ours() : bare();
const server = createServer(app);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  // Twice: what the first pass only finds dead, the second gives back.
  for (let pass = 0; pass < 2; pass += 1) (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ bytes: heapUsed + external });
});
process.on('disconnect', () => process.exit(0));

function ours() {
  const deps = openDeps('bench');
  return createApp(deps, { web: webRouter(deps) });
}

function bare() {
  const listeners = new Set<Response>();
  const plain = express();
  plain.get('/stream', (_request, response) => {
    response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' }).flushHeaders();
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  });
  plain.post('/say', express.text({ type: '*/*' }), (request, response) => {
    for (const listener of listeners) listener.write(`id: ${String(request.query.seq)}\ndata: ${request.body as string}\n\n`);
    response.sendStatus(204);
  });
  return plain;
}
