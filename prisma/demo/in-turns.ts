/** Does something for each of a list, so many at once, in the list's order. What fails is thrown once the others are through. */
export async function inTurns<Item>(items: readonly Item[], atOnce: number, act: (item: Item) => Promise<unknown>): Promise<void> {
  const waiting = [...items];
  const failures: unknown[] = [];
  const hand = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await act(item).catch((cause: unknown) => failures.push(cause));
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('\n'));
}
