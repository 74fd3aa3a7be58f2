import type { BoxClient } from '@boxhaul/client';

/** What `client.counts()` gives: calls spent, by kind. */
export type CallCounts = ReturnType<BoxClient['counts']>;
