import { expect } from 'vitest';
import * as invoiceSteps from '../../steps/invoice-steps.ts';
import { eventually } from './eventually.ts';
import type { House } from './house.ts';
import { addMember, beginStory, type Story } from './story.ts';

export interface Issued {
  readonly story: Story;
  readonly company: { readonly id: string; readonly handle: string; readonly name: string };
  /** The client invoices, one an amount, in their order. */
  readonly refs: string[];
  readonly memberId: string;
}

/** A signed project with a client invoice issued for each of these amounts of one member, who approves each preview at once. */
export async function issuedInvoices(deps: House['deps'], amounts: readonly number[], options: Parameters<typeof beginStory>[1] = {}): Promise<Issued> {
  const member = await addMember(deps.db, 'Maud', { mandate: false });
  const story = await beginStory(deps, options);
  await story.untilSigned([member], amounts.reduce((total, cents) => total + cents, 0));
  const refs: string[] = [];
  for (const cents of amounts) {
    const { ref } = await story.enterAmount(member, cents);
    await story.ask(invoiceSteps.approvePreview, {}, member, `member-invoice/${ref}`);
    await eventually(async () => {
      const own = await deps.db.memberInvoice.findUniqueOrThrow({ where: { ref }, include: { clientInvoice: true } });
      expect(own.clientInvoice?.state).toBe('issued');
      refs.push(own.clientInvoice?.ref ?? '');
    });
  }
  const { company } = await deps.db.project.findUniqueOrThrow({ where: { id: story.projectId }, select: { company: { select: { id: true, handle: true, name: true } } } });
  return { story, company, refs: [...new Set(refs)], memberId: member.id };
}
