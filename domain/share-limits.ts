/** M12: « Partager aux copains » is for people one knows, and never a way to write to strangers. */
export const shareLimits = {
  /** By one member, in 24 hours. */
  perMemberADay: 10,
  /** To one address, by whomever, in seven days. */
  perAddressAWeek: 3,
  /** Characters of the note. */
  noteMost: 500,
} as const;

const address = /(?:https?:\/\/|www\.|\b[a-z0-9][a-z0-9-]*\.(?:com|fr|net|org|io|co|eu|biz|info|me|app|dev|shop|xyz|ru|cn)\b)/i;

/** A note that leads elsewhere is what spam is made of: the project's own link is enough. */
export function leadsElsewhere(note: string): boolean {
  return address.test(note.normalize('NFKC'));
}
