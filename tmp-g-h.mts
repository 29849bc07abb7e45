import { Client, Connection } from '@temporalio/client';
const c = new Client({ connection: await Connection.connect({ address: '127.0.0.1:7710' }) });
const h = await c.workflow.getHandle('client-invoice/P26-0031-C1').fetchHistory();
const txt = (p: any) => (p?.payloads ?? (p ? [p] : [])).map((x: any) => Buffer.from(x.data).toString()).join(' ').slice(0, 260);
for (const e of h.events ?? []) {
  const a: any = e.markerRecordedEventAttributes; const t = new Date(Number(e.eventTime!.seconds) * 1000 + e.eventTime!.nanos! / 1e6).toISOString().slice(14, 23);
  let s = '';
  if (a) s = Object.entries(a.details ?? {}).map(([k, v]) => `${k}=${txt(v)}`).join(' | ');
  const u: any = e.workflowExecutionUpdateAcceptedEventAttributes; if (u) s = u.acceptedRequest?.input?.name;
  console.log(e.eventId?.toString(), t, e.eventType, s);
}
process.exit(0);
