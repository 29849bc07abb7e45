/** Where the console shows one document to check, and all of one member's. */
export const documentHref = (documentId: string): string => `/console/pages/compliance?document=${documentId}`;
export const memberHref = (memberId: string): string => `/console/pages/compliance?member=${memberId}`;
/** The file itself, for staff who are signed in. */
export const fileHref = (fileId: string): string => `/console/member-files/${fileId}`;
