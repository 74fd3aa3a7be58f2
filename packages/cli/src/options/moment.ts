import { parseDuration } from '@boxhaul/transfer/quantities';
import { InvalidArgumentError } from 'commander';

/**
 * `--changed-after 2026-01-31`, `2026-01-31T12:00`, `30d` (ago). Without `Z` or an offset it is this machine's time.
 */
export function moment(text: string): Date {
  const agoMs = parseDuration(text);
  if (agoMs !== undefined) return new Date(Date.now() - agoMs);
  const [, day, time = 'T00:00'] =
    /^(\d{4}-\d\d-\d\d)(?:(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?))?$/i.exec(text) ??
    [];
  const at = new Date(`${day}${time}`);
  if (day !== undefined && !Number.isNaN(at.getTime())) return at;
  throw new InvalidArgumentError(
    'Give a date, a time or an age: 2026-01-31, 2026-01-31T12:00Z, 30d.',
  );
}
