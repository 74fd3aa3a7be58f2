import type { Person } from '../details.ts';
import type { Carriage } from './carry-details.ts';

/** Someone of the target, by login; undefined if the map knows none, or leaves them out: then a gap has been told. */
export function mapped(
  { login }: Person,
  what: string,
  { users, outcome }: Carriage,
): string | undefined {
  const found = users.find(login);
  if (found) return found.toLowerCase();
  if (found === '') outcome.lacks(what, 'left-out', `${login} is left out by the user map`);
  else outcome.lacks(what, 'unmapped', `${login} is not in the user map`);
  return undefined;
}

/** `Ann Smith (ann@old.example), 2024-03-01 10:02:33 UTC`: what Box would not let anyone say otherwise. */
export function signed({ login, name }: Person, at: string): string {
  const who = name && name !== login ? `${name} (${login})` : login;
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return who;
  return `${who}, ${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** What is there already, by what identifies it: each may be taken once, so that two that are alike stay two. */
export class Found<T> {
  readonly #byKey = new Map<string, T[]>();

  add(key: string, item: T): void {
    this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), item]);
  }

  take(key: string): T | undefined {
    return this.#byKey.get(key)?.shift();
  }
}
