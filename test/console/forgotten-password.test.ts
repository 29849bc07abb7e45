import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { consoleHand } from '../support/console-page.ts';
import { openHouse } from '../support/house.ts';

const house = await openHouse({ console: consoleRouter });
const { db } = house.deps;
const { url, mailbox } = house;
const post = (path: string, fields: Record<string, string>) => fetch(`${url}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
const signIn = async (email: string, password: string) => (await post('/console/login', { email, password })).status;
const linkIn = (text: string): string => /\/l\/[\w-]{40,}/.exec(text)?.[0] ?? '';

describe('S5 a forgotten password', () => {
  it('a link by e-mail, a new password, the earlier one and every session over', async () => {
    const person = await consoleHand(house, 'finance');
    const { email } = await db.staff.findUniqueOrThrow({ where: { id: person.staffId } });
    expect((await post('/console/login/forgotten', { email: `  ${email.toUpperCase()} ` })).headers.get('location')).toContain('passwordLinkSent');
    const mail = await mailbox.waitFor(({ to }) => to.includes(email));
    const link = linkIn(mail.text);
    expect(link).not.toBe('');
    expect(mail.subject).not.toMatch(/\/l\//);
    const form = await fetch(url + link);
    expect(form.status).toBe(200);
    expect(form.headers.get('referrer-policy')).toMatch(/no-referrer|same-origin/);
    expect((await post(link, { password: 'la nouvelle phrase de passe', again: 'une autre phrase de passe' })).status).toBe(422);
    expect(await signIn(email, 'un mot de passe de test')).toBe(302);
    expect((await post(link, { password: 'la nouvelle phrase de passe', again: 'la nouvelle phrase de passe' })).headers.get('location')).toContain('passwordChosen');
    await expect(person.open('security')).rejects.toThrow('302');
    expect(await signIn(email, 'un mot de passe de test')).toBe(401);
    expect(await signIn(email, 'la nouvelle phrase de passe')).toBe(302);
    expect((await fetch(url + link)).status).toBe(410);
    const told = await db.auditEvent.findMany({ where: { subject: { startsWith: 'staff/finance-' } }, select: { action: true, data: true }, orderBy: { at: 'asc' } });
    expect(told.map(({ action }) => action)).toEqual(expect.arrayContaining(['staff.passwordForgotten', 'staff.passwordChosen']));
    const kept = await db.mail.findFirstOrThrow({ where: { template: 'staff_password_link', toEmail: email } });
    expect(JSON.stringify([kept, told])).not.toContain(link.slice(3));
  });

  it('a later link ends the one before; past three within an hour none leaves, and nothing says so', async () => {
    const person = await consoleHand(house, 'read_only');
    const { email } = await db.staff.findUniqueOrThrow({ where: { id: person.staffId } });
    const answers: (string | null)[] = [];
    for (let time = 0; time < 4; time += 1) answers.push((await post('/console/login/forgotten', { email })).headers.get('location'));
    answers.push((await post('/console/login/forgotten', { email: 'personne@off-works.test' })).headers.get('location'));
    expect(new Set(answers).size).toBe(1);
    expect(await db.mail.count({ where: { template: 'staff_password_link', toEmail: email } })).toBe(3);
    expect(await db.mail.count({ where: { toEmail: 'personne@off-works.test' } })).toBe(0);
    const links = await db.staffPasswordLink.findMany({ where: { staffId: person.staffId } });
    expect(links.filter(({ expiresAt }) => expiresAt.getTime() > Date.now())).toHaveLength(1);
  });

  it('an expired link, or the link of somebody who has left, chooses nothing', async () => {
    const person = await consoleHand(house, 'administrative');
    const { email } = await db.staff.findUniqueOrThrow({ where: { id: person.staffId } });
    await post('/console/login/forgotten', { email });
    const link = linkIn((await mailbox.waitFor(({ to }) => to.includes(email))).text);
    await db.staff.update({ where: { id: person.staffId }, data: { active: false } });
    expect((await fetch(url + link)).status).toBe(410);
    await db.staff.update({ where: { id: person.staffId }, data: { active: true } });
    await db.staffPasswordLink.updateMany({ where: { staffId: person.staffId }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    expect((await post(link, { password: 'la nouvelle phrase de passe', again: 'la nouvelle phrase de passe' })).status).toBe(410);
    expect(await signIn(email, 'un mot de passe de test')).toBe(302);
  });
});
