import type { MadeAppItem, NewAppItem } from './actions/app-item.ts';
import type { NewFileRequest } from './actions/file-request.ts';
import type { NewWorkflow } from './actions/workflow.ts';
import type { AppConfig } from './auth/apps.ts';
import type { EmulatorClock } from './clock.ts';
import type { Counts } from './counts.ts';
import type { SeededItems } from './seed.ts';
import type { Faults } from './weather/faults.ts';

/** Which token {@link EmulatorControls.issueToken} makes. */
export interface IssueTokenOptions {
  /** @default the admin */
  userId?: string;
  /** @default the emulator's `accessTokenLifeSeconds` */
  lifeSeconds?: number;
}

/** Disorder in the event streams, as Box's own have it. */
export interface EventControls {
  /**
   * Keeps back what happens from now on.
   *
   * @example
   * ```ts
   * const { next_stream_position: position } = await client.events.list({ position: 'now' });
   * box.events.hold();
   * await client.files.rename(fileId, 'late.txt');
   * console.log((await client.events.list({ position })).entries.length); // 0
   * box.events.release();
   * console.log((await client.events.list({ position })).entries.length); // 1
   * ```
   */
  hold(): void;
  /** Lets out what was kept back, behind all that happened since: late, and out of order. */
  release(): void;
  /** Lets the last `count` events appear once more, with the same `event_id`s. */
  repeat(count: number): void;
}

/** What can be done to a running emulator besides calling it: in the same process, and under `/_emulator/`. */
export interface EmulatorControls {
  readonly clock: EmulatorClock;
  readonly faults: Faults;
  /**
   * Requests since the start or `resetCounts`, by method and pattern: `GET /folders/:id/items`.
   *
   * @example
   * ```ts
   * for await (const item of client.folders.items(folderId)) console.log(item.name);
   * console.log(box.counts()); // { 'GET /folders/:id/items': 1 }
   * ```
   */
  counts(): Counts;
  /** Those of them that the emulator does not have. */
  notEmulated(): Counts;
  /** Begins to count anew. */
  resetCounts(): void;
  /**
   * Forgets all items, counts and used-up limits, sets the clock right, and leaves just the faults that the emulator
   * was started with. Users, apps and tokens stay.
   *
   * @example
   * ```ts
   * box.reset();
   * for await (const item of client.folders.items('0')) console.log(item.name); // nothing
   * ```
   */
  reset(): void;
  /**
   * Makes files, and the folders that they need, for the admin; keys are paths from the root folder, and one that
   * ends in `/` is a folder alone. Faults, limits and counts know nothing of it. The answer has every folder of
   * those paths as well (without a `/` at the end).
   *
   * A million files are made in half a minute. Each is in the events, where it looks as it does when they are read.
   *
   * Rejects with Box's `item_name_in_use` when there is such a file already: nothing is made then, but for whole
   * batches of 5,000 paths before it.
   *
   * @example
   * ```ts
   * const made = await box.seed({
   *   '/Team/plan.txt': 'First we take Manhattan.',
   *   '/Team/pictures/': '',
   * });
   * console.log(made['/Team/plan.txt']?.id, made['/Team']?.id);
   * ```
   */
  seed(tree: Record<string, string | Uint8Array>): Promise<SeededItems>;
  /** What befalls the event streams. */
  readonly events: EventControls;
  /**
   * Makes a file request for a folder of the admin's, as people do in Box's web app: Box has no call for it.
   * Returns its id. Throws Box's `not_found` if there is no such folder.
   */
  addFileRequest(request: NewFileRequest): string;
  /**
   * Makes a workflow for a folder of the admin's, as people do in Box's web app; it is started by
   * `POST /workflows/:id/start`. Returns its id. Throws Box's `not_found` if there is no such folder.
   */
  addWorkflow(request: NewWorkflow): string;
  /**
   * Makes an app item, such as a hub, to which items of the admin's belong. Throws Box's `not_found` if there is no
   * such item.
   */
  addAppItem(request: NewAppItem): MadeAppItem;
  /**
   * Sets what the app's webhooks are signed with from now on; without keys they are not signed.
   *
   * @example
   * ```ts
   * import { once } from 'node:events';
   * import { createServer } from 'node:http';
   * import type { AddressInfo } from 'node:net';
   * import { buffer } from 'node:stream/consumers';
   * import { verifyWebhook } from '@boxhaul/client';
   *
   * const keys = { primary: 'a key' };
   * box.setWebhookKeys(keys);
   * const server = createServer().listen(0, '127.0.0.1');
   * await once(server, 'listening');
   * const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
   * const target = { type: 'folder', id: folderId } as const;
   * await client.webhooks.create({ target, address, triggers: ['FOLDER.RENAMED'] });
   * await client.folders.rename(folderId, 'Reports of 2026');
   * const [request, response] = await once(server, 'request');
   * console.log(verifyWebhook(await buffer(request), request.headers, keys)); // true
   * response.end();
   * server.close();
   * ```
   */
  setWebhookKeys(keys: { primary?: string; secondary?: string }): void;
  /**
   * Refuses all access tokens from now on but those that never expire.
   *
   * @example
   * ```ts
   * import { BoxClient, developerToken, isBoxError } from '@boxhaul/client';
   *
   * const auth = developerToken(box.issueToken({ lifeSeconds: 60 }));
   * const user = new BoxClient({ auth, baseUrl: box.url });
   * console.log((await user.users.me()).login);
   * box.expireTokens();
   * await user.users.me().catch((error: unknown) => console.log(isBoxError(error), String(error)));
   * ```
   */
  expireTokens(): void;
  /**
   * Hands out an access token without asking for consent. Throws a `TypeError` if there is no such user.
   *
   * @example
   * ```ts
   * import { BoxClient, developerToken } from '@boxhaul/client';
   *
   * const { id: userId } = await client.users.create({ name: 'Ann', login: 'ann@example.com' });
   * const ann = new BoxClient({ auth: developerToken(box.issueToken({ userId })), baseUrl: box.url });
   * console.log((await ann.users.me()).name); // Ann
   * ```
   */
  issueToken(options?: IssueTokenOptions): string;
  /**
   * The app's config as Box gives it out, for JWT; its key is made at the first call.
   *
   * @example
   * ```ts
   * import { BoxClient, jwtAuth } from '@boxhaul/client';
   *
   * const app = new BoxClient({ auth: jwtAuth(await box.appConfig()), baseUrl: box.url });
   * console.log((await app.users.me()).id === box.serviceAccountUserId); // true
   * ```
   */
  appConfig(): Promise<AppConfig>;
}
