/** How close a run is to Box's limits. */
import type { CallKind } from '@boxhaul/client';
import { formatCount } from './format.ts';

/** Of each limit, what all processes of this user on this machine spent in the last minute, and how much it is. */
export type Limits = Readonly<Record<CallKind, { readonly spent: number; readonly of: number }>>;

/** `61 of 240/min uploads, 412 of 1,000/min`. Uploads first: they bind. */
export function limitWords({ upload, search, call }: Limits): string {
  const share = ({ spent, of }: Limits[CallKind]) =>
    `${formatCount(spent)} of ${formatCount(of)}/min`;
  return [
    ...(upload.spent > 0 ? [`${share(upload)} uploads`] : []),
    ...(search.spent > 0 ? [`${share(search)} searches`] : []),
    share(call),
  ].join(', ');
}
