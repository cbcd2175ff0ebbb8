/** Works on up to `atOnce` items at a time; results come in the order of the items. The first failure ends it. */
export async function* inOrder<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const pending: Promise<R>[] = [];
  for await (const item of items) {
    const result = work(item);
    // A later one may fail before its turn: it is heard when its turn comes, or never if an earlier one failed.
    result.catch(() => {});
    pending.push(result);
    if (pending.length >= atOnce) yield await (pending.shift() as Promise<R>);
  }
  for (const result of pending) yield await result;
}
