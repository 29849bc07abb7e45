import pg from 'pg';
import type { Deps } from '../../deps.ts';
import { withFiles, type MessageRow } from './message-view.ts';
import { stillThere, type Viewer } from './still-there.ts';

/** Somebody whose page is open on a conversation. */
export interface Follower {
  readonly viewer: Viewer;
  /** The last message they have. */
  seq: number;
  /** Messages after `seq`, in order; `rendered` is shared by all who get the same ones. */
  send(messages: readonly MessageRow[], rendered: Map<string, string>): void;
  beat(): void;
  end(): void;
}

export interface Live {
  /** From now on `follower` is sent what they miss. Returns how to stop. */
  follow(conversationId: string, follower: Follower): () => void;
  /** Ends every stream, for good. */
  close(): Promise<void>;
}

interface Feed { readonly followers: Set<Follower>; reading: boolean; again: boolean }

const beatEvery = 20_000;
const longestWait = 10_000;
const batch = 200;
const houses = new WeakMap<object, Live>();

/** The one of this process. */
export function liveOf(deps: Deps): Live {
  const known = houses.get(deps);
  if (known) return known;
  const fresh = openLive(deps);
  houses.set(deps, fresh);
  return fresh;
}

/**
 * C7: new messages, to whoever has a conversation open. One connection of the process listens to the database; what it hears only says where to look: what
 * followers miss is read by its number, once for all of them. A notification that is late, doubled or lost while the connection was away changes nothing of
 * what arrives nor of its order.
 */
function openLive(deps: Deps): Live {
  const feeds = new Map<string, Feed>();
  let listener: pg.Client | null = null;
  let wait = 200;
  let closed = false;
  let beating: NodeJS.Timeout | null = null;

  return {
    follow(conversationId, follower) {
      if (closed) {
        follower.end();
        return () => undefined;
      }
      const feed = feeds.get(conversationId) ?? { followers: new Set(), reading: false, again: false };
      feeds.set(conversationId, feed);
      feed.followers.add(follower);
      if (!listener) void listen();
      beating ??= setInterval(() => void beat(), beatEvery).unref();
      void read(conversationId, feed);
      return () => {
        feed.followers.delete(follower);
        if (feed.followers.size === 0 && feeds.get(conversationId) === feed) feeds.delete(conversationId);
      };
    },
    async close() {
      closed = true;
      if (beating) clearInterval(beating);
      for (const { followers } of feeds.values()) for (const follower of [...followers]) follower.end();
      const open = listener;
      listener = null;
      await open?.end().catch(() => undefined);
    },
  };

  async function listen(): Promise<void> {
    const client = new pg.Client({ connectionString: deps.config.databaseUrl, keepAlive: true, application_name: 'conversations' });
    listener = client;
    const lost = (cause?: unknown): void => {
      if (listener !== client) return;
      listener = null;
      client.end().catch(() => undefined);
      if (closed) return;
      deps.log.warn({ err: cause, retryInMs: wait }, 'conversations are not heard');
      setTimeout(() => { if (!closed && !listener) void listen(); }, wait).unref();
      wait = Math.min(wait * 2, longestWait);
    };
    client.on('error', lost);
    client.on('end', () => lost());
    client.on('notification', ({ payload }) => {
      const [conversationId = '', seq = ''] = (payload ?? '').split(' ');
      const feed = feeds.get(conversationId);
      if (feed && [...feed.followers].some((follower) => follower.seq < Number(seq))) void read(conversationId, feed);
    });
    try {
      await client.connect();
      await client.query('LISTEN conversations');
      wait = 200;
      // What was said while nobody listened.
      for (const [conversationId, feed] of feeds) void read(conversationId, feed);
    } catch (cause) {
      lost(cause);
    }
  }

  /** One reading at a time for a conversation; what is heard meanwhile makes another. */
  async function read(conversationId: string, feed: Feed): Promise<void> {
    feed.again = true;
    if (feed.reading) return;
    feed.reading = true;
    try {
      while (feed.again && feed.followers.size > 0) {
        feed.again = false;
        if (await deliver(conversationId, feed)) feed.again = true;
      }
    } catch (cause) {
      deps.log.warn({ err: cause }, 'a conversation will be read again');
      setTimeout(() => void read(conversationId, feed), 1_000).unref();
    } finally {
      feed.reading = false;
    }
  }

  /** True when there may be more. Nobody is sent a message after losing the right to it. */
  async function deliver(conversationId: string, feed: Feed): Promise<boolean> {
    const followers = [...feed.followers];
    const after = followers.reduce((least, { seq }) => Math.min(least, seq), Infinity);
    const messages = await deps.db.message.findMany({ where: { conversationId, seq: { gt: after } }, orderBy: { seq: 'asc' }, take: batch, include: withFiles });
    if (messages.length === 0) return false;
    const allowed = await stillThere(deps.db, conversationId, followers.map(({ viewer }) => viewer));
    const rendered = new Map<string, string>();
    for (const follower of followers) {
      if (!allowed.has(follower.viewer)) follower.end();
      else {
        const missed = messages.filter(({ seq }) => seq > follower.seq);
        const last = missed.at(-1);
        if (!last) continue;
        follower.seq = last.seq;
        follower.send(missed, rendered);
      }
    }
    return messages.length === batch;
  }

  /** Shows every connection that it is alive, ends those whose right is gone, and looks again in case something was not heard. */
  async function beat(): Promise<void> {
    for (const [conversationId, feed] of feeds) {
      const followers = [...feed.followers];
      const allowed = await stillThere(deps.db, conversationId, followers.map(({ viewer }) => viewer)).catch(() => null);
      for (const follower of followers) {
        if (allowed && !allowed.has(follower.viewer)) follower.end();
        else follower.beat();
      }
      void read(conversationId, feed);
    }
  }
}
