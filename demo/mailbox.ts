import { setTimeout as pause } from 'node:timers/promises';

export interface ReceivedMail {
  readonly subject: string;
  readonly html: string;
  /** Its page in the mailbox. */
  readonly page: string;
  /** Addresses of pages of ours in it, the button's first. */
  readonly links: readonly string[];
}

/** The local mailbox, read over its HTTP API. */
export interface Mailbox {
  /** The newest mails to an address, newest first. */
  to(address: string): Promise<ReceivedMail[]>;
}

interface Summary { readonly id: string; readonly subject: string; readonly to: readonly { readonly address: string }[] }

export function openMailbox(url: string, publicUrl: string): Mailbox {
  const ask = async <Answer>(path: string): Promise<Answer> => {
    const response = await fetch(`${url}/api${path}`);
    if (!response.ok) throw new Error(`the mailbox answers ${response.status} to ${path}`);
    return (await response.json()) as Answer;
  };
  const known = new Map<string, ReceivedMail>();
  const read = async ({ id, subject }: Summary): Promise<ReceivedMail> => {
    const { html } = await ask<{ html: string }>(`/email/${id}`);
    const found = [...html.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
    const ours = [...new Set(found.filter((link) => link.startsWith(publicUrl)))];
    // The button comes last in our mails, after what the text links to.
    const mail = { subject, html, page: `${url}/#/email/${id}`, links: ours.reverse() };
    known.set(id, mail);
    return mail;
  };
  return {
    async to(address) {
      const { items } = await ask<{ items: Summary[] }>('/email/summary?limit=200');
      const mails: ReceivedMail[] = [];
      for (const summary of items.filter(({ to }) => to.some((one) => one.address === address))) mails.push(known.get(summary.id) ?? (await read(summary)));
      return mails;
    },
  };
}

/** Looks again and again until something is found, 60 s at most. @throws Error that says what did not come */
export async function waitFor<Found>(what: string, look: () => Promise<Found | null>): Promise<Found> {
  for (const until = Date.now() + 60_000; Date.now() < until; await pause(150)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`${what} did not come within a minute`);
}
