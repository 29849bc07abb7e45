/** Waits until what is expected holds, looking again every 20 ms; fails with its last complaint after `patience` ms. */
export async function eventually(expectation: () => Promise<void> | void, patience = 15_000): Promise<void> {
  const until = Date.now() + patience;
  for (;;) {
    try {
      return await expectation();
    } catch (complaint) {
      if (Date.now() > until) throw complaint;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
