import { parseAmount } from '../domain/money-text.ts';
import { Problem } from '../domain/problem.ts';

/** What a form posted, read one field at a time. */
type Body = Readonly<Record<string, unknown>>;

export function text(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value.replace(/\r\n/g, '\n').trim() : '';
}

export function texts(body: Body, name: string): string[] {
  const value = body[name];
  const all = Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value];
  return all.filter((one): one is string => typeof one === 'string' && one !== '');
}

/** Cents of an amount as people type it. @throws Problem `amount_invalid` */
export function amount(body: Body, name: string): number {
  const cents = parseAmount(text(body, name));
  if (cents === null) throw new Problem('amount_invalid', `${name} is not an amount`, { fields: name });
  return cents;
}

export function optionalAmount(body: Body, name: string): number | null {
  return text(body, name) === '' ? null : amount(body, name);
}
