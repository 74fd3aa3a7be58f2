/**
 * Box on this machine, for tests: `startEmulator`. Its
 * [readme](https://www.npmjs.com/package/@boxhaul/emulator) is the guide.
 *
 * @module emulator
 */
export type { AppConfig } from './auth/apps.ts';
export type { Clock, EmulatorClock } from './clock.ts';
export type { EmulatorControls, EventControls, IssueTokenOptions } from './controls.ts';
export type { Counts } from './counts.ts';
export { type AppCredentials, type Emulator, startEmulator } from './emulator.ts';
export {
  type AppRegistration,
  type CallLimits,
  type EmulatorOptions,
  type Grant,
  readAppRegistration,
} from './options.ts';
export type { SeededItems } from './seed.ts';
export type { EmulatorTls } from './tls/tls.ts';
export {
  type FaultAction,
  type FaultHandle,
  type FaultMatch,
  type FaultRule,
  type Faults,
  type HostKind,
  readFaultRule,
} from './weather/faults.ts';
