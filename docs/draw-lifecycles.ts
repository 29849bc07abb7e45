import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Lifecycle } from '../domain/lifecycle/lifecycle.ts';
import { accountChangeLifecycle } from '../domain/lifecycle/account-change.ts';
import { applicationLifecycle } from '../domain/lifecycle/application.ts';
import { bankLineLifecycle } from '../domain/lifecycle/bank-line.ts';
import { clientInvoiceLifecycle } from '../domain/lifecycle/client-invoice.ts';
import { clientQuoteLifecycle } from '../domain/lifecycle/client-quote.ts';
import { emailChangeLifecycle } from '../domain/lifecycle/email-change.ts';
import { lateFeeLifecycle } from '../domain/lifecycle/late-fee.ts';
import { leadLifecycle } from '../domain/lifecycle/lead.ts';
import { mailLifecycle } from '../domain/lifecycle/mail.ts';
import { memberDocumentLifecycle } from '../domain/lifecycle/member-document.ts';
import { memberInvoiceLifecycle } from '../domain/lifecycle/member-invoice.ts';
import { memberQuoteLifecycle } from '../domain/lifecycle/member-quote.ts';
import { membershipLifecycle } from '../domain/lifecycle/membership.ts';
import { payoutLifecycle } from '../domain/lifecycle/payout.ts';
import { projectLifecycle } from '../domain/lifecycle/project.ts';
import { quoteRoundLifecycle } from '../domain/lifecycle/quote-round.ts';
import { sepaExportLifecycle } from '../domain/lifecycle/sepa-export.ts';
import { teamInvitationLifecycle } from '../domain/lifecycle/team-invitation.ts';

// Draws the diagrams of docs/lifecycles.md from the tables themselves: `npm run docs:lifecycles`.

const page = fileURLToPath(new URL('./lifecycles.md', import.meta.url));

/** A Mermaid state diagram of a lifecycle: one arrow per move, actions that stay are left out. */
export function diagramOf(lifecycle: Lifecycle<string, string>): string {
  const arrows = Object.entries(lifecycle.actions).flatMap(([action, { from, to, by }]) =>
    to ? from.filter((state) => state !== to).map((state) => `  ${state} --> ${to}: ${action} (${by.join(', ')})`) : [],
  );
  const ends = lifecycle.ends.map((state) => `  ${state} --> [*]`);
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${lifecycle.initial}`, ...arrows, ...ends, '```'].join('\n');
}

/** The whole page, as it must stand in the repository. */
export function lifecyclesPage(): string {
  const lifecycles = [
    projectLifecycle, applicationLifecycle, teamInvitationLifecycle, quoteRoundLifecycle, memberQuoteLifecycle, clientQuoteLifecycle, memberInvoiceLifecycle, clientInvoiceLifecycle,
    payoutLifecycle, lateFeeLifecycle, sepaExportLifecycle, bankLineLifecycle, membershipLifecycle, memberDocumentLifecycle, accountChangeLifecycle, emailChangeLifecycle, leadLifecycle, mailLifecycle,
  ];
  const sections = lifecycles.map((lifecycle) => {
    const drawn = lifecycle as unknown as Lifecycle<string, string>;
    const stays = Object.entries(drawn.actions).filter(([, { to }]) => !to);
    const table = stays.map(([action, { from, by }]) => `| ${action} | ${from.join(', ')} | ${by.join(', ')} |`);
    const more = stays.length > 0 ? `\n\nLeaving the state as it is:\n\n| action | from | by |\n|---|---|---|\n${table.join('\n')}` : '';
    return `## ${drawn.name}\n\n${diagramOf(drawn)}${more}`;
  });
  return `# Lifecycles\n\nDrawn from the tables of \`domain/lifecycle\`, which validators, console buttons and pages read too. Do not edit: \`npm run docs:lifecycles\`.\n\n${sections.join('\n\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, lifecyclesPage());

/** What the repository holds now. */
export const currentPage = (): string => readFileSync(page, 'utf8');
