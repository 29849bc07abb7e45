import { describe, expect, it } from 'vitest';
import { isOver } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { waitingFor, type ProjectStanding } from '../../domain/waiting-for.ts';

const rings = new Date('2026-12-01T09:00:00Z');
const standing = (stage: string, more: Partial<ProjectStanding> = {}): ProjectStanding => ({ stage, deadlineAt: rings, candidates: 0, unanswered: 0, round: null, unpaid: null, ...more });
const whose = (stage: string, more: Partial<ProjectStanding> = {}) => {
  const { whom, what } = waitingFor(standing(stage, more));
  return `${whom}: ${what}`;
};

describe('C1 whose turn it is', () => {
  it.each(projectLifecycle.states)('C1: %s waits for somebody, or is over', (stage) => {
    const { whom, what, until } = waitingFor(standing(stage));
    if (isOver(projectLifecycle, stage)) expect([whom, what, until]).toEqual(['nobody', 'over', null]);
    else expect([whom === 'nobody', what === 'over']).toEqual([false, false]);
  });

  it('C1: before the contract, the client, the agency or the members', () => {
    expect(whose('brief_review')).toBe('agency: review');
    expect(whose('changes_requested')).toBe('client: remarks');
    expect(whose('approved')).toBe('client: distribution');
    expect(whose('casting')).toBe('client: invitations');
    expect(whose('casting', { unanswered: 2 })).toBe('members: answers');
    expect(whose('casting', { unanswered: 2, candidates: 1 })).toBe('client: selection');
    expect(whose('published')).toBe('members: applications');
    expect(whose('published', { candidates: 3 })).toBe('client: selection');
    expect(whose('quoting')).toBe('members: quotes');
    expect(whose('quote_review')).toBe('agency: validation');
  });

  it('C1: a sent quote waits until it is no longer valid, an invoice until it is due; money comes first', () => {
    const validUntil = new Date('2026-12-20T09:00:00Z');
    const dueAt = new Date('2026-12-30T09:00:00Z');
    expect(waitingFor(standing('quote_sent', { round: { state: 'sent', validUntil } }))).toEqual({ whom: 'client', what: 'signature', until: validUntil });
    expect(waitingFor(standing('quote_sent', { round: { state: 'sent', validUntil: null } })).until).toEqual(rings);
    expect(waitingFor(standing('running', { round: { state: 'sent', validUntil }, unpaid: { dueAt } }))).toEqual({ whom: 'client', what: 'payment', until: dueAt });
    expect(waitingFor(standing('settling', { unpaid: { dueAt } })).what).toBe('payment');
  });

  it('C1: an amendment under way is somebody’s turn too', () => {
    const round = (state: string) => ({ round: { state, validUntil: null } });
    expect(whose('running', round('sent'))).toBe('client: signature');
    expect(whose('running', round('validating'))).toBe('agency: validation');
    expect(whose('running', round('collecting'))).toBe('members: quotes');
    expect(whose('running', round('signed'))).toBe('members: work');
    expect(whose('settling', round('signed'))).toBe('agency: settling');
  });
});
