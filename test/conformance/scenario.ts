/** A table's row: an operation asked once as it should be, and once as it should not. */

/** What to ask. Every `{name}` in any text is filled in from what earlier answers gave. */
export interface Ask {
  /** Values for the path, instead of what was kept. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON body; its `content-type` may be given in `headers`. */
  readonly json?: unknown;
  /** An URL-encoded body. */
  readonly form?: Readonly<Record<string, string>>;
  /** A multipart body: JSON values, texts, and files. */
  readonly parts?: Readonly<Record<string, unknown>>;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  /** Instead of the admin's; null for none. */
  readonly token?: string | null;
}

/** What earlier answers gave, by name. */
export type Kept = Record<string, string>;

export interface Scenario {
  /** As the document names it: `GET /files/{file_id}`. */
  readonly operation: string;
  /** Undefined where nothing can be asked that succeeds: only the refusal is looked at. */
  readonly valid: Ask | ((kept: Kept) => Ask) | undefined;
  /** What to keep of the valid answer: a name, and where its value stands: `entries.0.id`. */
  readonly keep: Readonly<Record<string, string>>;
  /** Undefined: as {@link refusedAsk} has it. */
  readonly invalid: Ask | undefined;
}

/** A row of a table. Without more, the path is filled in, and its last id is unknown in the invalid one. */
export function on(
  operation: string,
  valid: Scenario['valid'] = {},
  { keep = {}, invalid }: { keep?: Scenario['keep']; invalid?: Ask } = {},
): Scenario {
  return { operation, valid, keep, invalid };
}

/** A row for what nothing on the emulator can bring about: it can only be refused. */
export function onlyRefused(operation: string, invalid?: Ask): Scenario {
  return { operation, valid: undefined, keep: {}, invalid };
}

const UNKNOWN_ID = '99999';

/** What should be refused, when the row does not say: an unknown id, an empty body, or a token that is none. */
export function refusedAsk(operation: string, valid: Ask): Ask {
  const ids = [...operation.replace(/#.*/, '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const last = ids.at(-1);
  if (last !== undefined) return { ...valid, path: { ...valid.path, [last]: UNKNOWN_ID } };
  if (valid.json !== undefined) return { ...valid, json: {} };
  return { ...valid, token: 'none' };
}

/** Thrown when a row needs what no answer gave. */
export class OutOfReach extends Error {}

/** Fills in every `{name}`. @throws OutOfReach */
export function filled<T>(value: T, kept: Readonly<Kept>): T {
  if (typeof value === 'string') {
    return value.replace(/\{(\w+)\}/g, (_, name: string) => {
      const found = kept[name];
      if (found === undefined) throw new OutOfReach(`nothing gave ${name}`);
      return found;
    }) as T;
  }
  if (value instanceof Uint8Array || value instanceof Blob) return value;
  if (Array.isArray(value)) return value.map((one) => filled(one, kept)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, filled(one, kept)]),
  ) as T;
}
