import { z } from 'zod';

export const idText = z.string().min(1).max(64);
export const shortText = z.string().trim().min(3).max(160);
export const longText = z.string().trim().min(3).max(10_000);
export const optionalLongText = z.string().trim().max(10_000).default('');
/** Positive integer cents, under ten million euros. */
export const cents = z.number().int().positive().max(1_000_000_000);
export const optionalCents = cents.nullable().default(null);
