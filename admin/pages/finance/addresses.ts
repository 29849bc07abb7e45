/** Where the finance pages show what. Invoices go by their reference, clients by their handle. */
export const waterfallHref = (ref: string): string => `/console/pages/waterfall?invoice=${encodeURIComponent(ref)}`;
export const transferHref = (companyHandle: string, ref = ''): string => `/console/pages/invoicesByAge?${new URLSearchParams({ transfer: companyHandle, ...(ref ? { for: ref } : {}) }).toString()}`;
export const pauseHref = (ref: string): string => `/console/pages/invoicesByAge?pause=${encodeURIComponent(ref)}`;
export const planHref = (ref: string, level?: number): string => `/console/pages/dunningPlan?invoice=${encodeURIComponent(ref)}${level === undefined ? '' : `&level=${level}`}`;
export const recordHref = (resource: 'ClientInvoice' | 'MemberInvoice' | 'Project' | 'Company' | 'Member', id: string, action = 'show'): string => `/console/resources/${resource}/records/${id}/${action}`;

/** The same page with something of its address changed; empty values leave it. */
export function addressWith(page: string, query: Readonly<Record<string, string>>, change: Readonly<Record<string, string>>): string {
  return `/console/pages/${page}?${new URLSearchParams(Object.entries({ ...query, ...change }).filter(([, value]) => value !== '')).toString()}`;
}
