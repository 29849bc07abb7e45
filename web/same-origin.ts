import type { RequestHandler } from 'express';
import { Problem } from '../domain/problem.ts';
import { sendProblem } from './serve-page.ts';

/** A form of another site may not post here in somebody's name. Mail programs that unsubscribe send no origin, and are let through. */
export const sameOrigin: RequestHandler = (request, response, next) => {
  if (request.method !== 'POST') return next();
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  const foreign = (site && site !== 'same-origin' && site !== 'none') || (origin && origin !== 'null' && new URL(origin).host !== request.get('host'));
  if (foreign) return sendProblem(request, response, new Problem('not_allowed', `posted from ${origin ?? site}`));
  next();
};
