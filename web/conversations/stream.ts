import type { Request, Response } from 'express';
import type { Deps } from '../../deps.ts';
import type { Access } from '../page.ts';
import { liveOf, type Follower } from './live.ts';
import { renderMessage } from './message-view.ts';
import { openTalk } from './reader.ts';

/** What may wait in this process for one connection, in bytes: past it the connection is cut, and takes up where it was when it comes back. */
const mostWaiting = 1024 * 1024;

/**
 * C7: `text/event-stream` of the messages of a conversation after the one the reader has: its number is the event's id, so that a browser that comes back
 * says where it was. @throws Problem `not_found`, `not_allowed`
 */
export async function sendStream(deps: Deps, access: Access, request: Request, response: Response): Promise<void> {
  const talk = await openTalk(deps, access);
  const { kind, id } = access.person;
  response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  response.write('retry: 2000\n\n');
  const gone = (): boolean => response.writableEnded || response.destroyed;
  const follower: Follower = {
    viewer: { kind: kind as 'client' | 'member', id: id ?? '', sessionId: access.sessionId ?? null, linkId: access.linkId },
    seq: numberIn(request.get('last-event-id')) ?? numberIn(request.query.after) ?? talk.lastSeq,
    send(messages, rendered) {
      if (gone()) return;
      response.write(messages.map((message) => {
        const shared = `${access.locale} ${access.root} ${message.seq}`;
        const event = rendered.get(shared) ?? `id: ${message.seq}\ndata: ${JSON.stringify({ html: renderMessage(message, access.root, access.locale) })}\n\n`;
        rendered.set(shared, event);
        return event;
      }).join(''));
      if (response.writableLength > mostWaiting) response.destroy();
    },
    beat: () => void (gone() || response.write(':\n\n')),
    end: () => void response.end(),
  };
  const leave = liveOf(deps).follow(talk.id, follower);
  response.on('close', leave);
  if (response.destroyed) leave();
}

function numberIn(value: unknown): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null;
}
