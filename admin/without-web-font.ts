import type { NextFunction, Request, Response } from 'express';

const webFont = /\s*<link [^>]*href="https:\/\/fonts\.googleapis\.com[^>]*>/;

/** AdminJS asks for a font from elsewhere, which the console neither uses nor allows: its pages leave without that line. */
export function withoutWebFont(_request: Request, response: Response, next: NextFunction): void {
  const send = response.send.bind(response);
  response.send = (body?: unknown) => send(typeof body === 'string' && body.trimStart().startsWith('<!DOCTYPE html>') ? body.replace(webFont, '') : body);
  next();
}
