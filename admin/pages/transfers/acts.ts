import { z } from 'zod';
import { makeExport } from '../../../database/bank/make-export.ts';
import { transferVersions } from '../../../domain/bank/pain001.ts';
import { Problem } from '../../../domain/problem.ts';
import { approveExport, cancelExport, takeExport } from '../../../steps/bank-steps.ts';
import { perform } from '../../../steps/perform.ts';
import { sepaExportSubject, startSepaExport } from '../../../steps/start-bank.ts';
import type { Step } from '../../../steps/step.ts';
import { whoMay } from '../bank/may.ts';
import type { Done, PageAct } from '../page.ts';

type Act = Parameters<PageAct>[0];

const typed = z.object({
  accountId: z.string().min(1).max(64), version: z.enum(transferVersions), executeOn: z.iso.date(), payoutIds: z.array(z.string().min(1).max(64)).min(1).max(200),
  laterOn: z.union([z.iso.date(), z.literal('')]).default(''), laterIds: z.array(z.string().min(1).max(64)).max(200).default([]),
});

export const fileHref = (ref: string): string => `/console/pages/transfers?file=${ref}`;

/** Gathers payouts into a file: those chosen leave on the day asked for, those put off on theirs. */
export const prepare: PageAct = async (act) => {
  const who = whoMay(act, 'prepareExport');
  const read = typed.safeParse(act.values);
  if (!read.success || act.key === '') throw new Problem('form_invalid', 'a file needs its account, its day and its payouts', { fields: read.success ? 'key' : read.error.issues.map(({ path }) => path.join('.')).join(', ') });
  const { accountId, version, executeOn, payoutIds, laterOn, laterIds } = read.data;
  if (laterIds.length > 0 && laterOn === '') throw new Problem('form_invalid', 'payouts put off without a day', { fields: 'laterOn' });
  const transfers = [...new Set([...payoutIds, ...laterIds])].map((payoutId) => ({ payoutId, executeOn: laterIds.includes(payoutId) ? laterOn : executeOn }));
  const { exportId, ref } = await makeExport(act.deps.db, act.deps.secret, { accountId, version, transfers }, { key: act.key, ...who });
  await startSepaExport({ ...act.deps, taskQueue: act.deps.config.taskQueue }, { exportId, ref });
  return { message: act.say.say('transfers.prepared', { ref }), redirect: fileHref(ref) };
};

async function ask(act: Act, step: Step<unknown>, payload: object, done: string): Promise<Done> {
  whoMay(act, step.name);
  const ref = String(act.values.ref ?? '');
  const file = await act.deps.db.sepaExport.findUnique({ where: { ref } });
  if (!file) throw new Problem('not_found', `no file ${ref}`);
  await startSepaExport({ ...act.deps, taskQueue: act.deps.config.taskQueue }, { exportId: file.id, ref });
  await perform(act.deps, { step, subject: sepaExportSubject(ref), person: { kind: 'staff', id: act.staff.id }, key: act.key, payload, context: {} });
  return { message: act.say.say(done, { ref }) };
}

export const approve: PageAct = (act) => ask(act, approveExport, {}, 'transfers.approved');
/** Its payouts are sent; the file itself is then there to download, the same every time. */
export const take: PageAct = (act) => ask(act, takeExport, {}, 'transfers.taken');
/** @throws Problem `not_confirmed` when the file may be at the bank and nobody says that it paid nothing */
export const cancel: PageAct = async (act) => {
  const file = await act.deps.db.sepaExport.findUnique({ where: { ref: String(act.values.ref ?? '') } });
  if (file?.exportedAt && act.values.confirmed !== true) throw new Problem('not_confirmed', 'nobody says that the bank paid nothing of it');
  return ask(act, cancelExport, { reason: act.values.reason }, 'transfers.cancelled');
};
