import type { NextFunction, Request, Response } from 'express';

/** Signs that neither the database nor an electronic invoice (XML 1.0) can hold, and that nobody types: controls, apart from tabs and line ends. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/** Takes such signs out of whatever a form posted, before anything reads it; files stay as they are. */
export function writable(request: Request, _response: Response, next: NextFunction): void {
  request.body = cleaned(request.body);
  next();
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(unwritable, '');
  if (Array.isArray(value)) return value.map(cleaned);
  if (value === null || typeof value !== 'object' || ![Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)) return value;
  for (const [name, one] of Object.entries(value)) (value as Record<string, unknown>)[name] = cleaned(one);
  return value;
}
