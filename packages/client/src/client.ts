import { type Downscope, type DownscopedToken, downscoped } from './auth/downscope.ts';
import type { Clock } from './clock.ts';
import { InputError } from './errors.ts';
import { closedError } from './failure.ts';
import type { CallAnswer, CallArguments, CallHeaders, OperationKey } from './operation.ts';
import type { OperationInput } from './operation-request.ts';
import { type ClientOptions, resolveClientOptions } from './options.ts';
import type { CallCounts } from './record.ts';
import type { BoxRequest, BoxResponse, Send } from './request.ts';
import { Avatars } from './resources/avatars.ts';
import type { CallOptions } from './resources/call-options.ts';
import { CascadePolicies } from './resources/cascade-policies.ts';
import { Classifications } from './resources/classifications.ts';
import { Collaborations } from './resources/collaborations.ts';
import { Collections } from './resources/collections.ts';
import { Comments } from './resources/comments.ts';
import { EmailAliases } from './resources/email-aliases.ts';
import { Events } from './resources/events.ts';
import { FileVersions } from './resources/file-versions.ts';
import { Files } from './resources/files.ts';
import { FolderLocks } from './resources/folder-locks.ts';
import { Folders } from './resources/folders.ts';
import { GroupMemberships } from './resources/group-memberships.ts';
import { Groups } from './resources/groups.ts';
import { Invites } from './resources/invites.ts';
import { Metadata } from './resources/metadata.ts';
import { MetadataTemplates } from './resources/metadata-templates.ts';
import { RecentItems } from './resources/recent-items.ts';
import { Representations } from './resources/representations.ts';
import { Search } from './resources/search.ts';
import { SharedItems, sharedLinkHeader } from './resources/shared-items.ts';
import { SharedLinks } from './resources/shared-links.ts';
import { TaskAssignments } from './resources/task-assignments.ts';
import { Tasks } from './resources/tasks.ts';
import { Thumbnails } from './resources/thumbnails.ts';
import { Trash } from './resources/trash.ts';
import { UploadSessions } from './resources/upload-sessions.ts';
import { Users } from './resources/users.ts';
import { Watermarks } from './resources/watermarks.ts';
import { WebLinks } from './resources/web-links.ts';
import { Webhooks } from './resources/webhooks.ts';
import { ZipDownloads } from './resources/zip-downloads.ts';
import { type Connection, openConnection, transport } from './transport.ts';

/** How a client reaches Box. What clients made from one another share is in it. */
interface View {
  readonly clock: Clock;
  readonly connection: Connection;
  /** Whether requests name another user than the token's. */
  readonly isAsUser: boolean;
  readonly send: Send;
  close(): Promise<void>;
}

/**
 * Box, as one user sees it.
 *
 * Answers are Box's own JSON. Requests are paced, signed and retried, see {@link ClientOptions}. Use one client
 * from everywhere: its connections, its token and its pace are then shared.
 *
 * @example
 * ```ts
 * import { BoxClient, developerToken } from '@boxhaul/client';
 *
 * // `baseUrl` is for a Box of your own; without it, this is Box
 * const own = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
 * for await (const item of own.folders.items('0')) console.log(item.name);
 * await own.close();
 * ```
 */
export class BoxClient {
  readonly users: Users;
  readonly avatars: Avatars;
  readonly emailAliases: EmailAliases;
  readonly invites: Invites;
  readonly groups: Groups;
  readonly groupMemberships: GroupMemberships;
  readonly collaborations: Collaborations;
  readonly folders: Folders;
  readonly files: Files;
  readonly uploadSessions: UploadSessions;
  readonly trash: Trash;
  readonly sharedItems: SharedItems;
  readonly events: Events;
  readonly webhooks: Webhooks;
  readonly search: Search;
  readonly metadata: Metadata;
  readonly metadataTemplates: MetadataTemplates;
  readonly cascadePolicies: CascadePolicies;
  readonly classifications: Classifications;
  readonly collections: Collections;
  readonly comments: Comments;
  readonly fileVersions: FileVersions;
  readonly folderLocks: FolderLocks;
  readonly recentItems: RecentItems;
  readonly representations: Representations;
  readonly sharedLinks: SharedLinks;
  readonly taskAssignments: TaskAssignments;
  readonly tasks: Tasks;
  readonly thumbnails: Thumbnails;
  readonly watermarks: Watermarks;
  readonly webLinks: WebLinks;
  readonly zipDownloads: ZipDownloads;
  readonly #options: ClientOptions;
  readonly #view: View;

  /**
   * @param view internal: what a client made from another one shares with it
   * @throws {InputError} an option that cannot be
   */
  constructor(options: ClientOptions, view: View = viewOf(options)) {
    const { send, clock, connection } = view;
    this.#options = options;
    this.#view = view;
    this.users = new Users(send);
    this.avatars = new Avatars(send);
    this.emailAliases = new EmailAliases(send);
    this.invites = new Invites(send);
    this.groups = new Groups(send);
    this.groupMemberships = new GroupMemberships(send);
    this.collaborations = new Collaborations(send);
    this.folders = new Folders(send, clock);
    this.files = new Files(send, clock);
    this.uploadSessions = new UploadSessions(send, clock);
    this.trash = new Trash(send);
    this.sharedItems = new SharedItems(send);
    this.zipDownloads = new ZipDownloads(send);
    this.watermarks = new Watermarks(send);
    this.webLinks = new WebLinks(send, clock);
    this.thumbnails = new Thumbnails(send);
    this.tasks = new Tasks(send);
    this.taskAssignments = new TaskAssignments(send);
    this.representations = new Representations(send, clock);
    this.recentItems = new RecentItems(send);
    this.sharedLinks = new SharedLinks(send);
    this.folderLocks = new FolderLocks(send);
    this.fileVersions = new FileVersions(send);
    this.comments = new Comments(send);
    this.collections = new Collections(send);
    this.events = new Events(send, connection.exchange, clock);
    this.webhooks = new Webhooks(send);
    this.search = new Search(send);
    this.metadata = new Metadata(send);
    this.metadataTemplates = new MetadataTemplates(send);
    this.cascadePolicies = new CascadePolicies(send);
    this.classifications = new Classifications(send);
  }

  /**
   * Any operation of Box's, typed: its parameters, body and answer, the host it is at and the version of the API
   * that it belongs to. Paced, signed and retried like everything else.
   *
   * Names are Box's own. JSON answers are in `data` as they came; contents are a stream there, to be read to its
   * end or cancelled. What is not yet ready (202) is waited for. Types say what Box documents: a call with
   * `fields` answers with less.
   *
   * @throws {InputError} a part of the path is missing
   * @throws {BoxApiError} Box refused
   * @throws {BoxConnectionError} the network failed
   * @throws {BoxAuthError} there is no token to be had
   * @throws the signal's reason, soon after it fires
   * @see https://developer.box.com/reference/
   * @example
   * ```ts
   * const { data: copy } = await client.call('POST /files/{file_id}/copy', {
   *   path: { file_id: fileId },
   *   query: { fields: ['name'] },
   *   body: { parent: { id: '0' } },
   * });
   * console.log(copy.name);
   * ```
   */
  async call<K extends OperationKey, const H extends CallHeaders<K> = CallHeaders<K>>(
    operation: K,
    ...[input]: CallArguments<K, H>
  ): Promise<CallAnswer<K, H>> {
    // Loaded when it is needed: most programs have methods by hand for all that they do.
    const { sendOperation } = await import('./operation-request.ts');
    const answer = await sendOperation(this.#view.send, operation, input as OperationInput);
    return answer as CallAnswer<K, H>;
  }

  /**
   * Any call of Box's, in this client's way: paced, signed, retried.
   * @throws {BoxApiError} Box refused
   * @throws {BoxConnectionError} the network failed
   * @throws {BoxAuthError} there is no token to be had
   * @throws the signal's reason, soon after it fires
   * @see https://developer.box.com/reference/
   * @example
   * ```ts
   * const { data } = await client.request({ method: 'GET', path: '/users/me', query: { fields: 'name' } });
   * console.log(data);
   * ```
   */
  async request(request: BoxRequest): Promise<BoxResponse> {
    return await this.#view.send(request);
  }

  /**
   * This client, acting as another user of the enterprise.
   * @see https://developer.box.com/guides/authentication/jwt/as-user/
   * @example
   * ```ts
   * const { id } = await client.users.create({ name: 'Ann', login: 'ann@example.com' });
   * const ann = client.asUser(id);
   * console.log((await ann.users.me()).name);
   * ```
   */
  asUser(userId: string): BoxClient {
    return this.#with({ 'as-user': userId }, { isAsUser: true });
  }

  /**
   * This client, seeing also what a shared link shows.
   *
   * @see https://developer.box.com/guides/shared-links/
   * @example
   * ```ts
   * const { url } = await client.sharedLinks.set({ type: 'file', id: fileId }, { access: 'open' });
   * const viewer = client.withSharedLink(url);
   * console.log((await viewer.files.get(fileId)).name);
   * ```
   */
  withSharedLink(url: string, password?: string): BoxClient {
    return this.#with({ boxapi: sharedLinkHeader(url, password) }, { secret: password });
  }

  /**
   * This client, telling nobody: its changes cause no mails and no webhooks. Box must have allowed it to the app.
   *
   * @see https://developer.box.com/guides/api-calls/suppress-notifications/
   * @example
   * ```ts
   * const quiet = client.withoutNotifications();
   * await quiet.collaborations.create({
   *   item: { type: 'folder', id: folderId },
   *   login: 'ann@example.com',
   *   role: 'viewer',
   * });
   * ```
   */
  withoutNotifications(): BoxClient {
    return this.#with({ 'box-notifications': 'off' }, {});
  }

  /**
   * This client, for work that is to come to an end once a signal fires: then nothing is waited for any more that takes
   * longer than a few seconds, be it Box's limits, a `Retry-After` or what Box is at work on (202). What is under way is
   * finished; calls that would have to wait reject with the signal's reason, but for those that take no signal of their
   * own, which nothing ends.
   *
   * @example
   * ```ts
   * const end = new AbortController();
   * process.once('SIGTERM', () => end.abort(new Error('the machine goes down')));
   * const patient = client.endingWith(end.signal);
   * console.log((await patient.users.me()).name);
   * ```
   */
  endingWith(ending: AbortSignal): BoxClient {
    const { send } = this.#view;
    return new BoxClient(this.#options, {
      ...this.#view,
      send: (request) => send(request.signal ? { ending, ...request } : request),
    });
  }

  /**
   * A token that may do less than this client's own: for a browser, or for whom one item is enough. It is this
   * client's user's, lives at most as long as this client's token, and is not renewed.
   *
   * @throws {BoxAuthError} `invalid_scope`: no such scope, or one that this client's token does not have;
   *   `invalid_resource`: no such item, or no link of the kind that is wanted; the app may not exchange tokens
   * @throws {InputError} no scopes, or an item and a link at once; or the client was made by `asUser`: the token
   *   would be that of the user behind it. Authenticate as the user instead (`jwtAuth(config, { userId })`)
   * @see https://developer.box.com/guides/authentication/tokens/downscope/
   * @example
   * ```ts
   * import { BoxClient, developerToken } from '@boxhaul/client';
   *
   * const { accessToken } = await client.downscope({
   *   scopes: ['item_preview', 'item_download'],
   *   item: { type: 'folder', id: folderId },
   * });
   * const auth = developerToken(accessToken.value);
   * const guest = new BoxClient({ auth, baseUrl: box.url });
   * console.log((await guest.files.get(fileId)).name);
   * await guest.close();
   * ```
   */
  async downscope(wish: Downscope, { signal }: CallOptions = {}): Promise<DownscopedToken> {
    const { connection, isAsUser } = this.#view;
    if (isAsUser) {
      throw new InputError(
        'a client that acts as another user has no token of that user’s to make a lesser one from: ' +
          'authenticate as the user instead, by `userId`',
      );
    }
    return await downscoped(this.#options.auth, connection.tokens, wish, { signal });
  }

  /**
   * Calls spent so far, by this client and those made from one another with it.
   *
   * @example
   * ```ts
   * await client.users.me();
   * const { calls, retried, refused } = client.counts();
   * console.log(calls, retried, refused);
   * ```
   */
  counts(): CallCounts {
    return this.#view.connection.counts();
  }

  /**
   * Ends what is under way and closes the connections, those of clients made from this one too.
   *
   * @example
   * ```ts
   * import { BoxClient, developerToken } from '@boxhaul/client';
   *
   * const short = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
   * await short.users.me();
   * await short.close();
   * ```
   */
  async close(): Promise<void> {
    await this.#view.close();
  }

  #with(
    headers: Readonly<Record<string, string>>,
    {
      secret,
      isAsUser = this.#view.isAsUser,
    }: { readonly secret?: string | undefined; readonly isAsUser?: boolean },
  ): BoxClient {
    const { send } = this.#view;
    const secrets = secret === undefined ? [] : [secret, encodeURIComponent(secret)];
    return new BoxClient(this.#options, {
      ...this.#view,
      isAsUser,
      send: (request) =>
        send({
          ...request,
          headers: { ...headers, ...request.headers },
          secrets: [...secrets, ...(request.secrets ?? [])],
        }),
    });
  }
}

function viewOf(options: ClientOptions): View {
  const resolved = resolveClientOptions(options);
  const connection = openConnection(resolved);
  const detach = resolved.auth.attach?.(connection.tokens);
  const send = transport(connection, resolved);
  let isClosed = false;
  return {
    clock: resolved.clock,
    connection,
    isAsUser: false,
    async send(request) {
      if (isClosed) throw closedError();
      return await send(request);
    },
    async close() {
      isClosed = true;
      await resolved.auth.settled?.();
      detach?.();
      await connection.close();
    },
  };
}
