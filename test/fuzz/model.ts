/** Random steps of four people, on the emulator and on a reference beside it; every answer is compared. */
import fc from 'fast-check';
import { checkAgreement } from './agreement.ts';
import type { Exchange } from './exchange.ts';
import { type Act, Play, type Step } from './play.ts';
import { contentSteps } from './steps-contents.ts';
import { copySteps } from './steps-copies.ts';
import { itemSteps } from './steps-items.ts';
import { sessionSteps } from './steps-sessions.ts';
import { sharingSteps } from './steps-sharing.ts';
import { startWorld } from './world.ts';

const restart: Act = (play) => play.world.restart();

const ACTS: Readonly<Record<string, Act>> = {
  ...itemSteps,
  ...contentSteps,
  ...copySteps,
  ...sessionSteps,
  ...sharingSteps,
  restart,
  check: checkAgreement,
};

/** How often each step is drawn; once unless it is said. */
const WEIGHTS: Readonly<Record<string, number>> = {
  createFolder: 6,
  upload: 7,
  update: 9,
  remove: 5,
  restore: 6,
  purge: 2,
  copy: 3,
  newVersion: 4,
  invite: 9,
  accept: 2,
  metadata: 3,
  comment: 2,
  sendParts: 2,
  promote: 2,
  deleteVersion: 2,
  share: 2,
  handOver: 2,
};

const NAMES: readonly string[] = [
  'a',
  'A',
  'b.txt',
  'B.TXT',
  'c',
  'd',
  'e',
  'f',
  'g',
  'h',
  'ä',
  'Ä',
  'a\u0308',
  'ß',
  'İ',
  'i\u0307',
  'ſ',
  'K',
  '\u{1f69a}',
  '\u{10400}',
  '\uff21',
  ' lead',
  'q\'"&<%>',
  '%41',
  'x'.repeat(255),
  '\u{1f69a}'.repeat(255),
  '',
  '.',
  '..',
  'a/b',
  'back\\slash',
  'end ',
  'nul\u0000',
  'tab\t',
  'y'.repeat(256),
  '\ud800',
];

const step: fc.Arbitrary<Step> = fc.record({
  op: fc.oneof(
    ...Object.keys(ACTS).map((op) => ({ arbitrary: fc.constant(op), weight: WEIGHTS[op] ?? 1 })),
  ),
  who: fc.nat({ max: 9 }),
  one: fc.nat({ max: 5039 }),
  two: fc.nat({ max: 5039 }),
  name: fc.constantFrom(...NAMES),
});

/** A run of steps, in memory or on disk; it ends with a look at everything. */
export function modelProperty(exchange: Exchange) {
  const steps = fc.array(step, { minLength: 1, maxLength: 300, size: 'max' });
  return fc.asyncProperty(steps, fc.boolean(), fc.context(), async (drawn, onDisk, context) => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const world = await startWorld(exchange, { onDisk, clock: { now: () => now } });
    const play = new Play(world);
    try {
      for (const one of drawn) {
        now += 1000;
        await ACTS[one.op]?.(play, one);
      }
      await checkAgreement(play);
    } finally {
      for (const line of world.told) context.log(line);
      await world.close();
    }
  });
}
