import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { directConversation } from '../../database/conversations/begin.ts';
import { setPresence } from '../../database/conversations/presence.ts';
import { markRead } from '../../database/conversations/readers.ts';
import { say } from '../../database/conversations/say.ts';
import { startConversationMails, startMissingConversationMails } from '../../steps/start-conversation-mails.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { runWorker, taskQueue, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase({ prepares: true });
const mailbox = await testMailbox();
const env = await timeSkippingEnv();
const deps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
await runWorker(env, createActivities(deps));
await addStaff(db);
const starting = { db, temporal: env.client, taskQueue };
const now = () => env.currentTimeMs();

/** A company of two, and a member, who may talk. */
async function scene(more: object = {}) {
  const story = await beginStory({ ...deps, temporal: env.client }, { now, ...more });
  const lea = await addMember(db, 'Léa');
  const { companyId } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
  const [owner, member] = [await db.clientUser.findUniqueOrThrow({ where: { id: story.client.id } }), await db.member.findUniqueOrThrow({ where: { id: lea.id } })];
  const colleague = await db.clientUser.create({ data: { companyId, email: `${randomUUID()}@societe.test`, name: 'Paul', role: 'read_only', locale: 'en', confirmedAt: new Date() } });
  const at = await now();
  const talk = await db.$transaction((tx) => directConversation(tx, story.projectId, member.id, at));
  const write = async (author: { kind: 'client' | 'member'; id: string; name: string }, text: string, told = false) => {
    const moment = await now();
    const { seq, waitingSince } = await db.$transaction((tx) => say(tx, { conversationId: talk, kind: 'message', author, text, told, key: randomUUID(), at: moment }));
    if (waitingSince !== null) await startConversationMails(starting, talk, waitingSince);
    return seq;
  };
  const asOwner = { kind: 'client' as const, id: owner.id, name: owner.name };
  const asMember = { kind: 'member' as const, id: member.id, name: member.name };
  const mailed = () => db.mail.findMany({ where: { key: { startsWith: `conversation/${talk}/` } }, orderBy: { createdAt: 'asc' } });
  const finished = () => env.client.workflow.getHandle(`conversation-mails/${talk}`).result();
  return { story, talk, owner, colleague, member, asOwner, asMember, write, mailed, finished };
}

describe('C7 who is away is told by e-mail', () => {
  it('in one e-mail for all that was said meanwhile, after ten minutes, each once, with a link to answer', async () => {
    const { talk, owner, colleague, member, asMember, asOwner, write, mailed, finished } = await scene();
    await write(asMember, 'Bonjour, une première question.');
    await write(asMember, 'Et une seconde ?');
    await write(asOwner, 'Je regarde.');
    await env.sleep('9m');
    expect(await mailed()).toEqual([]);
    await env.sleep('2m');
    expect(await finished()).toEqual({ mails: 3 });
    const mails = await mailed();
    expect(new Map(mails.map(({ toId, template, locale, data }) => [toId, [template, locale, (data as { count: number }).count]]))).toEqual(new Map([
      [owner.id, ['client_messages', 'fr', 2]], [colleague.id, ['client_messages', 'en', 3]], [member.id, ['member_messages', 'fr', 1]],
    ]));
    const [received] = mailbox.to(owner.email).filter(({ subject }) => subject.startsWith('2 messages'));
    expect(received?.text).toMatch(/Léa — Bonjour, une première question\.[^]*Léa — Et une seconde \?/);
    expect(received?.subject).not.toContain('/l/');
    const link = await db.personalLink.findFirstOrThrow({ where: { purpose: 'client_conversation', ownerId: owner.id } });
    expect(link).toMatchObject({ subjectId: talk, revokedAt: null });
    expect(received?.links.some((address) => address.startsWith('http://localhost:3000/l/'))).toBe(true);
  });

  it('not when they have read, in part only of what they have not; and once, however often it is tried', async () => {
    const { talk, owner, colleague, asMember, asOwner, write, mailed, finished } = await scene();
    const seq = await write(asMember, 'Lu par le propriétaire');
    await markRead(db, talk, asOwner, seq);
    await env.sleep('11m');
    await finished();
    expect((await mailed()).map(({ toId }) => toId)).toEqual([colleague.id]);
    const { mailAway } = createActivities(deps);
    for (let time = 0; time < 2; time += 1) expect(await mailAway({ conversationId: talk, at: await now() + 3_600_000 })).toEqual({ mailIds: [], dueAt: null });
    await write(asMember, 'Encore là ?');
    await env.sleep('11m');
    await finished();
    const later = (await mailed()).slice(1);
    expect(new Map(later.map(({ toId, data }) => [toId, (data as { count: number; excerpts: string[] })]))).toEqual(new Map([owner.id, colleague.id].map((id) => [id, expect.objectContaining({ count: 1, excerpts: ['Léa — Encore là ?'] })])));
  });

  it('what had an e-mail of its own is not told again; who left the company is not written to; staff are once they joined', async () => {
    const { story, talk, owner, colleague, asMember, write, mailed, finished } = await scene();
    await write(asMember, 'Ma candidature', true);
    expect(await db.conversation.findUniqueOrThrow({ where: { id: talk } })).toMatchObject({ waitingSince: null, lastSeq: 1 });
    await db.clientUser.update({ where: { id: colleague.id }, data: { leftAt: new Date() } });
    const at = await now();
    await db.$transaction((tx) => setPresence(tx, talk, { id: story.staff.id ?? '', name: 'Nadia Ferrand' }, true, { key: randomUUID(), at }));
    await write(asMember, 'Autre chose');
    await env.sleep('11m');
    await finished();
    const mails = await mailed();
    expect(mails.map(({ toId }) => toId).sort()).toEqual([owner.id, story.staff.id].sort());
    expect(mails.map(({ data }) => (data as { excerpts: string[] }).excerpts)).toEqual([['Léa — Autre chose'], ['Léa — Autre chose']]);
    expect(mails.find(({ toId }) => toId === story.staff.id)).toMatchObject({ template: 'staff_messages', data: { consolePath: `/console/pages/conversations?conversation=${talk}` } });
  });

  it('S4: as long after as the project was promised; a long talk makes a short history', async () => {
    const { talk, asMember, asOwner, write, mailed, finished } = await scene({ terms: { awayMailDelay: { unit: 'hours', count: 2 } } });
    for (let turn = 0; turn < 40; turn += 1) await write(turn % 2 ? asOwner : asMember, `Tour ${turn}`);
    await env.sleep('100m');
    expect(await mailed()).toEqual([]);
    await env.sleep('30m');
    await finished();
    expect((await mailed()).map(({ data }) => (data as { count: number; excerpts: string[]; more: number })).map(({ count, excerpts, more }) => [count, excerpts.length, more]).sort()).toEqual([[20, 8, 12], [20, 8, 12], [40, 8, 32]]);
    const { events } = await env.client.workflow.getHandle(`conversation-mails/${talk}`).fetchHistory();
    expect(events?.length).toBeLessThan(40);
    expect(JSON.stringify(events)).not.toContain('Tour 1');
  });

  it('W4: a message that a crash left without its workflow is told once it is found', async () => {
    const { talk, owner, asMember, mailed, finished } = await scene();
    const at = await now();
    await db.$transaction((tx) => say(tx, { conversationId: talk, kind: 'message', author: asMember, text: 'Personne ne m’entend', key: randomUUID(), at }));
    expect(await startMissingConversationMails(starting, at)).toBe(0); // its own page may still be starting it
    expect(await startMissingConversationMails(starting, at + 60_000)).toBe(1);
    expect(await startMissingConversationMails(starting, at + 60_000)).toBe(0);
    await env.sleep('11m');
    await finished();
    expect((await mailed()).map(({ toId }) => toId)).toContain(owner.id);
    await eventually(async () => expect((await mailed()).every(({ state }) => state === 'sent')).toBe(true));
  });
});
