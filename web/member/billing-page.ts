import { mandateText } from '../../billing/mandate.ts';
import { askAccount, confirmAccount, giveUpAccount, mayBeStopped, stopAccount } from '../../database/billing/account-change.ts';
import { changeBillingEntity, changeMandate, createBillingEntity } from '../../database/billing/entity.ts';
import type { By } from '../../database/audit.ts';
import type { Deps } from '../../deps.ts';
import { ibanChangeWait } from '../../domain/bank/transfer-holds.ts';
import { memberVatRates } from '../../domain/billing-entity.ts';
import { Problem } from '../../domain/problem.ts';
import { text } from '../body.ts';
import type { Access, Page, Typed } from '../page.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';
import { billingTyped, keptAccountTyped, keptEntityTyped, whyWrong } from './billing-fields.ts';

/** M3: a member's own billing entity: what their invoices say, where they are paid, and the mandate to invoice in their name. */
export const billingPage: Page = {
  template: 'billing',
  async show(deps, access, typed) {
    const memberId = access.person.id;
    const { name, billing } = await deps.db.member.findUniqueOrThrow({ where: { id: memberId }, select: { name: true, billing: true } });
    const changes = await deps.db.accountChange.findMany({ where: { memberId }, orderBy: { createdAt: 'desc' }, take: 10 });
    const mandates = await deps.db.billingMandate.findMany({ where: { memberId }, orderBy: { acceptedAt: 'desc' }, take: 10 });
    const now = Date.now();
    // Another form of the page that comes back leaves the identity as it is kept.
    const said = typed && ['createBilling', 'saveBilling'].includes(typed.act) ? typed.body : null;
    const asked = changes.find(({ state, expiresAt }) => state === 'asked' && expiresAt.getTime() > now);
    const fresh = billing && changes.find((change) => mayBeStopped(change, billing, now));
    return {
      title: '', memberName: name, billing: billing && { ...billing, ibanEncrypted: undefined }, vatRates: memberVatRates, why: whyOf(typed),
      entity: said ?? (billing ? { ...billing, vatRate: String(billing.vatRateBp) } : {}),
      holdUntil: billing?.ibanChangedAt && now - billing.ibanChangedAt.getTime() < ibanChangeWait ? new Date(billing.ibanChangedAt.getTime() + ibanChangeWait) : null,
      asked: asked && { id: asked.id, ibanLast4: asked.ibanLast4, email: asked.email, expiresAt: asked.expiresAt }, fresh: fresh && { id: fresh.id, formerLast4: fresh.formerLast4 },
      history: changes.map(({ state, ibanLast4, createdAt, confirmedAt, endedAt, expiresAt }) => ({ ibanLast4, at: endedAt ?? confirmedAt ?? createdAt, state: state === 'asked' && expiresAt.getTime() <= now ? 'expired' : state })),
      mandates: mandates.map((one) => ({ ...one, current: one.endedAt === null })),
      newMandate: mandateText(access.locale === 'fr' ? 'La raison sociale saisie ci-dessus' : 'The legal name typed above'),
      mandate: mandateText((said ? text(said, 'legalName') : '') || (billing?.legalName ?? (access.locale === 'fr' ? 'La raison sociale saisie ci-dessus' : 'The legal name typed above'))),
    };
  },
  acts: {
    async createBilling(deps, access, body, key) {
      await createBillingEntity(deps.db, deed(access, key), billingTyped(deps.secret, body));
      return { notice: 'billingSaved' };
    },
    async saveBilling(deps, access, body, key) {
      await changeBillingEntity(deps.db, deed(access, key), keptEntityTyped(body), text(body, 'mandate') === 'yes');
      return { notice: 'billingSaved' };
    },
    async acceptMandate(deps, access, body, key) {
      if (text(body, 'mandate') !== 'yes') throw new Problem('form_invalid', 'the mandate is not ticked', { fields: 'mandate' });
      await changeMandate(deps.db, deed(access, key), true);
      return { notice: 'mandateAccepted' };
    },
    async endMandate(deps, access, _body, key) {
      await changeMandate(deps.db, deed(access, key), false);
      return { notice: 'mandateEnded' };
    },
    async askAccount(deps, access, body, key) {
      const account = keptAccountTyped(body);
      // Nothing of it goes back to the page but a mistake to correct.
      const { mailIds } = await askAccount(deps.db, deps.secret, deed(access, key), account, key);
      send(deps, mailIds);
      return { notice: 'accountAsked' };
    },
    async giveUpAccount(deps, access, body) {
      await giveUpAccount(deps.db, deed(access), text(body, 'changeId'));
      return { notice: 'accountGivenUp' };
    },
    async stopAccount(deps, access, body) {
      const { mailIds } = await stopAccount(deps.db, deps.secret, deed(access), text(body, 'changeId'));
      send(deps, mailIds);
      return { notice: 'accountStopped' };
    },
  },
};

/** M3: behind the link of a mail: the new account is confirmed, or taken back while nothing could leave for it. */
export const accountChangePage: Page = {
  template: 'account-change',
  async show(deps, access) {
    const change = await deps.db.accountChange.findFirst({ where: { id: access.subjectId ?? '', memberId: access.person.id } });
    const billing = await deps.db.billingEntity.findUnique({ where: { memberId: access.person.id } });
    if (!change || !billing) throw new Problem('not_found', 'no such change of theirs');
    const now = Date.now();
    const { state, ibanLast4, formerLast4, expiresAt } = change;
    return {
      title: '', state, ibanLast4, formerLast4: formerLast4 || billing.ibanLast4, expiresAt, open: state === 'asked' && expiresAt.getTime() > now, mayStop: mayBeStopped(change, billing, now),
      payableFrom: billing.ibanChangedAt && new Date(billing.ibanChangedAt.getTime() + ibanChangeWait),
    };
  },
  acts: {
    async confirmAccount(deps, access) {
      const { mailIds } = await confirmAccount(deps.db, deps.secret, deed(access), access.subjectId ?? '');
      send(deps, mailIds);
      return { notice: 'accountConfirmed' };
    },
    async stopAccount(deps, access) {
      const { mailIds } = await stopAccount(deps.db, deps.secret, deed(access), access.subjectId ?? '');
      send(deps, mailIds);
      return { notice: 'accountStopped' };
    },
  },
};

function deed(access: Access, key = ''): { memberId: string; by: By; key: string; at: number } {
  const { id } = access.person;
  return { memberId: id, by: { kind: 'member', id, name: access.name }, key, at: Date.now() };
}

function send(deps: Deps, mailIds: readonly string[]): void {
  for (const id of mailIds) sendQueuedMail(deps, id);
}

function whyOf(typed: Typed | null): Readonly<Record<string, string>> {
  if (typed?.act === 'createBilling') return whyWrong(typed.body, ['entity', 'account']);
  if (typed?.act === 'saveBilling') return whyWrong(typed.body, ['entity']);
  return typed?.act === 'askAccount' ? whyWrong(typed.body, ['account']) : {};
}
