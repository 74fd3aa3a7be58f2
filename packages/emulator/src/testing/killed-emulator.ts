/** An emulator in a process of its own, for a test that kills it. */
import { startEmulator } from '../emulator.ts';

const { url, token } = await startEmulator({ dataDir: process.argv[2] ?? '' });
process.send?.({ url, token });
