/**
 * The emulator in a process of its own: says where it is, answers with its counts, ends when asked.
 * Its first argument may hold `EmulatorOptions` as JSON.
 */
import { type EmulatorOptions, startEmulator } from '@boxhaul/emulator';

const options: EmulatorOptions = JSON.parse(process.argv[2] ?? '{}');
const box = await startEmulator(options);

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
process.send?.({ url: box.url, token: box.token, tls: box.tls });
