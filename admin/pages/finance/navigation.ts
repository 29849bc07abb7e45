import { maySee, type ConsolePageName } from '../../../domain/roles.ts';
import type { Block } from '../blocks.ts';
import type { Asked } from '../page.ts';

const financePages = ['invoicesByAge', 'dunningPlan', 'lateFees', 'waterfall', 'bank', 'payouts', 'transfers', 'exposure', 'margin', 'exports'] as const satisfies readonly ConsolePageName[];

/** From one finance page to the others, those this person may open. */
export function financeNavigation({ say, staff }: Pick<Asked, 'say' | 'staff'>, current: (typeof financePages)[number]): Block {
  return {
    kind: 'links',
    items: financePages.filter((page) => maySee(staff.role, page)).map((page) => ({ text: say.say(`${page}.title`), href: `/console/pages/${page}`, current: page === current })),
  };
}
