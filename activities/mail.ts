import { Context } from '@temporalio/activity';
import type { ActivityDeps } from './deps.ts';
import { claimantOf, claimMails, settleMails, type Claimant, type ClaimedMail } from './mail/claim.ts';
import { handOver, type HandedOver } from './mail/hand-over.ts';

/** Mails claimed together; a worker killed at that moment leaves no more than these in doubt. */
const handful = 20;
/** So many may be on their way at once: enough to keep the connections of the pool busy. */
const lanes = 2;
/** After so long (ms) an attempt gives way to the next, well before Temporal would take it for dead. */
const longest = 4 * 60_000;
/** ms; well below the silence that Temporal takes for a death. */
const betweenBeats = 1_000;

/** The server takes nothing now. */
interface Refusal { readonly cause: unknown }

/** W4: a mail is claimed before it is sent, and keeps one Message-ID; what happened in between a claim and an answer is never guessed. */
export function mailActivities(deps: ActivityDeps) {
  return {
    /**
     * Sends mails: a few in their order, a crowd by handfuls side by side. A claim left by a dead attempt puts its mail in doubt, for staff to settle. A server that
     * cannot be reached is tried again by Temporal; an address refused for good is shown in the console and does not hold the others back.
     */
    async deliverMails({ mailIds }: { mailIds: readonly string[] }): Promise<void> {
      const claimant = claimantOf();
      if (mailIds.length > handful) return deliverCrowd(mailIds, claimant);
      const refusal = await deliverInOrder(await claimMails(deps.db, mailIds, claimant));
      if (refusal) throw refusal.cause;
    },
  };

  /** Each lane takes a handful after another; all stop as soon as one hears that the server takes nothing now, or the worker is about to stop. */
  async function deliverCrowd(mailIds: readonly string[], claimant: Claimant): Promise<void> {
    const began = Date.now();
    const handfuls = Array.from({ length: Math.ceil(mailIds.length / handful) }, (_, index) => mailIds.slice(index * handful, (index + 1) * handful));
    const stopped: { refusal?: Refusal } = {};
    const beat = heart();
    const lane = async (): Promise<void> => {
      for (let ids = handfuls.shift(); ids && !stopped.refusal; ids = handfuls.shift()) {
        if (stopping() || Date.now() - began > longest) throw new Error('the others leave with the next attempt');
        beat(ids[0] ?? '');
        stopped.refusal ??= (await deliverTogether(await claimMails(deps.db, ids, claimant))) ?? undefined;
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
    if (stopped.refusal) throw stopped.refusal.cause;
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  }

  /** Sends claimed mails one after another; those behind a refusal go back untried. */
  async function deliverInOrder(claimed: readonly ClaimedMail[]): Promise<Refusal | null> {
    const handed: HandedOver[] = [];
    const beat = heart();
    for (const mail of claimed) {
      if (handed.some(isRefusal)) handed.push({ settled: { id: mail.id, state: 'queued', problem: null } });
      else {
        beat(mail.id);
        handed.push(await handOver(deps, mail));
      }
    }
    return settle(handed);
  }

  /** Sends claimed mails side by side. */
  async function deliverTogether(claimed: readonly ClaimedMail[]): Promise<Refusal | null> {
    return settle(await Promise.all(claimed.map((mail) => handOver(deps, mail))));
  }

  /** Writes what became of mails, whatever it is; answers the first refusal when the server takes nothing now. */
  async function settle(handed: readonly HandedOver[]): Promise<Refusal | null> {
    await settleMails(deps.db, handed.map(({ settled }) => settled));
    return handed.find(isRefusal) ?? null;
  }
}

const isRefusal = (handed: HandedOver): handed is HandedOver & Refusal => 'cause' in handed;

/** Says that the delivery is alive, once it has lasted: most are over before anybody asks. Outside a worker nobody listens. */
function heart(): (id: string) => void {
  let last = Date.now();
  return (id) => {
    if (Date.now() - last < betweenBeats) return;
    last = Date.now();
    try {
      Context.current().heartbeat(id);
    } catch {
      return;
    }
  };
}

/** The worker is about to stop, or the delivery is not wanted any more. */
function stopping(): boolean {
  try {
    return Context.current().cancellationSignal.aborted;
  } catch {
    return false;
  }
}
