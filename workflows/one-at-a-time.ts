/**
 * Runs deeds one after another, in the order they were asked for. A clock and a person may ask at the same moment: what the database
 * answered to the first must not be followed after what it answered to the second.
 */
export function oneAtATime(): <Answer>(deed: () => Promise<Answer>) => Promise<Answer> {
  let last: Promise<unknown> = Promise.resolve();
  return (deed) => {
    const next = last.then(deed);
    last = next.catch(() => undefined);
    return next;
  };
}
