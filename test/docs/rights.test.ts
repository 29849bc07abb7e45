import { expect, it } from 'vitest';
import { clientRightsPage, currentClientRights } from '../../docs/draw-client-rights.ts';
import { currentRights, rightsPage } from '../../docs/draw-rights.ts';

it('S5: the table of rights in the documentation is drawn from the rights as they are', () => {
  expect(currentRights()).toBe(rightsPage());
});

it('C6: the table of rights in a company’s workspace is drawn from the rights as they are', () => {
  expect(currentClientRights()).toBe(clientRightsPage());
});
