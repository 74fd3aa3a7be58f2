/** Holds the lock of the token store at `argv[2]`, says so, and never lets it go. For tests that kill it. */
import { fileStore } from '../auth/token-store.ts';

await fileStore(process.argv[2] ?? '').withLock(async () => {
  process.send?.('held');
  // Nothing else keeps this process alive.
  await new Promise((resolve) => setTimeout(resolve, 2 ** 30));
});
