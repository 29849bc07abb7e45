import type { Prisma } from '@prisma/client';
import { Problem } from '../../../domain/problem.ts';
import { mayDo } from '../../../domain/roles.ts';
import type { Block, PageField } from '../blocks.ts';
import type { Asked } from '../page.ts';
import { fileHref, memberHref } from './addresses.ts';

const whole = { member: true, file: { select: { id: true, type: true, size: true, sha256: true } } } satisfies Prisma.MemberDocumentInclude;
type Shown = Prisma.MemberDocumentGetPayload<{ include: typeof whole }>;

/** @throws Problem `not_found` */
export async function documentOf({ deps: { db }, query }: Asked): Promise<Shown> {
  const document = await db.memberDocument.findUnique({ where: { id: query.document ?? '' }, include: whole });
  if (!document) throw new Problem('not_found', `no document ${query.document}`);
  return document;
}

/** The document itself beside what staff decide of it. */
export async function documentBlocks({ deps: { db }, say, staff }: Asked, document: Shown): Promise<Block[]> {
  const { kind, file, member } = document;
  const next = await db.memberDocument.findFirst({ where: { state: 'to_check', id: { not: document.id }, createdAt: { gte: document.createdAt } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], include: { member: true } });
  const preview: Block[] = file
    ? [{ kind: 'frame', title: document.fileName, src: fileHref(file.id), height: 720 }, { kind: 'links', items: [{ text: say.say('compliance.openFile'), href: fileHref(file.id) }] }]
    : [{ kind: 'text', text: say.say('compliance.noFile'), tone: 'soft' }];
  const facts: [string, string][] = [
    ['member', member.name], ['document', say.say(`kind.${kind}`)], ['file', document.fileName], ['sent', say.moment(document.createdAt)], ['expiresOn', say.day(document.expiresOn) || '—'],
    ['state', say.state('memberDocument', document.state)], ...(document.reason ? [['reason', document.reason] as [string, string]] : []),
  ];
  const post = (act: 'acceptDocument' | 'refuseDocument', fields: PageField[], consequence: string): Block[] =>
    document.state === 'to_check' && mayDo(staff.role, act) ? [{ kind: 'form', method: 'post', act, title: say.say(`action.${act}`), fields, button: say.say(`action.${act}`), consequence }] : [];
  return [
    {
      kind: 'links', items: [
        { text: say.say('compliance.back'), href: '/console/pages/compliance' }, { text: member.name, href: memberHref(member.id) },
        ...(next ? [{ text: say.say('compliance.next', { name: next.member.name }), href: `/console/pages/compliance?document=${next.id}` }] : []),
      ],
    },
    {
      kind: 'columns', columns: [preview, [
        { kind: 'table', head: [say.say('compliance.fact'), say.say('compliance.value')], rows: facts.map(([name, value]) => ({ cells: [say.say(`compliance.head.${name}`), value] })), empty: '' },
        ...post('acceptDocument', [
          { name: 'expiresOn', kind: 'date', label: say.say('field.expiresOn'), help: say.say(`compliance.expires.${kind}`), value: document.expiresOn?.toISOString().slice(0, 10) ?? '' },
          ...(kind === 'urssaf' ? [{ name: 'verification', kind: 'text', required: true, label: say.say('compliance.verification'), help: say.say('compliance.verificationHelp') } as const] : []),
        ], say.say('consequence.acceptDocument')),
        ...post('refuseDocument', [{ name: 'reason', kind: 'long', required: true, label: say.say('field.reason') }], say.say('consequence.refuseDocument')),
      ]],
    },
  ];
}
