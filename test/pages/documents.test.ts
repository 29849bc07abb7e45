import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { reviewPayouts } from '../../database/vigilance.ts';
import { dropStrayFiles } from '../../documents/member-files.ts';
import { largestDocument } from '../../domain/file-content.ts';
import { createLink } from '../../links/create.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import { acceptCandidature, acceptDocument } from '../../steps/membership-steps.ts';
import { perform } from '../../steps/perform.ts';
import { startMembership } from '../../steps/start-membership.ts';
import { jpegFile, pdfFile, pngFile } from '../support/files.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';

const { deps, url, another } = await openHouse();
const { db, secret } = deps;
const staff = await addStaff(db);

interface Hand { readonly id: string; readonly handle: string; readonly path: string; send(fields: Record<string, string | Blob>, where?: string): Promise<{ status: number; html: string }>; see(path?: string): Promise<{ status: number; html: string; type: string; bytes: Uint8Array }> }

/** An active member, at their own documents page by the link their mails carry. */
async function member(name: string): Promise<Hand> {
  const { memberId, handle } = await startMembership(deps, {
    key: randomUUID(),
    candidature: { name, email: `${randomUUID()}@membres.test`, structure: 'freelance', headline: 'Sérigraphe', experience: 'Dix ans.', references: [{ title: 'Affiches', link: '' }] },
  });
  await perform(deps, { step: acceptCandidature, subject: `membership/${handle}`, person: staff, key: randomUUID(), payload: { message: '' } });
  const id = await db.$transaction((tx) => createLink(tx, secret, { purpose: 'member_documents', ownerKind: 'member', ownerId: memberId, at: Date.now() }));
  const path = linkPath(linkToken(secret, id));
  const plain = (html: string) => html.replace(/[\u00a0\u202f]/g, ' ');
  return {
    id: memberId, handle, path,
    async send(fields, where = url) {
      const form = new FormData();
      for (const [field, value] of Object.entries({ key: randomUUID(), kind: 'urssaf', ...fields })) {
        if (typeof value === 'string') form.set(field, value);
        else form.set(field, value, (value as File).name);
      }
      const response = await fetch(`${where}${path}/do/sendDocument`, { method: 'POST', redirect: 'manual', body: form });
      return { status: response.status, html: plain(await response.text()) };
    },
    async see(under = '') {
      const response = await fetch(`${url}${path}${under}`, { redirect: 'manual' });
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { status: response.status, html: plain(Buffer.from(bytes).toString()), type: response.headers.get('content-type') ?? '', bytes };
    },
  };
}
const file = (bytes: Uint8Array, name: string, type = 'application/pdf') => new File([Uint8Array.from(bytes)], name, { type });

describe('M4 a member sends a document', () => {
  it.each([['a PDF', pdfFile(), 'application/pdf'], ['a PNG', pngFile(), 'image/png'], ['a JPEG', jpegFile(), 'image/jpeg']] as const)('%s, whatever its name and type say, and sees it again as it was', async (_what, bytes, type) => {
    const hand = await member('Ada');
    expect((await hand.send({ file: file(bytes, 'vigilance.txt', 'text/plain'), expiresOn: '2099-01-31' })).status).toBe(303);
    const document = await db.memberDocument.findFirstOrThrow({ where: { memberId: hand.id }, include: { file: true } });
    expect(document).toMatchObject({ kind: 'urssaf', state: 'to_check', fileName: 'vigilance.txt', file: { type, size: bytes.length } });
    const seen = await hand.see(`/file/${document.fileId}`);
    expect([seen.status, seen.type, Buffer.compare(seen.bytes, bytes)]).toEqual([200, type, 0]);
    expect((await hand.see()).html).toContain('Nous le vérifions');
  });

  it('what is no such file is refused with the reason, whatever it is called; nothing is kept', async () => {
    const hand = await member('Berthe');
    const page = await hand.send({ file: file(new Uint8Array(Buffer.from('<script>alert(1)</script>')), 'kbis.pdf') });
    expect(page.status).toBe(422);
    expect(page.html).toContain('ni un PDF, ni une image');
    expect((await hand.send({ file: file(new Uint8Array(largestDocument + 1), 'kbis.pdf') })).html).toContain('dépasse 8 Mo');
    expect((await hand.send({ file: file(new Uint8Array(largestDocument * 2), 'kbis.pdf') })).html).toContain('dépasse 8 Mo');
    expect((await hand.send({})).status).toBe(422);
    expect((await hand.send({ file: file(pdfFile(), 'kbis.pdf'), kind: 'passeport' })).status).toBe(422);
    expect(await db.memberDocument.count({ where: { memberId: hand.id } })).toBe(0);
  });

  it('W4: the same form twice is one document; Temporal away, the file is kept and need not be chosen again', async () => {
    const hand = await member('Célestine');
    const key = randomUUID();
    const away = await another({ temporal: { withDeadline: () => Promise.reject(Object.assign(new Error('gone'), { code: 14 })) } as never });
    const refused = await hand.send({ key, file: file(pdfFile(), 'urssaf.pdf') }, away);
    expect(refused.status).toBe(503);
    const kept = /name="fileId" value="([^"]+)"/.exec(refused.html)?.[1] ?? '';
    expect(refused.html).toContain('urssaf.pdf');
    expect((await hand.send({ key, fileId: kept })).status).toBe(303);
    expect((await hand.send({ key, fileId: kept })).status).toBe(303);
    expect(await db.memberDocument.findMany({ where: { memberId: hand.id } })).toMatchObject([{ fileId: kept, fileName: 'urssaf.pdf' }]);
  });

  it('another member sees none of it, neither by a link nor signed in, and cannot hand it in', async () => {
    const [hand, other] = [await member('Delphine'), await member('Élise')];
    await hand.send({ file: file(pdfFile(), 'urssaf.pdf') });
    const { fileId } = await db.memberDocument.findFirstOrThrow({ where: { memberId: hand.id } });
    expect((await other.see(`/file/${fileId}`)).status).toBe(404);
    expect((await other.send({ fileId: fileId ?? '' })).status).toBe(422);
    expect((await fetch(`${url}/my-documents/file/${fileId}`, { redirect: 'manual' })).status).toBe(303);
    const key = fileId ?? '';
    expect((await other.send({ key, file: file(pngFile(), 'autre.png') })).status).toBe(403);
    expect((await db.memberFile.findUniqueOrThrow({ where: { id: key } })).type).toBe('application/pdf');
  });

  it('a file whose form was never carried through is let go of after a week, those handed in stay', async () => {
    const hand = await member('Fleur');
    await hand.send({ file: file(pdfFile(), 'urssaf.pdf') });
    await hand.send({ file: file(pdfFile(), 'stray.pdf'), kind: 'passeport' });
    expect(await dropStrayFiles(db, Date.now() + 6 * 86_400_000)).toBe(0);
    await dropStrayFiles(db, Date.now() + 8 * 86_400_000);
    expect((await db.memberFile.findMany({ where: { memberId: hand.id } })).map(({ name }) => name)).toEqual(['urssaf.pdf']);
  });
});

describe('M4 what is missing, for which project', () => {
  it('says nothing is needed under the threshold; above, which document for which project and what it holds back, also beside the invoice', async () => {
    const hand = await member('Garance');
    expect((await hand.see()).html).toContain('Rien ne presse');
    const story = await beginStory(deps, { company: 'Vigilante' });
    const round = await db.quoteRound.create({ data: { projectId: story.projectId, number: 7, ref: `${story.ref}-A7`, state: 'signed' } });
    const quote = await db.memberQuote.create({ data: { roundId: round.id, memberId: hand.id, version: 1, state: 'accepted', totalCents: 600_000, acceptedCents: 600_000, vatRegime: 'standard', vatRateBp: 2000 } });
    const client = await db.clientInvoice.create({ data: { ref: `${story.ref}-C1`, projectId: story.projectId, state: 'paid' } });
    const invoice = await db.memberInvoice.create({
      data: { ref: `${story.ref}-F1`, projectId: story.projectId, memberId: hand.id, quoteId: quote.id, state: 'final', amountCents: 600_000, vatRegime: 'standard', vatRateBp: 2000, vatCents: 120_000, totalCents: 720_000, feeCents: 0, mandate: true, clientInvoiceId: client.id },
    });
    const payment = await db.payment.create({ data: { key: randomUUID(), clientInvoiceId: client.id, amountCents: 720_000, receivedOn: new Date(), reference: 'VIR', recordedBy: 'test' } });
    await db.payout.create({ data: { kind: 'services', memberId: hand.id, paymentId: payment.id, memberInvoiceId: invoice.id, amountCents: 720_000 } });
    await db.$transaction((tx) => reviewPayouts(tx, hand.id, Date.now()));
    await db.teamMember.create({ data: { projectId: story.projectId, memberId: hand.id } });
    const { html } = await hand.see();
    expect(html).toContain('7 200,00 € vous attendent');
    expect(html).toMatch(new RegExp(`<h3>Refonte du site</h3><p class="soft">${story.ref} · 6 000,00 € HT`));
    expect(html.match(/<li class="bad">/g)).toHaveLength(2); // the registration and the attestation, not the insurance
    expect(html).toContain('7 200,00 € payés par le client attendent ce document');
    expect(html).not.toMatch(/>d\.[a-zA-Z]/);
    const id = await db.$transaction((tx) => createLink(tx, secret, { purpose: 'member_invoicing', ownerKind: 'member', ownerId: hand.id, projectId: story.projectId, subjectId: story.projectId, at: Date.now() }));
    const invoices = (await (await fetch(`${url}${linkPath(linkToken(secret, id))}`)).text()).replace(/[\u00a0\u202f]/g, ' ');
    expect(invoices).toContain('sont payés par le client, et attendent');
    expect(invoices).toContain('immatriculation et attestation de vigilance URSSAF');
    for (const kind of ['registration', 'urssaf']) {
      await hand.send({ kind, file: file(pdfFile(), `${kind}.pdf`) });
      const { id: documentId } = await db.memberDocument.findFirstOrThrow({ where: { memberId: hand.id, kind } });
      await perform(deps, { step: acceptDocument, subject: `membership/${hand.handle}`, person: staff, key: randomUUID(), payload: { documentId } });
    }
    expect((await db.payout.findFirstOrThrow({ where: { memberId: hand.id } })).state).toBe('to_send');
    expect((await hand.see()).html.match(/En ordre/g)).toHaveLength(2);
  });

  it('a member who is not followed yet sees the page too', async () => {
    const { id } = await addMember(db, 'Honorine');
    const link = await db.$transaction((tx) => createLink(tx, secret, { purpose: 'member_documents', ownerKind: 'member', ownerId: id, at: Date.now() }));
    expect((await fetch(`${url}${linkPath(linkToken(secret, link))}`)).status).toBe(200);
  });
});
