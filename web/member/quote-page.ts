import { billingFields } from '../../steps/quote-steps.ts';
import { encryptIban } from '../../billing/iban-cipher.ts';
import { mandateText } from '../../billing/mandate.ts';
import type { Deps } from '../../deps.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { quoteRoundLifecycle } from '../../domain/lifecycle/quote-round.ts';
import { compact, ibanLast4, isIban, isSiret } from '../../domain/identifiers.ts';
import { Problem } from '../../domain/problem.ts';
import { checkQuote, quoteTotals } from '../../domain/quotes.ts';
import { fee, type FeeBasis } from '../../domain/fees.ts';
import { submitQuote } from '../../steps/quote-steps.ts';
import { askStep } from '../ask.ts';
import { amount, optionalAmount, quantity, text } from '../body.ts';
import type { Access, Page } from '../page.ts';

interface TypedLine { section: string; kind: string; label: string; quantity: string; unit: string; optional: string; offered: string }
const emptyLine: TypedLine = { section: '', kind: 'days', label: '', quantity: '', unit: '', optional: '', offered: '' };

/** M9, Q1 to Q5, M3: a member's quote, and their billing entity with the first one. */
export const memberQuotePage: Page = {
  template: 'member-quote',
  async show(deps, access, typed) {
    const { round, latest, member } = await roundFor(deps, access);
    const lines = typed ? typedLines(typed.body) : latest ? latest.lines.map(shownLine(access.locale)) : [emptyLine, emptyLine, emptyLine];
    return {
      title: round.project.title, project: round.project, round, latest, lines, totals: totalsShown(lines, typed ? text(typed.body, 'discount') : '', round.project),
      versions: round.memberQuotes, canSubmit: allows(quoteRoundLifecycle, round.state, 'submitQuote'),
      billing: member.billing, mandate: mandateText(typed ? text(typed.body, 'legalName') || member.name : member.name),
      kinds: ['days', 'flat', 'cost', 'rights'], schedules: ['end', 'deposit_balance', 'instalments'],
    };
  },
  acts: {
    async submitQuote(deps, access, body, key) {
      const wish = text(body, 'do');
      const lines = typedLines(body);
      if (wish === 'add') return { again: { ...body, lines: [...lines, emptyLine] } };
      if (wish.startsWith('remove-')) return { again: { ...body, lines: lines.filter((_, index) => index !== Number(wish.slice(7))) } };
      if (wish === 'recalculate') return { again: { ...body, lines } };
      const { round, member } = await roundFor(deps, access);
      const parsed = lines.filter((line) => line.label || line.unit || line.quantity).map(parsedLine);
      const discountCents = optionalAmount(body, 'discount') ?? 0;
      checkQuote({ lines: parsed, discountCents });
      const deposit = text(body, 'deposit');
      await askStep(deps, access, key, submitQuote, `quote-review/${round.ref}`, {
        lines: parsed, discountCents, conditions: text(body, 'conditions'), paymentSchedule: text(body, 'paymentSchedule') || 'end',
        depositBp: deposit === '' ? null : Math.round(quantity(body, 'deposit') / 10), billing: member.billing ? null : billingOf(deps, body),
      });
      return { notice: 'quoteSent' };
    },
  },
};

function typedLines(body: Readonly<Record<string, unknown>>): TypedLine[] {
  const lines = body.lines;
  const all: unknown[] = Array.isArray(lines) ? lines : lines && typeof lines === 'object' ? Object.values(lines) : [];
  return all.slice(0, 200).map((line) => {
    const given = line as Readonly<Record<string, unknown>>;
    return Object.fromEntries(Object.keys(emptyLine).map((name) => [name, text(given, name)])) as unknown as TypedLine;
  });
}

function shownLine(locale: string) {
  const number = (value: number): string => new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 3, useGrouping: false }).format(value);
  return (line: { section: string; kind: string; label: string; quantityMilli: number; unitCents: number; optional: boolean; offered: boolean }): TypedLine => ({
    section: line.section, kind: line.kind, label: line.label, quantity: number(line.quantityMilli / 1000), unit: number(line.unitCents / 100),
    optional: line.optional ? 'yes' : '', offered: line.offered ? 'yes' : '',
  });
}

function parsedLine(line: TypedLine) {
  const body = line as unknown as Readonly<Record<string, unknown>>;
  return {
    section: line.section, kind: line.kind, label: line.label, quantityMilli: quantity(body, 'quantity'), unitCents: amount(body, 'unit'),
    optional: line.optional === 'yes', offered: line.offered === 'yes',
  };
}

/** What the lines add up to, as far as they can be read; null while one cannot. */
function totalsShown(lines: readonly TypedLine[], discount: string, project: { feeRateBp: number; feeBasis: string }) {
  try {
    const parsed = lines.filter((line) => line.label || line.unit || line.quantity).map(parsedLine);
    const totals = quoteTotals({ lines: parsed, discountCents: discount === '' ? 0 : amount({ discount }, 'discount') });
    const feeCents = fee(Math.max(0, totals.totalCents), project.feeRateBp, project.feeBasis as FeeBasis);
    return { ...totals, feeCents, clientCents: totals.totalCents + feeCents };
  } catch {
    return null;
  }
}

/** @throws Problem `siret_invalid`, `iban_invalid`, `form_invalid` */
function billingOf(deps: Deps, body: Readonly<Record<string, unknown>>) {
  const iban = compact(text(body, 'iban'));
  if (!isSiret(text(body, 'siret'))) throw new Problem('siret_invalid', 'the SIRET does not pass its check', { fields: 'siret' });
  if (!isIban(iban)) throw new Problem('iban_invalid', 'the IBAN does not pass its check', { fields: 'iban' });
  const vatRegime = text(body, 'vatRegime');
  const parsed = billingFields.safeParse({
    legalName: text(body, 'legalName'), legalForm: text(body, 'legalForm'), siret: compact(text(body, 'siret')), vatNumber: compact(text(body, 'vatNumber')) || null, vatRegime,
    vatRateBp: vatRegime === 'franchise' ? 0 : 2_000, address: text(body, 'address'), postcode: text(body, 'postcode'), city: text(body, 'city'),
    ibanEncrypted: encryptIban(deps.secret, iban), ibanLast4: ibanLast4(iban), bic: text(body, 'bic') || null, mandateAccepted: text(body, 'mandate') === 'yes',
  });
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new Problem('form_invalid', `billing entity: ${fields}`, { fields });
  }
  return parsed.data;
}

async function roundFor(deps: Deps, access: Access) {
  const round = await deps.db.quoteRound.findFirst({
    where: { id: access.subjectId ?? '', project: { team: { some: { memberId: access.person.id } } } },
    include: {
      project: { include: { company: true, accountManager: true } },
      memberQuotes: { where: { memberId: access.person.id }, include: { lines: { orderBy: { position: 'asc' } } }, orderBy: { version: 'desc' } },
    },
  });
  if (!round) throw new Problem('not_in_team', 'no such round for this member');
  const member = await deps.db.member.findUniqueOrThrow({ where: { id: access.person.id }, include: { billing: true } });
  return { round, latest: round.memberQuotes[0], member };
}
