/** Does something the first time it is called for, and gives everyone the same outcome. */
export function once<T>(start: () => Promise<T>): () => Promise<T> {
  let outcome: Promise<T> | undefined;
  return () => {
    outcome ??= start();
    return outcome;
  };
}
