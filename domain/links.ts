/** What a personal link is for: it opens one page, for one person, and nothing else. */
export const linkPurposes = {
  confirm_brief: { owner: 'visitor', singleUse: true, days: 7 },
  confirm_candidature: { owner: 'visitor', singleUse: true, days: 7 },
  sign_in: { owner: 'any', singleUse: true, days: 1 },
  client_project: { owner: 'client', singleUse: false, days: 365 },
  client_quote: { owner: 'client', singleUse: false, days: 180 },
  client_invoice: { owner: 'client', singleUse: false, days: 730 },
  member_project: { owner: 'member', singleUse: false, days: 90 }, // read the brief, apply
  member_invitation: { owner: 'member', singleUse: false, days: 90 },
  member_quote: { owner: 'member', singleUse: false, days: 180 },
  member_invoicing: { owner: 'member', singleUse: false, days: 1095 }, // M10: one per member and project
  member_preview: { owner: 'member', singleUse: false, days: 90 },
  member_documents: { owner: 'member', singleUse: false, days: 90 },
  alert_settings: { owner: 'member', singleUse: false, days: 730 },
} as const;

export type LinkPurpose = keyof typeof linkPurposes;
