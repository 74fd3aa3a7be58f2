import type { EmulatorClock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { Apps } from './apps.ts';
import type { Tokens } from './tokens.ts';

/** Everything that decides who may do what. */
export interface Authority {
  store: Store;
  clock: EmulatorClock;
  apps: Apps;
  tokens: Tokens;
  accessTokenLifeSeconds: number;
}
