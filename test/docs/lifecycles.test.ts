import { expect, it } from 'vitest';
import { currentPage, lifecyclesPage } from '../../docs/draw-lifecycles.ts';

it('W1: the diagrams in the documentation are drawn from the lifecycles as they are', () => {
  expect(currentPage()).toBe(lifecyclesPage());
});
