import type { FastifyInstance } from 'fastify';
import type { Box } from '../box.ts';
import { allowlistRoutes } from './allowlists.ts';
import { appItemRoutes } from './app-items.ts';
import { avatarRoutes } from './avatars.ts';
import { cascadePolicyRoutes } from './cascade-policies.ts';
import { collaborationRoutes } from './collaborations.ts';
import { collectionRoutes } from './collections.ts';
import { commentRoutes } from './comments.ts';
import { devicePinnerRoutes } from './device-pinners.ts';
import { contentRoutes as contents, downloadRoutes } from './downloads.ts';
import { eventRoutes } from './events.ts';
import { fileRequestRoutes } from './file-requests.ts';
import { fileRoutes } from './files.ts';
import { folderLockRoutes } from './folder-locks.ts';
import { folderRoutes } from './folders.ts';
import { groupMembershipRoutes } from './group-memberships.ts';
import { groupRoutes } from './groups.ts';
import { inviteRoutes } from './invites.ts';
import { metadataInstanceRoutes } from './metadata-instances.ts';
import { metadataQueryRoutes } from './metadata-query.ts';
import { metadataTemplateRoutes } from './metadata-templates.ts';
import { preflightRoutes } from './preflight.ts';
import { recentItemRoutes } from './recent-items.ts';
import { representationRoutes } from './representations.ts';
import { searchRoutes } from './search.ts';
import { sharedItemRoutes } from './shared-items.ts';
import { storagePolicyRoutes } from './storage-policies.ts';
import { subscribeRoutes } from './subscribe.ts';
import { taskAssignmentRoutes } from './task-assignments.ts';
import { taskRoutes } from './tasks.ts';
import { taxonomyRoutes } from './taxonomies.ts';
import { taxonomyNodeRoutes } from './taxonomy-nodes.ts';
import { termsOfServiceRoutes } from './terms-of-service.ts';
import { thumbnailPlaceholderRoutes, thumbnailRoutes } from './thumbnails.ts';
import { trashRoutes } from './trash.ts';
import { uploadCommitRoutes } from './upload-commit.ts';
import { uploadPartRoutes } from './upload-parts.ts';
import { uploadSessionRoutes } from './upload-sessions.ts';
import { uploadRoutes } from './uploads.ts';
import { userAccountRoutes } from './user-accounts.ts';
import { userRoutes } from './users.ts';
import { versionRoutes } from './versions.ts';
import { watermarkRoutes } from './watermarks.ts';
import { webLinkRoutes } from './web-links.ts';
import { webhookRoutes } from './webhooks.ts';
import { workflowRoutes } from './workflows.ts';
import { zipContentRoutes, zipDownloadRoutes } from './zip-downloads.ts';

/** A file of routes: adds what it answers to `app`. */
export type RouteModule = (app: FastifyInstance, box: Box) => void;

/** The calls of Box's API that need a token; paths are without `/2.0`. */
export const apiRoutes: readonly RouteModule[] = [
  userRoutes,
  folderRoutes,
  trashRoutes,
  fileRoutes,
  versionRoutes,
  downloadRoutes,
  preflightRoutes,
  uploadSessionRoutes,
  uploadPartRoutes,
  uploadCommitRoutes,
  webLinkRoutes,
  sharedItemRoutes,
  commentRoutes,
  taskRoutes,
  taskAssignmentRoutes,
  folderLockRoutes,
  watermarkRoutes,
  fileRequestRoutes,
  appItemRoutes,
  workflowRoutes,
  zipDownloadRoutes,
  thumbnailRoutes,
  representationRoutes,
  collaborationRoutes,
  groupRoutes,
  groupMembershipRoutes,
  userAccountRoutes,
  inviteRoutes,
  allowlistRoutes,
  devicePinnerRoutes,
  termsOfServiceRoutes,
  storagePolicyRoutes,
  eventRoutes,
  collectionRoutes,
  recentItemRoutes,
  webhookRoutes,
  metadataTemplateRoutes,
  metadataInstanceRoutes,
  cascadePolicyRoutes,
  metadataQueryRoutes,
  searchRoutes,
  taxonomyRoutes,
  taxonomyNodeRoutes,
];

/** Those of them whose bodies may be forms, which they read as they come in. */
export const formRoutes: readonly RouteModule[] = [uploadRoutes, avatarRoutes];

/** What is reached by a URL that says all: contents of files. Paths are from the root of the port. */
export const contentRoutes: readonly RouteModule[] = [
  contents,
  zipContentRoutes,
  thumbnailPlaceholderRoutes,
  subscribeRoutes,
];
