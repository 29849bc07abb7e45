import type { QueueSource, Waiting } from './source.ts';

/** I11: files of transfers that wait for a second pair of eyes or for the bank, and lines of statements nobody has decided about. */
export const bank: QueueSource = {
  kind: 'bank', act: 'confirmLine', shared: true,
  async find({ deps: { db }, staff, say, take }) {
    const files = await db.sepaExport.findMany({ where: { OR: [{ state: 'prepared', createdById: { not: staff.id } }, { state: 'approved' }] }, orderBy: { createdAt: 'asc' }, take });
    const lines = await db.bankLine.count({ where: { state: { in: ['new', 'matched'] } } });
    const waiting = files.map(({ id, ref, totalCents, state }): Waiting => ({ id, title: say.say(state === 'prepared' ? 'queue.bankFile' : 'queue.bankTake'), detail: `${ref} · ${say.money(totalCents)}`, href: `/console/pages/transfers?file=${ref}`, until: null }));
    return [...waiting, ...(lines > 0 ? [{ id: 'bank-lines', title: say.say('queue.bankLines'), detail: say.say('queue.bankCount', { count: lines }), href: '/console/pages/bank', until: null }] : [])].slice(0, take);
  },
};
