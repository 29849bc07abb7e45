import { expect, it } from 'vitest';
import { currentRights, rightsPage } from '../../docs/draw-rights.ts';

it('S5: the table of rights in the documentation is drawn from the rights as they are', () => {
  expect(currentRights()).toBe(rightsPage());
});
