import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { dmmf, modelNamed } from '../../admin/resources/columns.ts';
import { Resource } from '../../admin/resources/guarded-adapter.ts';
import { resources } from '../../admin/resources/index.ts';
import { consoleRouter } from '../../admin/router.ts';
import { roles } from '../../domain/roles.ts';
import { resourceNames, mayRead } from '../../domain/roles.ts';
import { seal, unseal } from '../../database/cipher.ts';
import { takeSecondFactor } from '../../database/second-factor.ts';
import { consoleHand } from '../support/console-page.ts';
import { openHouse } from '../support/house.ts';
import { addMember } from '../support/story.ts';


const house = await openHouse({ console: consoleRouter });
const { deps, url } = house;
const { db } = deps;
const password = 'un mot de passe de test';
const login = (email: string, typed: string, path = '/console/login', cookie = '', field = 'password') =>
  fetch(`${url}${path}`, { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams({ email, [field]: typed }) });
const cookieOf = (r: Response) => r.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const mailOf = async (id: string) => (await db.staff.findUniqueOrThrow({ where: { id } })).email;

describe('S5 sign-in, second factor, staff and rights', () => {
  it('a second factor: asked after the password, each code once, recovery codes once', async () => {
    const a = await consoleHand(house, 'finance');
    expect((await a.act('security', 'begin', { password: 'faux' })).notice?.type).toBe('error');
    expect((await a.act('security', 'begin', { password })).notice?.type).toBe('success');
    const row = await db.staffSecondFactor.findUniqueOrThrow({ where: { staffId: a.staffId } });
    const key = unseal(deps.secret, 'second-factor', row.secretEncrypted);
    const code = (ms = 0) => new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() + ms });
    const first = code();
    const done = await a.act('security', 'confirm', { code: first });
    expect(done.notice?.type).toBe('success');
    const codes = (done.blocks.find((b) => b.kind === 'pre') as { text: string }).text.split('\n');
    expect(codes).toHaveLength(10);
    const email = await mailOf(a.staffId);
    const r = await login(email, password);
    expect(r.headers.get('location')).toBe('/console/login/code');
    const half = cookieOf(r);
    expect((await fetch(`${url}/console/api/dashboard`, { headers: { cookie: half }, redirect: 'manual' })).status).toBe(302);
    expect((await login(email, first, '/console/login/code', half, 'code')).status).toBe(401);
    const ok = await login(email, codes[0] ?? '', '/console/login/code', half, 'code');
    expect(ok.headers.get('location')).toBe('/console');
    expect(cookieOf(ok)).not.toBe(half);
    const half2 = cookieOf(await login(email, password));
    expect((await login(email, codes[0] ?? '', '/console/login/code', half2, 'code')).status).toBe(401);
    expect((await login(email, code(30_000), '/console/login/code', half2, 'code')).headers.get('location')).toBe('/console');
  });
  it('failures wait longer, known address or not', async () => {
    const a = await consoleHand(house, 'finance');
    const email = await mailOf(a.staffId);
    for (const who of [email, 'inconnu@off-works.test']) {
      const answers = [];
      for (let i = 0; i < 6; i += 1) { const r = await login(who, 'faux'); answers.push(r.status); }
      expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
    }
    expect((await login(email, password)).status).toBe(429);
  });
  it('a new role ends sessions; a staff member chooses a password by a single-use link', async () => {
    await db.signInTry.deleteMany({});
    const admin = await consoleHand(house, 'administrator');
    const a = await consoleHand(house, 'finance');
    expect((await a.open('staff')).blocks).toHaveLength(1);
    expect((await admin.act(`staff?person=${a.staffId}`, 'role', { role: 'read_only' })).notice?.type).toBe('success');
    await expect(a.open('security')).rejects.toThrow();
    expect((await admin.act(`staff?person=${admin.staffId}`, 'role', { role: 'finance' })).notice?.type).toBe('error');
    expect((await admin.act('staff', 'add', { name: 'Nina Test', email: 'nina@off-works.test', phone: '', team: 'Lyon', role: 'finance' })).notice?.type).toBe('success');
    expect((await db.staff.findUniqueOrThrow({ where: { email: 'nina@off-works.test' } })).team).toBe('Lyon');
    const mail = (await house.mailbox.waitFor(({ to }) => to.includes('nina@off-works.test')))
    const link = /\/l\/[A-Za-z0-9_-]{40,}/.exec(JSON.stringify(mail))?.[0] ?? '';
    expect(link).not.toBe('');
    const choose = (p: string) => fetch(`${url}${link}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ password: p, again: p }) });
    expect((await fetch(url + link)).status).toBe(200);
    expect((await choose('motdepasse1234')).status).toBe(422);
    expect((await choose('une petite phrase rien que')).headers.get('location')).toContain('passwordChosen');
    expect((await choose('une petite phrase encore ok')).status).toBe(410);
    expect((await login('nina@off-works.test', 'une petite phrase rien que')).status).toBe(302);
    const kept = await db.mail.findFirstOrThrow({ where: { template: 'staff_invited' } });
    expect(`${kept.html}${kept.text}`).not.toContain(link);
    const one = await login('nina@off-works.test', '', '/console/login/forgotten');
    const two = await login('personne@off-works.test', '', '/console/login/forgotten');
    expect([one.status, one.headers.get('location')]).toEqual([two.status, two.headers.get('location')]);
    for (const page of ['security', 'staffSessions', 'staff', `staff?person=${a.staffId}`]) expect((await admin.open(page)).blocks.length).toBeGreaterThan(1);
  });
  it('S2 S5: every object of the console stands in the table of rights, and so does every object one of them refers to and shows', () => {
    const shown = resources(deps);
    expect(shown.map(({ model }) => model).filter((model) => !resourceNames.includes(model))).toEqual([]);
    const properties = (model: string): string[] => Object.keys(new Resource({ model: modelNamed(model), client: db, clientModule: { Prisma: { dmmf } } }).prepareProperties());
    for (const { model, list, show = [], filter = [] } of shown) expect({ model, missing: [...list, ...show, ...filter].filter((name) => !properties(model).includes(name)) }).toEqual({ model, missing: [] });
  });
  it.each(roles)('%s reads what the table allows, and no more', async (role) => {
    const a = await consoleHand(house, role);
    await addMember(db, `M ${role}`);
    const get = async (path: string) => (await fetch(`${url}/console/api/resources/${path}`, { headers: { cookie: a.cookie } })).text();
    const wrong: string[] = [];
    for (const model of resourceNames) {
      const raw = await get(`${model}/actions/list`); if (!raw.startsWith('{')) { wrong.push(`500 ${model}`); continue; }
      const body = JSON.parse(raw) as { notice?: { type: string } };
      if ((body.notice?.type === 'error') === mayRead(role, model)) wrong.push(model);
    }
    expect(wrong).toEqual([]);
    const billing = await get('BillingEntity/actions/list');
    const clear = /"ibanLast4":"[0-9A-Z]{4}"/.test(billing);
    expect(clear).toBe(['administrator', 'administrative', 'finance'].includes(role));
    const found = await get('Staff/actions/search');
    expect(found).not.toContain('argon2');
    expect(found.includes('@off-works.test')).toBe(role === 'administrator');
    for (const m of ['Project', 'BillingEntity', 'Staff']) expect(await get(`${m}/actions/list?sortBy=passwordHash&filters.passwordHash=x&filters.ibanEncrypted=x`)).not.toContain('argon2');
  });

  it('takes the codes of the vectors of RFC 6238, each once and a step early or late, never further', async () => {
    const a = await consoleHand(house, 'finance', 'Vera Vecteur');
    const staff = await db.staff.findUniqueOrThrow({ where: { id: a.staffId } });
    const key = new Secret({ buffer: new TextEncoder().encode('12345678901234567890').buffer }).base32;
    await db.staffSecondFactor.create({ data: { staffId: staff.id, secretEncrypted: seal(deps.secret, 'second-factor', key), confirmedAt: new Date(0), createdAt: new Date(0) } });
    const take = (code: string, seconds: number) => takeSecondFactor(db, deps.secret, staff, code, seconds * 1_000);
    // Appendix B, SHA-1, the last six digits of its eight.
    const vectors: [number, string][] = [[59, '287082'], [1_111_111_109, '081804'], [1_111_111_111, '050471'], [1_234_567_890, '005924'], [2_000_000_000, '279037'], [20_000_000_000, '353130']];
    for (const [seconds, code] of vectors) {
      expect(await take(code, seconds + 90)).toBe(false);
      expect(await take(code, seconds - 90)).toBe(false);
      expect(await take(code, seconds)).toBe(true);
      expect(await take(code, seconds)).toBe(false);
    }
    await db.staffSecondFactor.update({ where: { staffId: staff.id }, data: { lastStep: null } });
    expect(await take('287082', 59 + 30)).toBe(true);
    await db.staffSecondFactor.update({ where: { staffId: staff.id }, data: { lastStep: null } });
    expect(await take('287082', 59 - 30)).toBe(true);
  });

  it('a second factor is turned off with the password and a reason, and asked for no more; its codes open nothing any more', async () => {
    await db.signInTry.deleteMany({});
    const a = await consoleHand(house, 'finance', 'Omar Off');
    await a.act('security', 'begin', { password });
    const { secretEncrypted } = await db.staffSecondFactor.findUniqueOrThrow({ where: { staffId: a.staffId } });
    const totp = new TOTP({ secret: Secret.fromBase32(unseal(deps.secret, 'second-factor', secretEncrypted)) });
    await a.act('security', 'confirm', { code: totp.generate() });
    const email = await mailOf(a.staffId);
    expect((await login(email, password)).headers.get('location')).toBe('/console/login/code');
    expect((await a.act('security', 'turnOff', { password: 'faux', reason: 'Téléphone perdu.' })).notice?.type).toBe('error');
    expect((await a.act('security', 'turnOff', { password, reason: '' })).notice?.type).toBe('error');
    expect(await db.staffSecondFactor.count({ where: { staffId: a.staffId } })).toBe(1);
    expect((await a.act('security', 'turnOff', { password, reason: 'Téléphone perdu.' })).notice?.type).toBe('success');
    expect(await db.staffSecondFactor.count({ where: { staffId: a.staffId } }) + (await db.staffRecoveryCode.count({ where: { staffId: a.staffId } }))).toBe(0);
    expect((await login(email, password)).headers.get('location')).toBe('/console');
    expect((await a.act('security', 'turnOff', { password, reason: 'Encore.' })).notice?.type).toBe('error');
    const told = await db.auditEvent.findFirstOrThrow({ where: { actorId: a.staffId, action: 'staff.secondFactorOff' } });
    expect(told.data).toMatchObject({ reason: 'Téléphone perdu.' });
  });

  it('two administrators who demote or close each other at once leave one administrator; the second is told why', async () => {
    await db.signInTry.deleteMany({});
    for (const [act, values] of [['role', { role: 'finance' }], ['deactivate', { reason: 'Départ de la maison.' }]] as const) {
      await db.staff.updateMany({ where: { role: 'administrator' }, data: { active: false } });
      const [one, two] = [await consoleHand(house, 'administrator', `Une ${act}`), await consoleHand(house, 'administrator', `Deux ${act}`)];
      const answers = await Promise.allSettled([one.act(`staff?person=${two.staffId}`, act, values), two.act(`staff?person=${one.staffId}`, act, values)]);
      const done = answers.filter((answer) => answer.status === 'fulfilled' && answer.value.notice?.type === 'success');
      expect(done).toHaveLength(1);
      const left = await db.staff.findMany({ where: { role: 'administrator', active: true } });
      expect(left.map(({ id }) => [one.staffId, two.staffId].includes(id))).toEqual([true]);
      expect(await db.auditEvent.count({ where: { action: act === 'role' ? 'staff.roleChanged' : 'staff.deactivated', actorId: { in: [one.staffId, two.staffId] } } })).toBe(1);
    }
  });

  it('two administrators who give somebody different roles at once: one after the other, each in the trail', async () => {
    await db.signInTry.deleteMany({});
    const [one, two, person] = [await consoleHand(house, 'administrator', 'Une Admin'), await consoleHand(house, 'administrator', 'Deux Admin'), await consoleHand(house, 'read_only', 'Iris')];
    const answers = await Promise.all([one.act(`staff?person=${person.staffId}`, 'role', { role: 'finance' }), two.act(`staff?person=${person.staffId}`, 'role', { role: 'administrative' })]);
    expect(answers.map(({ notice }) => notice?.type)).toEqual(['success', 'success']);
    const told = (await db.auditEvent.findMany({ where: { action: 'staff.roleChanged', actorId: { in: [one.staffId, two.staffId] } }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(({ data }) => data as { before: string; after: string });
    const first = told.find(({ before }) => before === 'read_only');
    const second = told.find(({ before }) => before === first?.after);
    expect(told).toHaveLength(2);
    expect((await db.staff.findUniqueOrThrow({ where: { id: person.staffId } })).role).toBe(second?.after);
  });
});
