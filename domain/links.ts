/** What a personal link is for: it opens one page, for one person, and nothing else. */
export const linkPurposes = {
  confirm_brief: { owner: 'visitor', singleUse: true, days: 7 },
  confirm_candidature: { owner: 'visitor', singleUse: true, days: 7 },
  candidature: { owner: 'member', singleUse: false, days: 365 }, // M1: where one's own stands
  sign_in: { owner: 'any', singleUse: true, days: 1 },
  email_confirm: { owner: 'any', singleUse: false, days: 3 }, // M2, C6: from the new address; it confirms once, and says so afterwards
  email_stop: { owner: 'any', singleUse: false, days: 30 }, // M2, C6: from the former one
  client_project: { owner: 'client', singleUse: false, days: 365 },
  client_invitation: { owner: 'visitor', singleUse: false, days: 60 }, // C6: the invitation itself says until when
  client_ownership: { owner: 'client', singleUse: false, days: 60 },
  client_quote: { owner: 'client', singleUse: false, days: 180 },
  client_invoice: { owner: 'client', singleUse: false, days: 730 },
  client_conversation: { owner: 'client', singleUse: false, days: 180 }, // C7: read, and reply
  member_conversation: { owner: 'member', singleUse: false, days: 180 },
  member_project: { owner: 'member', singleUse: false, days: 90 }, // read the brief, apply
  member_invitation: { owner: 'member', singleUse: false, days: 90 },
  member_team: { owner: 'member', singleUse: false, days: 90 }, // M6: join somebody's application, or not
  shared_project: { owner: 'visitor', singleUse: false, days: 60 }, // M12: its public part
  recommended: { owner: 'visitor', singleUse: false, days: 60 }, // M1: what a member wrote to somebody about us
  recommendation: { owner: 'visitor', singleUse: false, days: 730 }, // M1: a member's own link, for whomever they give it to
  member_quote: { owner: 'member', singleUse: false, days: 180 },
  member_invoicing: { owner: 'member', singleUse: false, days: 1095 }, // M10: one per member and project
  member_preview: { owner: 'member', singleUse: false, days: 90 },
  member_account: { owner: 'member', singleUse: false, days: 7 }, // M3: another account to be paid to: confirm it, or stop it
  member_documents: { owner: 'member', singleUse: false, days: 90 },
  member_lead: { owner: 'member', singleUse: false, days: 365 }, // M14
  alert_settings: { owner: 'member', singleUse: false, days: 730 },
} as const;

export type LinkPurpose = keyof typeof linkPurposes;
