/** What an operator can search workflows by in the Temporal UI (W3), with the type each is registered as. */
export const searchAttributes = {
  Stage: 'Keyword',
  Client: 'Keyword',
  AccountManager: 'Keyword',
  NextDeadline: 'Datetime',
} as const;
