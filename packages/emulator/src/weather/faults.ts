import { z } from 'zod';
import { pathMatcher } from '../http/path-pattern.ts';
import { type Random, seededRandom } from './random.ts';

/**
 * One kind of bad weather: which requests it befalls, what happens to them, and how often.
 *
 * A rule is asked about every request in the order in which the rules were added, and the first that applies
 * decides. Without `times`, `every` or `probability` it applies once.
 */
export interface FaultRule {
  /** Which requests. @default every one but the emulator's own `/_emulator/` */
  match?: FaultMatch;
  action: FaultAction;
  /** How many requests it befalls before it is spent. @default 1; 'always' if `every` or `probability` is given */
  times?: number | 'always';
  /** Only each n-th request that matches. */
  every?: number;
  /** Only by this chance, 0 to 1, drawn from the emulator's seed. */
  probability?: number;
  /** Lets the first n that match pass. @default 0 */
  skip?: number;
}

/** Which requests a rule is about: all that is given must fit. */
export interface FaultMatch {
  /** In capitals. */
  method?: string;
  /**
   * The path without `/2.0` or `/api/2.0`: `/files/:id/content`, `/folders/0/items`, `/files/**`. `:name` and `*`
   * stand for one segment or a piece of one, `**` for any number.
   */
  path?: string;
  host?: HostKind;
  /** Headers that must be there with exactly these values; names in any case. */
  header?: Record<string, string>;
  /** Text that a JSON or form body must contain; such rules cannot cut or spoil the request's own bytes. */
  bodyIncludes?: string;
}

/** Which of Box's hosts the request would go to: by what it does, since here all are one port. */
export type HostKind = 'api' | 'upload' | 'download' | 'oauth';

/**
 * What befalls the request.
 *
 * - `status`: the answer is this, and nothing else happens. `retryAfter` in seconds; with `retryAfterDate` it is
 *   sent as an HTTP date. `code` and `message` make a Box error body; `body` is sent as it is.
 * - `cut`: the connection breaks. `before`: the request is read but nothing is done. `in`: after `afterBytes`
 *   (half by default) of the body. `after`: of a request, when it has been carried out and the answer is not
 *   sent; of a response, straight after its last byte. `of` says whose body, by default the request's for
 *   uploads and the response's for all others.
 * - `wrongBytes`: one byte of the body is changed; in JSON, to one that no JSON can hold.
 * - `stall`: nothing more comes and the connection stays open; `in` after `afterBytes` (half) of the response.
 * - `expireToken`: the request's access token has expired (an eternal one: for this request); of a request for a
 *   token: the one handed out is expired already.
 * - `commit202`: a commit is answered 202 with this `Retry-After`, in seconds, and not carried out.
 * - `delayMs`: the request waits first, then all is well.
 */
export type FaultAction =
  | {
      status: number;
      retryAfter?: number;
      retryAfterDate?: boolean;
      code?: string;
      message?: string;
      body?: string;
      headers?: Record<string, string>;
    }
  | { cut: 'before' | 'in' | 'after'; afterBytes?: number; of?: 'request' | 'response' }
  | { wrongBytes: true; of?: 'request' | 'response' }
  | { stall: 'before' | 'in'; afterBytes?: number }
  | { expireToken: true }
  | { commit202: number }
  | { delayMs: number };

/** A rule at work. */
export interface FaultHandle {
  readonly id: number;
  readonly rule: FaultRule;
  /** How many requests it has befallen. */
  readonly hits: number;
  /** Ends the rule. Harmless when repeated. */
  remove(): void;
}

/** The rules that are at work on one emulator. */
export interface Faults {
  /**
   * Throws a `TypeError` that names what is wrong with the rule.
   *
   * @example
   * ```ts
   * const busy = box.faults.add({
   *   match: { method: 'GET', path: '/folders/*' },
   *   times: 2,
   *   action: { status: 503, retryAfter: 0 },
   * });
   * await client.folders.get(folderId); // the client tries again, and again
   * console.log(busy.hits); // 2
   * ```
   */
  add(rule: FaultRule): FaultHandle;
  /** The rules at work, oldest first. */
  list(): FaultHandle[];
  /** Ends them all. */
  clear(): void;
}

/** What a rule is matched against. */
export interface RequestTraits {
  method: string;
  /** Without the prefix, the query and a trailing slash. */
  path: string;
  host: HostKind;
  headers: Record<string, string | string[] | undefined>;
}

const count = z.int().min(0);
const faultRule = z.strictObject({
  match: z
    .strictObject({
      method: z
        .string()
        .transform((method) => method.toUpperCase())
        .exactOptional(),
      path: z.string().startsWith('/').exactOptional(),
      host: z.enum(['api', 'upload', 'download', 'oauth']).exactOptional(),
      header: z.record(z.string(), z.string()).exactOptional(),
      bodyIncludes: z.string().exactOptional(),
    })
    .exactOptional(),
  action: z.union([
    z.strictObject({
      status: z.int().min(200).max(599),
      retryAfter: count.exactOptional(),
      retryAfterDate: z.boolean().exactOptional(),
      code: z.string().exactOptional(),
      message: z.string().exactOptional(),
      body: z.string().exactOptional(),
      headers: z.record(z.string(), z.string()).exactOptional(),
    }),
    z.strictObject({
      cut: z.enum(['before', 'in', 'after']),
      afterBytes: count.exactOptional(),
      of: z.enum(['request', 'response']).exactOptional(),
    }),
    z.strictObject({
      wrongBytes: z.literal(true),
      of: z.enum(['request', 'response']).exactOptional(),
    }),
    z.strictObject({ stall: z.enum(['before', 'in']), afterBytes: count.exactOptional() }),
    z.strictObject({ expireToken: z.literal(true) }),
    z.strictObject({ commit202: count }),
    z.strictObject({ delayMs: z.number().min(0) }),
  ]),
  times: z.union([z.int().min(1), z.literal('always')]).exactOptional(),
  every: z.int().min(1).exactOptional(),
  probability: z.number().min(0).max(1).exactOptional(),
  skip: count.exactOptional(),
});

/**
 * Checks a rule that came from a file or a request. Throws a `TypeError` that names what is wrong.
 *
 * @example
 * ```ts
 * import { readFaultRule } from '@boxhaul/emulator';
 *
 * try {
 *   readFaultRule(JSON.parse('{ "action": { "status": "often" } }'));
 * } catch (error) {
 *   console.log(String(error)); // names the key that is wrong
 * }
 * ```
 */
export function readFaultRule(json: unknown): FaultRule {
  const result = faultRule.safeParse(json);
  if (result.success) return result.data;
  throw new TypeError(`The fault rule is not right:\n${z.prettifyError(result.error)}`);
}

/** The rules of one emulator, and the decision which of them a request meets. */
export class FaultBook implements Faults {
  #rules: ActiveRule[] = [];
  #nextId = 1;
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** No rule is there: nothing needs to be asked. */
  get isEmpty(): boolean {
    return this.#rules.length === 0;
  }

  /** Some rule asks what a body says. */
  get asksForBodies(): boolean {
    return this.#rules.some((rule) => rule.asksForBody);
  }

  add(rule: FaultRule): FaultHandle {
    const id = this.#nextId++;
    const active = new ActiveRule(id, readFaultRule(rule), this.#random, () => {
      this.#rules = this.#rules.filter((other) => other !== active);
    });
    this.#rules = [...this.#rules, active];
    return active;
  }

  list(): FaultHandle[] {
    return [...this.#rules];
  }

  clear(): void {
    this.#rules = [];
  }

  /** What befalls a request whose body has not been read; rules about bodies are left for {@link decideByBody}. */
  decide(traits: RequestTraits): FaultAction | undefined {
    return this.#first((rule) => !rule.asksForBody && rule.befalls(traits, ''));
  }

  /** As {@link decide}, for the rules that ask what the body says. */
  decideByBody(traits: RequestTraits, bodyText: string): FaultAction | undefined {
    return this.#first((rule) => rule.asksForBody && rule.befalls(traits, bodyText));
  }

  #first(applies: (rule: ActiveRule) => boolean): FaultAction | undefined {
    return this.#rules.find(applies)?.rule.action;
  }
}

class ActiveRule implements FaultHandle {
  readonly id: number;
  readonly rule: FaultRule;
  readonly asksForBody: boolean;
  readonly remove: () => void;
  hits = 0;
  #seen = 0;
  readonly #random: Random;
  readonly #most: number;
  readonly #pathFits: (path: string) => boolean;

  constructor(id: number, rule: FaultRule, random: Random, remove: () => void) {
    this.id = id;
    this.rule = rule;
    this.remove = remove;
    this.#random = random;
    this.asksForBody = rule.match?.bodyIncludes !== undefined;
    this.#most = mostHits(rule);
    this.#pathFits =
      rule.match?.path === undefined ? anyCommitOrAll(rule) : pathMatcher(rule.match.path);
  }

  /** Decides, and counts: asking twice is two requests. */
  befalls(traits: RequestTraits, bodyText: string): boolean {
    if (this.hits >= this.#most || !this.#fits(traits, bodyText)) return false;
    this.#seen++;
    const place = this.#seen - (this.rule.skip ?? 0);
    if (place <= 0) return false;
    if (this.rule.every !== undefined && place % this.rule.every !== 0) return false;
    if (this.rule.probability !== undefined && this.#random() >= this.rule.probability)
      return false;
    this.hits++;
    return true;
  }

  #fits(traits: RequestTraits, bodyText: string): boolean {
    const match = this.rule.match ?? {};
    if (match.method !== undefined && match.method !== traits.method) return false;
    if (match.host !== undefined && match.host !== traits.host) return false;
    if (!this.#pathFits(traits.path)) return false;
    if (match.bodyIncludes !== undefined && !bodyText.includes(match.bodyIncludes)) return false;
    return Object.entries(match.header ?? {}).every(
      ([name, value]) => traits.headers[name.toLowerCase()] === value,
    );
  }
}

function mostHits(rule: FaultRule): number {
  if (rule.times === 'always') return Infinity;
  if (rule.times !== undefined) return rule.times;
  return rule.every === undefined && rule.probability === undefined ? 1 : Infinity;
}

/** A 202 makes sense for commits alone, so such a rule need not say so. */
function anyCommitOrAll(rule: FaultRule): (path: string) => boolean {
  return 'commit202' in rule.action ? pathMatcher('/files/upload_sessions/:id/commit') : () => true;
}
