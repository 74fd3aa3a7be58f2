/** The emulator in a process of its own: says where it is, answers with its counts, ends when asked. */
import { startEmulator } from '@boxhaul/emulator';

const box = await startEmulator();

process.on('message', (order) => {
  if (order === 'counts') process.send?.({ counts: box.counts() });
  if (order === 'reset-counts') {
    box.resetCounts();
    process.send?.({ counts: {} });
  }
});
process.once('disconnect', () => {
  box.close().then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.send?.({ url: box.url, token: box.token });
