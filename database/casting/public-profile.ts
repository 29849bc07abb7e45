import type { Prisma } from '@prisma/client';

/** What a client may see of a member, and nothing else: no address, no candidature, no billing, no note of their calendar. */
export const publicProfile = {
  id: true, handle: true, state: true, name: true, structure: true, headline: true, presentation: true, city: true, skills: true, dayRateCents: true, availability: true, availableFrom: true, pictureId: true,
  calendar: { orderBy: { fromOn: 'asc' }, select: { fromOn: true, toOn: true, kind: true } },
  themes: { where: { practised: true }, orderBy: { theme: { position: 'asc' } }, select: { theme: { select: { id: true, nameFr: true, nameEn: true } } } },
} as const satisfies Prisma.MemberSelect;

/** The same, with what they did: their own page. */
export const showcase = {
  ...publicProfile,
  portfolio: { orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { id: true, title: true, client: true, year: true, text: true, url: true, pictureId: true } },
} as const satisfies Prisma.MemberSelect;

export type Showcase = Prisma.MemberGetPayload<{ select: typeof showcase }>;
