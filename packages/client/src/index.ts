/**
 * Box for programs: `BoxClient`, the ways to authenticate, the errors. Its
 * [readme](https://www.npmjs.com/package/@boxhaul/client) is the guide.
 *
 * @module client
 */
export type {
  BoxCollection,
  BoxComment,
  BoxFolderLock,
  BoxRecentItem,
  BoxTask,
  BoxTaskAssignment,
  BoxWatermark,
  BoxZipDownload,
  BoxZipStatus,
} from './activity-types.ts';
export { appAuth } from './auth/app-auth.ts';
export { type AppConfig, parseAppConfig, readAppConfig } from './auth/app-config.ts';
export {
  AccessToken,
  type Authenticator,
  type RenewingAuthenticator,
} from './auth/authenticator.ts';
export { type ClientCredentials, clientCredentialsAuth } from './auth/client-credentials.ts';
export { developerToken } from './auth/developer-token.ts';
export type {
  Downscope,
  DownscopedToken,
  DownscopeName,
  ExternalUser,
} from './auth/downscope.ts';
export type { EndpointOptions } from './auth/endpoint-source.ts';
export { type JwtOptions, jwtAuth } from './auth/jwt.ts';
export {
  type AuthorizationRequest,
  type CodeExchange,
  type OAuth,
  type OAuthOptions,
  oauth,
} from './auth/oauth.ts';
export { newPkce, newState, type Pkce } from './auth/pkce.ts';
export type { Grant, TokenEndpoint, TokenRestriction } from './auth/token-endpoint.ts';
export { fileStore, memoryStore, type OAuthTokens, type TokenStore } from './auth/token-store.ts';
export { type ByteRange, bodyOf, bodyOfFile, type RequestBody } from './body.ts';
export type {
  BoxFile,
  BoxFileLock,
  BoxFileVersion,
  BoxFileVersionMini,
  BoxFolder,
  BoxFolderMini,
  BoxItem,
  BoxItemPage,
  BoxItemStatus,
  BoxPart,
  BoxPathCollection,
  BoxPreflight,
  BoxSearchResult,
  BoxSharedLink,
  BoxUploadSession,
  BoxUser,
  BoxUserMini,
  BoxWatermarkInfo,
  BoxWebLink,
} from './box-types.ts';
export { BoxClient } from './client.ts';
export { type Clock, systemClock } from './clock.ts';
export {
  type AnsweringHost,
  BoxApiError,
  BoxAuthError,
  type BoxConflict,
  BoxConnectionError,
  BoxhaulError,
  type ConnectionFailure,
  type ErrorDetails,
  InputError,
  isBoxError,
  type Recovery,
} from './errors.ts';
export type { BoxEvent, BoxEventItem, BoxEventPage } from './event-types.ts';
export type { FollowedEvent } from './follow.ts';
export type {
  BoxCascadePolicy,
  BoxMetadata,
  BoxMetadataField,
  BoxMetadataOption,
  BoxMetadataTemplate,
  MetadataValue,
  MetadataValues,
} from './metadata-types.ts';
export type { FormFile } from './multipart.ts';
export type {
  CallAnswer,
  CallArguments,
  CallHeaders,
  CallInput,
  CallSettings,
  OperationKey,
} from './operation.ts';
export type { BoxHosts, ClientOptions, ConnectionOptions, Timeouts } from './options.ts';
export type { CallKind, CallOutcome, CallToPace, Leave, Pacer } from './pacer.ts';
export type {
  BoxAvatarUrls,
  BoxCollaboration,
  BoxCollaboratorRole,
  BoxEmailAlias,
  BoxGroup,
  BoxGroupLevel,
  BoxGroupMembership,
  BoxGroupMini,
  BoxInvite,
  BoxUserPage,
} from './people-types.ts';
export type { CallCounts, ExchangeRecord } from './record.ts';
export { namesOf, parseReference, pathOfItem, type Reference } from './reference.ts';
export type { BoxRepresentation } from './representation-types.ts';
export type {
  AnswerStream,
  BoxHost,
  BoxRequest,
  BoxResponse,
  Lookup,
  QueryValue,
  Send,
} from './request.ts';
export { type ResolveOptions, resolveReference } from './resolve-reference.ts';
export type { Avatars, NewAvatar } from './resources/avatars.ts';
export type {
  CallOptions,
  ChangeOptions,
  FieldsOptions,
  ItemOrder,
  ListOptions,
} from './resources/call-options.ts';
export type { CascadePolicies } from './resources/cascade-policies.ts';
export type { Classifications } from './resources/classifications.ts';
export type {
  CollaborationChanges,
  Collaborations,
  Collaborator,
  NewCollaboration,
} from './resources/collaborations.ts';
export type { Collections } from './resources/collections.ts';
export type { Comments, CommentText, NewComment } from './resources/comments.ts';
export type { Download, DownloadOptions } from './resources/downloads.ts';
export type { EmailAliases } from './resources/email-aliases.ts';
export type {
  AdminStream,
  EventListOptions,
  Events,
  FollowOptions,
  HistoryOptions,
  UserStream,
} from './resources/events.ts';
export type { LockOptions } from './resources/file-locks.ts';
export type { FileVersions } from './resources/file-versions.ts';
export type { Files, Preflight } from './resources/files.ts';
export type { FolderLocks } from './resources/folder-locks.ts';
export type { Folders } from './resources/folders.ts';
export type {
  GroupAdminRights,
  GroupMemberships,
  MembershipChanges,
} from './resources/group-memberships.ts';
export type { GroupChanges, Groups } from './resources/groups.ts';
export type { Invites, NewInvite } from './resources/invites.ts';
export type {
  DeleteOptions,
  FileChanges,
  FolderChanges,
  ItemChanges,
} from './resources/item-changes.ts';
export type { CopyTarget, ItemOfType, ItemReference } from './resources/item-copies.ts';
export type {
  Metadata,
  MetadataOperation,
  MetadataQuery,
  MetadataTarget,
  TemplateName,
} from './resources/metadata.ts';
export type {
  MetadataTemplates,
  NewMetadataTemplate,
  TemplateOperation,
} from './resources/metadata-templates.ts';
export type { RecentItems } from './resources/recent-items.ts';
export type { RepresentationContent, Representations } from './resources/representations.ts';
export type { MetadataFilter, Search, SearchQuery, TimeRange } from './resources/search.ts';
export type { SharedItems } from './resources/shared-items.ts';
export type { SharedLinkSettings, SharedLinks } from './resources/shared-links.ts';
export type { NewTaskAssignment, TaskAssignments } from './resources/task-assignments.ts';
export type { TaskChanges, Tasks } from './resources/tasks.ts';
export type { Thumbnail, ThumbnailOptions, Thumbnails } from './resources/thumbnails.ts';
export type { Trash } from './resources/trash.ts';
export type { Commit, NewPart, UploadSessions } from './resources/upload-sessions.ts';
export type { NewFile, NewVersion, UploadProgress } from './resources/uploads.ts';
export type { NewUser, UserChanges } from './resources/user-changes.ts';
export type { UserFilter, Users } from './resources/users.ts';
export type { MarkedItem, Watermarks } from './resources/watermarks.ts';
export type { WebLinkChanges, WebLinks } from './resources/web-links.ts';
export type { NewWebhook, Webhooks, WebhookTarget } from './resources/webhooks.ts';
export type { NewZip, ZipContent, ZipDownloads } from './resources/zip-downloads.ts';
export type { Wait, WaitReason } from './wait.ts';
export {
  type HeadersLike,
  type VerifyOptions,
  verifyWebhook,
  type WebhookFault,
  type WebhookKeys,
  webhookFault,
} from './webhook-signature.ts';
export type {
  BoxWebhook,
  BoxWebhookMessage,
  BoxWebhookMini,
  WebhookTrigger,
} from './webhook-types.ts';
