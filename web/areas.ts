import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import { accountRouter } from './account-router.ts';
import { billingRouter } from './billing-router.ts';
import { castingRouter } from './casting-router.ts';
import { conversationRouter } from './conversation-router.ts';
import { leadRouter } from './lead-router.ts';
import { memberInvoicesRouter } from './member-invoices-router.ts';
import { payoutsRouter } from './payouts-router.ts';
import { profileRouter } from './profile-router.ts';
import { projectRouter } from './project-router.ts';

/** Routers of the areas that need more than a page: each stands in a file of its own, and signs people in through `access.ts`. */
export const areas: readonly ((deps: Deps) => Router)[] = [accountRouter, projectRouter, castingRouter, conversationRouter, profileRouter, billingRouter, memberInvoicesRouter, payoutsRouter, leadRouter];
