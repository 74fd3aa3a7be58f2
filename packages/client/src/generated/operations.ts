// Made by `npm run generate` from Box’s OpenAPI documents. Not to be edited.
import type { RequestBody } from '../body.ts';
import type { FormFile } from '../multipart.ts';
import type { AnswerStream } from '../request.ts';
import type {
  AccessToken,
  AiAgent,
  AiAsk,
  AiExtract,
  AiExtractStructured,
  AiExtractStructuredResponse,
  AiMultipleAgentResponse,
  AiResponse,
  AiResponseFull,
  AiSingleAgentResponseFull,
  AiTextGen,
  AppItem,
  AppItemAssociations,
  Archive,
  Archives,
  AutomateWorkflowStartRequest,
  AutomateWorkflows,
  Classification,
  ClassificationTemplate,
  Collaboration,
  CollaborationAllowlistEntries,
  CollaborationAllowlistEntry,
  CollaborationAllowlistExemptTarget,
  CollaborationAllowlistExemptTargets,
  Collaborations,
  CollaborationsOffsetPaginated,
  Collection,
  Collections,
  CommentFull,
  Comments,
  CreateAiAgent,
  DevicePinner,
  DevicePinners,
  DocGenBatchBase,
  DocGenBatchCreateRequest,
  DocGenJob,
  DocGenJobs,
  DocGenJobsFull,
  DocGenTags,
  DocGenTagsProcessingMessage,
  DocGenTemplate,
  DocGenTemplateBase,
  DocGenTemplateCreateRequest,
  DocGenTemplates,
  EmailAlias,
  EmailAliases,
  EnterpriseBase,
  EnterpriseConfiguration,
  Events,
  ExternalUsersSubmitDeleteJobRequest,
  ExternalUsersSubmitDeleteJobResponse,
  FileFull,
  FileRequest,
  FileRequestCopyRequest,
  FileRequestUpdateRequest,
  FileVersionFull,
  FileVersionLegalHold,
  FileVersionLegalHolds,
  FileVersionRetention,
  FileVersionRetentions,
  FileVersions,
  FileVersionsOnHold,
  Files,
  FilesOnHold,
  FilesUnderRetention,
  FolderFull,
  FolderLock,
  FolderLocks,
  FolderReference,
  GroupFull,
  GroupMembership,
  GroupMemberships,
  Groups,
  Hub,
  HubCollaboration,
  HubCollaborationCreateRequest,
  HubCollaborationUpdateRequest,
  HubCollaborations,
  HubCopyRequest,
  HubCreateRequest,
  HubDocumentBlocks,
  HubDocumentPages,
  HubItems,
  HubItemsManageRequest,
  HubItemsManageResponse,
  HubUpdateRequest,
  Hubs,
  IntegrationMapping,
  IntegrationMappingBoxItemSlack,
  IntegrationMappingSlackCreateRequest,
  IntegrationMappingSlackOptions,
  IntegrationMappingTeams,
  IntegrationMappingTeamsCreateRequest,
  IntegrationMappings,
  IntegrationMappingsTeams,
  Invite,
  Items,
  ItemsOffsetPaginated,
  LegalHoldPolicies,
  LegalHoldPolicy,
  LegalHoldPolicyAssignment,
  LegalHoldPolicyAssignments,
  MetadataCascadePolicies,
  MetadataCascadePolicy,
  MetadataFilter,
  MetadataFull,
  MetadataInstanceValue,
  MetadataQuery,
  MetadataQueryResults,
  MetadataTaxonomies,
  MetadataTaxonomy,
  MetadataTaxonomyLevel,
  MetadataTaxonomyLevels,
  MetadataTaxonomyNode,
  MetadataTaxonomyNodes,
  MetadataTemplate,
  MetadataTemplates,
  Metadatas,
  NotesConvertRequestBody,
  NotesConvertResponse,
  Outcome,
  PostOAuth2Revoke,
  PostOAuth2Token,
  PostOAuth2TokenRefreshAccessToken,
  RealtimeServers,
  RecentItems,
  RetentionPolicies,
  RetentionPolicy,
  RetentionPolicyAssignment,
  RetentionPolicyAssignments,
  RetentionPolicyMaxExtensionLengthRequest,
  SearchResultsResponse,
  SessionTerminationMessage,
  ShieldInformationBarrier,
  ShieldInformationBarrierBase,
  ShieldInformationBarrierReference,
  ShieldInformationBarrierReport,
  ShieldInformationBarrierReports,
  ShieldInformationBarrierSegment,
  ShieldInformationBarrierSegmentMember,
  ShieldInformationBarrierSegmentMembers,
  ShieldInformationBarrierSegmentRestriction,
  ShieldInformationBarrierSegmentRestrictions,
  ShieldInformationBarrierSegments,
  ShieldInformationBarriers,
  ShieldList,
  ShieldLists,
  ShieldListsCreate,
  ShieldListsUpdate,
  SignRequest,
  SignRequestCancelRequest,
  SignRequestCreateRequest,
  SignRequests,
  SignTemplate,
  SignTemplates,
  SkillCard,
  SkillCardsMetadata,
  StoragePolicies,
  StoragePolicy,
  StoragePolicyAssignment,
  StoragePolicyAssignments,
  Task,
  TaskAssignment,
  TaskAssignments,
  Tasks,
  TermsOfService,
  TermsOfServiceUserStatus,
  TermsOfServiceUserStatuses,
  TermsOfServices,
  TrackingCode,
  TrashFile,
  TrashFileRestored,
  TrashFolder,
  TrashFolderRestored,
  TrashWebLink,
  TrashWebLinkRestored,
  UploadPart,
  UploadParts,
  UploadSession,
  UploadUrl,
  UploadedPart,
  UserAvatar,
  UserBase,
  UserFull,
  UserMini,
  Users,
  Watermark,
  WebLink,
  Webhook,
  Webhooks,
  Workflows,
  ZipDownload,
  ZipDownloadRequest,
  ZipDownloadStatus,
} from './schemas.ts';

export interface Operations {
  'POST /ai/ask': { body: AiAsk; answers: { 200: AiResponseFull; 204: undefined } };
  'POST /ai/extract': { body: AiExtract; answers: { 200: AiResponse } };
  'POST /ai/extract_structured': {
    body: AiExtractStructured;
    answers: { 200: AiExtractStructuredResponse };
  };
  'POST /ai/text_gen': { body: AiTextGen; answers: { 200: AiResponse } };
  'GET /ai_agent_default': {
    query: {
      mode: 'ask' | 'text_gen' | 'extract' | 'extract_structured';
      language?: string | undefined;
      model?: string | undefined;
    };
    answers: { 200: AiAgent };
  };
  'GET /ai_agents': {
    query?: {
      mode?: readonly string[] | undefined;
      fields?: readonly string[] | undefined;
      agent_state?: readonly string[] | undefined;
      include_box_default?: boolean | undefined;
      marker?: string | undefined;
      limit?: number | undefined;
    } | undefined;
    answers: { 200: AiMultipleAgentResponse };
  };
  'POST /ai_agents': { body: CreateAiAgent; answers: { 200: AiSingleAgentResponseFull } };
  'DELETE /ai_agents/{agent_id}': { path: { agent_id: string }; answers: { 204: undefined } };
  'GET /ai_agents/{agent_id}': {
    path: { agent_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: AiSingleAgentResponseFull };
  };
  'PUT /ai_agents/{agent_id}': {
    path: { agent_id: string };
    body: CreateAiAgent;
    answers: { 200: AiSingleAgentResponseFull };
  };
  'GET /archives': {
    query?: { limit?: number | undefined; marker?: string | undefined } | undefined;
    answers: { 200: Archives };
  };
  'POST /archives': {
    body: {
      name: string;
      description?: string | undefined;
      storage_policy_id?: string | undefined;
    };
    answers: { 201: Archive };
  };
  'DELETE /archives/{archive_id}': { path: { archive_id: string }; answers: { 204: undefined } };
  'PUT /archives/{archive_id}': {
    path: { archive_id: string };
    body: { name?: string | undefined; description?: string | undefined };
    answers: { 200: Archive };
  };
  'GET /authorize': {
    query: {
      response_type: 'code';
      client_id: string;
      redirect_uri?: string | undefined;
      state?: string | undefined;
      scope?: string | undefined;
    };
    answers: { 200: AnswerStream };
  };
  'GET /automate_workflows': {
    query: {
      folder_id: string;
      limit?: number | undefined;
      marker?: string | undefined;
    };
    answers: { 200: AutomateWorkflows };
  };
  'POST /automate_workflows/{workflow_id}/start': {
    path: { workflow_id: string };
    body: AutomateWorkflowStartRequest;
    answers: { 204: undefined };
  };
  'GET /collaboration_whitelist_entries': {
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: CollaborationAllowlistEntries };
  };
  'POST /collaboration_whitelist_entries': {
    body: { domain: string; direction: 'inbound' | 'outbound' | 'both' };
    answers: { 200: CollaborationAllowlistEntry };
  };
  'DELETE /collaboration_whitelist_entries/{collaboration_whitelist_entry_id}': {
    path: { collaboration_whitelist_entry_id: string };
    answers: { 204: undefined };
  };
  'GET /collaboration_whitelist_entries/{collaboration_whitelist_entry_id}': {
    path: { collaboration_whitelist_entry_id: string };
    answers: { 200: CollaborationAllowlistEntry };
  };
  'GET /collaboration_whitelist_exempt_targets': {
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: CollaborationAllowlistExemptTargets };
  };
  'POST /collaboration_whitelist_exempt_targets': {
    body: { user: { id: string } };
    answers: { 200: CollaborationAllowlistExemptTarget };
  };
  'DELETE /collaboration_whitelist_exempt_targets/{collaboration_whitelist_exempt_target_id}': {
    path: { collaboration_whitelist_exempt_target_id: string };
    answers: { 204: undefined };
  };
  'GET /collaboration_whitelist_exempt_targets/{collaboration_whitelist_exempt_target_id}': {
    path: { collaboration_whitelist_exempt_target_id: string };
    answers: { 200: CollaborationAllowlistExemptTarget };
  };
  'GET /collaborations': {
    query: {
      status: 'pending';
      fields?: readonly string[] | undefined;
      offset?: number | undefined;
      limit?: number | undefined;
    };
    answers: { 200: CollaborationsOffsetPaginated };
  };
  'POST /collaborations': {
    query?: { fields?: readonly string[] | undefined; notify?: boolean | undefined } | undefined;
    body: {
      item: { type?: 'file' | 'folder' | undefined; id?: string | undefined };
      accessible_by: {
        type: 'user' | 'group';
        id?: string | undefined;
        login?: string | undefined;
      };
      role:
        | 'editor'
        | 'viewer'
        | 'previewer'
        | 'uploader'
        | 'previewer uploader'
        | 'viewer uploader'
        | 'co-owner';
      is_access_only?: boolean | undefined;
      can_view_path?: boolean | undefined;
      expires_at?: string | undefined;
    };
    answers: { 201: Collaboration };
  };
  'DELETE /collaborations/{collaboration_id}': { path: { collaboration_id: string }; answers: { 204: undefined } };
  'GET /collaborations/{collaboration_id}': {
    path: { collaboration_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: Collaboration };
  };
  'PUT /collaborations/{collaboration_id}': {
    path: { collaboration_id: string };
    body?: {
      role?:
        | 'editor'
        | 'viewer'
        | 'previewer'
        | 'uploader'
        | 'previewer uploader'
        | 'viewer uploader'
        | 'co-owner'
        | 'owner' | undefined;
      status?: 'pending' | 'accepted' | 'rejected' | undefined;
      expires_at?: string | undefined;
      can_view_path?: boolean | undefined;
    } | undefined;
    answers: { 200: Collaboration; 204: undefined };
  };
  'GET /collections': {
    query?: {
      fields?: readonly string[] | undefined;
      offset?: number | undefined;
      limit?: number | undefined;
    } | undefined;
    answers: { 200: Collections };
  };
  'GET /collections/{collection_id}': { path: { collection_id: string }; answers: { 200: Collection } };
  'GET /collections/{collection_id}/items': {
    path: { collection_id: string };
    query?: {
      fields?: readonly string[] | undefined;
      offset?: number | undefined;
      limit?: number | undefined;
    } | undefined;
    answers: { 200: ItemsOffsetPaginated };
  };
  'POST /comments': {
    query?: { fields?: readonly string[] | undefined } | undefined;
    body: {
      message: string;
      tagged_message?: string | undefined;
      item: { id: string; type: 'file' | 'comment' };
    };
    answers: { 201: CommentFull };
  };
  'DELETE /comments/{comment_id}': { path: { comment_id: string }; answers: { 204: undefined } };
  'GET /comments/{comment_id}': {
    path: { comment_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: CommentFull };
  };
  'PUT /comments/{comment_id}': {
    path: { comment_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    body?: { message?: string | undefined } | undefined;
    answers: { 200: CommentFull };
  };
  'DELETE /device_pinners/{device_pinner_id}': { path: { device_pinner_id: string }; answers: { 204: undefined } };
  'GET /device_pinners/{device_pinner_id}': { path: { device_pinner_id: string }; answers: { 200: DevicePinner } };
  'GET /docgen_batch_jobs/{batch_id}': {
    path: { batch_id: string };
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: DocGenJobs };
  };
  'POST /docgen_batches': { body: DocGenBatchCreateRequest; answers: { 202: DocGenBatchBase } };
  'GET /docgen_jobs': {
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: DocGenJobsFull };
  };
  'GET /docgen_jobs/{job_id}': { path: { job_id: string }; answers: { 200: DocGenJob } };
  'GET /docgen_template_jobs/{template_id}': {
    path: { template_id: string };
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: DocGenJobs };
  };
  'GET /docgen_templates': {
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: DocGenTemplates };
  };
  'POST /docgen_templates': {
    body: DocGenTemplateCreateRequest;
    answers: { 201: DocGenTemplateBase };
  };
  'DELETE /docgen_templates/{template_id}': { path: { template_id: string }; answers: { 204: undefined } };
  'GET /docgen_templates/{template_id}': { path: { template_id: string }; answers: { 200: DocGenTemplate } };
  'GET /docgen_templates/{template_id}/tags': {
    path: { template_id: string };
    query?: {
      template_version_id?: string | undefined;
      marker?: string | undefined;
      limit?: number | undefined;
    } | undefined;
    answers: { 200: DocGenTags; 202: DocGenTagsProcessingMessage };
  };
  'GET /enterprise_configurations/{enterprise_id}': {
    path: { enterprise_id: string };
    query: { categories: readonly string[] };
    answers: { 200: EnterpriseConfiguration };
  };
  'GET /enterprise_hubs': {
    query?: {
      query?: string | undefined;
      sort?: string | undefined;
      direction?: 'ASC' | 'DESC' | undefined;
      marker?: string | undefined;
      limit?: number | undefined;
    } | undefined;
    answers: { 200: Hubs };
  };
  'GET /enterprises/{enterprise_id}/device_pinners': {
    path: { enterprise_id: string };
    query?: {
      marker?: string | undefined;
      limit?: number | undefined;
      direction?: 'ASC' | 'DESC' | undefined;
    } | undefined;
    answers: { 200: DevicePinners };
  };
  'GET /events': {
    query?: {
      stream_type?: 'all' | 'changes' | 'sync' | 'admin_logs' | 'admin_logs_streaming' | undefined;
      stream_position?: string | undefined;
      limit?: number | undefined;
      event_type?: readonly (
        | 'ACCESS_GRANTED'
        | 'ACCESS_REVOKED'
        | 'ADD_DEVICE_ASSOCIATION'
        | 'ADD_LOGIN_ACTIVITY_DEVICE'
        | 'ADMIN_LOGIN'
        | 'ADVANCED_FOLDER_SETTINGS_UPDATE'
        | 'APPLICATION_CREATED'
        | 'APPLICATION_PUBLIC_KEY_ADDED'
        | 'APPLICATION_PUBLIC_KEY_DELETED'
        | 'CHANGE_ADMIN_ROLE'
        | 'CHANGE_FOLDER_PERMISSION'
        | 'COLLABORATION_ACCEPT'
        | 'COLLABORATION_EXPIRATION'
        | 'COLLABORATION_INVITE'
        | 'COLLABORATION_REMOVE'
        | 'COLLABORATION_ROLE_CHANGE'
        | 'COMMENT_CREATE'
        | 'COMMENT_DELETE'
        | 'COMMENT_EDIT'
        | 'CONTENT_WORKFLOW_ABNORMAL_DOWNLOAD_ACTIVITY'
        | 'CONTENT_WORKFLOW_AUTOMATION_ADD'
        | 'CONTENT_WORKFLOW_AUTOMATION_DELETE'
        | 'CONTENT_WORKFLOW_POLICY_ADD'
        | 'CONTENT_WORKFLOW_SHARING_POLICY_VIOLATION'
        | 'CONTENT_WORKFLOW_UPLOAD_POLICY_VIOLATION'
        | 'COPY'
        | 'DATA_RETENTION_CREATE_RETENTION'
        | 'DATA_RETENTION_REMOVE_RETENTION'
        | 'DELETE'
        | 'DELETE_USER'
        | 'DEVICE_TRUST_CHECK_FAILED'
        | 'DOWNLOAD'
        | 'EDIT'
        | 'EDIT_USER'
        | 'EMAIL_ALIAS_CONFIRM'
        | 'EMAIL_ALIAS_PRIMARY'
        | 'EMAIL_ALIAS_REMOVE'
        | 'EMAIL_UPLOAD_DISABLED'
        | 'EMAIL_UPLOAD_ENABLED'
        | 'ENTERPRISE_APP_AUTHORIZATION_UPDATE'
        | 'EXTERNAL_COLLAB_SECURITY_SETTINGS'
        | 'FAILED_LOGIN'
        | 'FAVORITE'
        | 'FILE_MARKED_MALICIOUS'
        | 'FILE_REQUEST_CREATE'
        | 'FILE_REQUEST_DELETE'
        | 'FILE_REQUEST_UPDATE'
        | 'FILE_VERSION_RESTORE'
        | 'FILE_WATERMARKED_DOWNLOAD'
        | 'GROUP_ADD_ITEM'
        | 'GROUP_ADD_USER'
        | 'GROUP_CREATION'
        | 'GROUP_DELETION'
        | 'GROUP_EDITED'
        | 'GROUP_REMOVE_ITEM'
        | 'GROUP_REMOVE_USER'
        | 'ILLEGAL_ITEM_OWNERSHIP_TRANSFER_BY_USER'
        | 'ITEM_EMAIL_SEND'
        | 'ITEM_MODIFY'
        | 'ITEM_OPEN'
        | 'ITEM_SHARED_UPDATE'
        | 'ITEM_SYNC'
        | 'ITEM_UNSYNC'
        | 'LEGAL_HOLD_ASSIGNMENT_CREATE'
        | 'LEGAL_HOLD_ASSIGNMENT_DELETE'
        | 'LEGAL_HOLD_POLICY_CREATE'
        | 'LEGAL_HOLD_POLICY_DELETE'
        | 'LEGAL_HOLD_POLICY_UPDATE'
        | 'LOCK'
        | 'LOGIN'
        | 'METADATA_CASCADE_POLICY_APPLY'
        | 'METADATA_CASCADE_POLICY_CREATE'
        | 'METADATA_INSTANCE_COPY'
        | 'METADATA_INSTANCE_CREATE'
        | 'METADATA_INSTANCE_DELETE'
        | 'METADATA_INSTANCE_UPDATE'
        | 'METADATA_TEMPLATE_CREATE'
        | 'METADATA_TEMPLATE_DELETE'
        | 'METADATA_TEMPLATE_UPDATE'
        | 'MOVE'
        | 'NEW_USER'
        | 'OAUTH2_ACCESS_TOKEN_REVOKE'
        | 'OAUTH2_REFRESH_TOKEN_REVOKE'
        | 'PREVIEW'
        | 'REMOVE_DEVICE_ASSOCIATION'
        | 'REMOVE_LOGIN_ACTIVITY_DEVICE'
        | 'RENAME'
        | 'RETENTION_POLICY_ASSIGNMENT_ADD'
        | 'SHARE'
        | 'SHARED_LINK_SEND'
        | 'SHARE_EXPIRATION'
        | 'SHIELD_ALERT'
        | 'SHIELD_EXTERNAL_COLLAB_ACCESS_BLOCKED'
        | 'SHIELD_EXTERNAL_COLLAB_ACCESS_BLOCKED_MISSING_JUSTIFICATION'
        | 'SHIELD_EXTERNAL_COLLAB_INVITE_BLOCKED'
        | 'SHIELD_EXTERNAL_COLLAB_INVITE_BLOCKED_MISSING_JUSTIFICATION'
        | 'SHIELD_JUSTIFICATION_APPROVAL'
        | 'SHIELD_SHARED_LINK_ACCESS_BLOCKED'
        | 'SHIELD_SHARED_LINK_STATUS_RESTRICTED_ON_CREATE'
        | 'SHIELD_SHARED_LINK_STATUS_RESTRICTED_ON_UPDATE'
        | 'SIGN_DOCUMENT_ASSIGNED'
        | 'SIGN_DOCUMENT_CANCELLED'
        | 'SIGN_DOCUMENT_COMPLETED'
        | 'SIGN_DOCUMENT_CONVERTED'
        | 'SIGN_DOCUMENT_CREATED'
        | 'SIGN_DOCUMENT_DECLINED'
        | 'SIGN_DOCUMENT_EXPIRED'
        | 'SIGN_DOCUMENT_SIGNED'
        | 'SIGN_DOCUMENT_VIEWED_BY_SIGNED'
        | 'SIGNER_DOWNLOADED'
        | 'SIGNER_FORWARDED'
        | 'STORAGE_EXPIRATION'
        | 'TASK_ASSIGNMENT_CREATE'
        | 'TASK_ASSIGNMENT_DELETE'
        | 'TASK_ASSIGNMENT_UPDATE'
        | 'TASK_CREATE'
        | 'TASK_UPDATE'
        | 'TERMS_OF_SERVICE_ACCEPT'
        | 'TERMS_OF_SERVICE_REJECT'
        | 'UNDELETE'
        | 'UNFAVORITE'
        | 'UNLOCK'
        | 'UNSHARE'
        | 'UPDATE_COLLABORATION_EXPIRATION'
        | 'UPDATE_SHARE_EXPIRATION'
        | 'UPLOAD'
        | 'USER_AUTHENTICATE_OAUTH2_ACCESS_TOKEN_CREATE'
        | 'WATERMARK_LABEL_CREATE'
        | 'WATERMARK_LABEL_DELETE'
        | 'WORKFLOW_AUTOMATION_CREATE'
        | 'WORKFLOW_AUTOMATION_DELETE'
        | 'WORKFLOW_AUTOMATION_UPDATE'
        | (string & {}))[] | undefined;
      created_after?: string | undefined;
      created_before?: string | undefined;
      fields?: readonly string[] | undefined;
    } | undefined;
    answers: { 200: Events };
  };
  'OPTIONS /events': { answers: { 200: RealtimeServers } };
  'POST /external_users/submit_delete_job': {
    body: ExternalUsersSubmitDeleteJobRequest;
    answers: { 207: ExternalUsersSubmitDeleteJobResponse };
  };
  'DELETE /file_requests/{file_request_id}': { path: { file_request_id: string }; answers: { 204: undefined } };
  'GET /file_requests/{file_request_id}': { path: { file_request_id: string }; answers: { 200: FileRequest } };
  'PUT /file_requests/{file_request_id}': {
    path: { file_request_id: string };
    headers?: { 'if-match'?: string | undefined } | undefined;
    body: FileRequestUpdateRequest;
    answers: { 200: FileRequest };
  };
  'POST /file_requests/{file_request_id}/copy': {
    path: { file_request_id: string };
    body: FileRequestCopyRequest;
    answers: { 200: FileRequest };
  };
  'GET /file_version_legal_holds': {
    query: {
      policy_id: string;
      marker?: string | undefined;
      limit?: number | undefined;
    };
    answers: { 200: FileVersionLegalHolds };
  };
  'GET /file_version_legal_holds/{file_version_legal_hold_id}': {
    path: { file_version_legal_hold_id: string };
    answers: { 200: FileVersionLegalHold };
  };
  'GET /file_version_retentions': {
    query?: {
      file_id?: string | undefined;
      file_version_id?: string | undefined;
      policy_id?: string | undefined;
      disposition_action?: 'permanently_delete' | 'remove_retention' | undefined;
      disposition_before?: string | undefined;
      disposition_after?: string | undefined;
      limit?: number | undefined;
      marker?: string | undefined;
    } | undefined;
    answers: { 200: FileVersionRetentions };
  };
  'GET /file_version_retentions/{file_version_retention_id}': {
    path: { file_version_retention_id: string };
    answers: { 200: FileVersionRetention };
  };
  'OPTIONS /files/content': {
    body?: {
      name?: string | undefined;
      size?: number | undefined;
      parent?: { id?: string | undefined } | undefined;
    } | undefined;
    answers: { 200: UploadUrl };
  };
  'POST /files/content': {
    query?: { fields?: readonly string[] | undefined } | undefined;
    headers?: { 'content-md5'?: string | undefined } | undefined;
    body: {
      attributes: {
        name: string;
        parent: { id: string };
        content_created_at?: string | undefined;
        content_modified_at?: string | undefined;
        description?: string | undefined;
      };
      file: FormFile;
    };
    answers: { 201: Files };
  };
  'POST /files/upload_sessions': {
    body: { folder_id: string; file_size: number; file_name: string };
    answers: { 201: UploadSession };
  };
  'DELETE /files/upload_sessions/{upload_session_id}': { path: { upload_session_id: string }; answers: { 204: undefined } };
  'GET /files/upload_sessions/{upload_session_id}': { path: { upload_session_id: string }; answers: { 200: UploadSession } };
  'PUT /files/upload_sessions/{upload_session_id}': {
    path: { upload_session_id: string };
    headers: { digest: string; 'content-range': string };
    body: RequestBody;
    answers: { 200: UploadedPart };
  };
  'POST /files/upload_sessions/{upload_session_id}/commit': {
    path: { upload_session_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    headers: {
      digest: string;
      'if-match'?: string | undefined;
      'if-none-match'?: string | undefined;
    };
    body: {
      parts: readonly UploadPart[];
      attributes?: {
        name?: string | undefined;
        description?: string | undefined;
        content_created_at?: string | undefined;
        content_modified_at?: string | undefined;
      } | undefined;
    };
    answers: { 201: Files };
  };
  'GET /files/upload_sessions/{upload_session_id}/parts': {
    path: { upload_session_id: string };
    query?: { offset?: number | undefined; limit?: number | undefined } | undefined;
    answers: { 200: UploadParts };
  };
  'DELETE /files/{file_id}': {
    path: { file_id: string };
    headers?: { 'if-match'?: string | undefined } | undefined;
    answers: { 204: undefined };
  };
  'GET /files/{file_id}': {
    path: { file_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    headers?: {
      'if-none-match'?: string | undefined;
      boxapi?: string | undefined;
      'x-rep-hints'?: string | undefined;
    } | undefined;
    answers: { 200: FileFull; 304: undefined };
  };
  'POST /files/{file_id}': {
    path: { file_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    body?: {
      name?: string | undefined;
      parent?: { id?: string | undefined } | undefined;
    } | undefined;
    answers: { 201: TrashFileRestored };
  };
  'PUT /files/{file_id}': {
    path: { file_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    headers?: { 'if-match'?: string | undefined } | undefined;
    body?: {
      name?: string | undefined;
      description?: string | undefined;
      parent?: { id?: string | undefined; user_id?: string | undefined } | undefined;
      shared_link?: {
        access?: 'open' | 'company' | 'collaborators' | undefined;
        password?: string | null | undefined;
        vanity_name?: string | undefined;
        unshared_at?: string | undefined;
        permissions?: { can_download?: boolean | undefined } | undefined;
      } | null | undefined;
      lock?: {
        access?: 'lock' | undefined;
        expires_at?: string | undefined;
        is_download_prevented?: boolean | undefined;
      } | null | undefined;
      disposition_at?: string | undefined;
      permissions?: { can_download?: 'open' | 'company' | undefined } | undefined;
      collections?: readonly { id?: string | undefined; type?: string | undefined }[] | null | undefined;
      tags?: readonly string[] | undefined;
      content_created_at?: string | undefined;
      content_modified_at?: string | undefined;
    } | undefined;
    answers: { 200: FileFull };
  };
  'PUT /files/{file_id}#add_shared_link': {
    path: { file_id: string };
    query: { fields: string };
    body?: {
      shared_link?: {
        access?: 'open' | 'company' | 'collaborators' | undefined;
        password?: string | null | undefined;
        vanity_name?: string | undefined;
        unshared_at?: string | undefined;
        permissions?: {
          can_download?: boolean | undefined;
          can_preview?: boolean | undefined;
          can_edit?: boolean | undefined;
        } | undefined;
      } | undefined;
    } | undefined;
    answers: { 200: FileFull };
  };
  'GET /files/{file_id}#get_shared_link': {
    path: { file_id: string };
    query: { fields: string };
    answers: { 200: FileFull };
  };
  'PUT /files/{file_id}#remove_shared_link': {
    path: { file_id: string };
    query: { fields: string };
    body?: { shared_link?: { [key: string]: unknown } | null | undefined } | undefined;
    answers: { 200: FileFull };
  };
  'PUT /files/{file_id}#update_shared_link': {
    path: { file_id: string };
    query: { fields: string };
    body?: {
      shared_link?: {
        access?: 'open' | 'company' | 'collaborators' | undefined;
        password?: string | null | undefined;
        vanity_name?: string | undefined;
        unshared_at?: string | undefined;
        permissions?: {
          can_download?: boolean | undefined;
          can_preview?: boolean | undefined;
          can_edit?: boolean | undefined;
        } | undefined;
      } | undefined;
    } | undefined;
    answers: { 200: FileFull };
  };
  'GET /files/{file_id}/app_item_associations': {
    path: { file_id: string };
    query?: {
      limit?: number | undefined;
      marker?: string | undefined;
      application_type?: string | undefined;
    } | undefined;
    answers: { 200: AppItemAssociations };
  };
  'GET /files/{file_id}/collaborations': {
    path: { file_id: string };
    query?: {
      fields?: readonly string[] | undefined;
      limit?: number | undefined;
      marker?: string | undefined;
    } | undefined;
    answers: { 200: Collaborations };
  };
  'GET /files/{file_id}/comments': {
    path: { file_id: string };
    query?: {
      fields?: readonly string[] | undefined;
      limit?: number | undefined;
      offset?: number | undefined;
    } | undefined;
    answers: { 200: Comments };
  };
  'GET /files/{file_id}/content': {
    path: { file_id: string };
    query?: { version?: string | undefined; access_token?: string | undefined } | undefined;
    headers?: { range?: string | undefined; boxapi?: string | undefined } | undefined;
    answers: { 200: AnswerStream; 206: AnswerStream };
  };
  'OPTIONS /files/{file_id}/content': {
    path: { file_id: string };
    body?: { name?: string | undefined; size?: number | undefined } | undefined;
    answers: { 200: UploadUrl };
  };
  'POST /files/{file_id}/content': {
    path: { file_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    headers?: { 'if-match'?: string | undefined; 'content-md5'?: string | undefined } | undefined;
    body: {
      attributes: { name?: string | undefined; content_modified_at?: string | undefined };
      file: FormFile;
    };
    answers: { 201: Files };
  };
  'POST /files/{file_id}/copy': {
    path: { file_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    body: {
      name?: string | undefined;
      version?: string | undefined;
      parent: { id: string };
    };
    answers: { 201: FileFull; 304: undefined };
  };
  'GET /files/{file_id}/metadata': {
    path: { file_id: string };
    query?: { view?: string | undefined } | undefined;
    answers: { 200: Metadatas };
  };
  'DELETE /files/{file_id}/metadata/enterprise/securityClassification-6VMVochwUWo': { path: { file_id: string }; answers: { 204: undefined } };
  'GET /files/{file_id}/metadata/enterprise/securityClassification-6VMVochwUWo': { path: { file_id: string }; answers: { 200: Classification } };
  'POST /files/{file_id}/metadata/enterprise/securityClassification-6VMVochwUWo': {
    path: { file_id: string };
    body?: { Box__Security__Classification__Key?: string | undefined } | undefined;
    answers: { 201: Classification };
  };
  'PUT /files/{file_id}/metadata/enterprise/securityClassification-6VMVochwUWo': {
    path: { file_id: string };
    body: readonly {
      op: 'replace';
      path: '/Box__Security__Classification__Key';
      value: string;
    }[];
    answers: { 200: Classification };
  };
  'DELETE /files/{file_id}/metadata/global/boxSkillsCards': { path: { file_id: string }; answers: { 204: undefined } };
  'GET /files/{file_id}/metadata/global/boxSkillsCards': { path: { file_id: string }; answers: { 200: SkillCardsMetadata } };
  'POST /files/{file_id}/metadata/global/boxSkillsCards': {
    path: { file_id: string };
    body: { cards: readonly SkillCard[] };
    answers: { 201: SkillCardsMetadata };
  };
  'PUT /files/{file_id}/metadata/global/boxSkillsCards': {
    path: { file_id: string };
    body: readonly {
      op?: 'replace' | undefined;
      path?: string | undefined;
      value?: SkillCard | undefined;
    }[];
    answers: { 200: SkillCardsMetadata };
  };
  'DELETE /files/{file_id}/metadata/{scope}/{template_key}': {
    path: {
      file_id: string;
      scope: 'global' | 'enterprise' | (string & {});
      template_key: string;
    };
    answers: { 204: undefined };
  };
  'GET /files/{file_id}/metadata/{scope}/{template_key}': {
    path: {
      file_id: string;
      scope: 'global' | 'enterprise' | (string & {});
      template_key: string;
    };
    query?: { view?: string | undefined } | undefined;
    answers: { 200: MetadataFull };
  };
  'POST /files/{file_id}/metadata/{scope}/{template_key}': {
    path: {
      file_id: string;
      scope: 'global' | 'enterprise' | (string & {});
      template_key: string;
    };
    body?: { [key: string]: unknown } | undefined;
    answers: { 201: MetadataFull };
  };
  'PUT /files/{file_id}/metadata/{scope}/{template_key}': {
    path: {
      file_id: string;
      scope: 'global' | 'enterprise' | (string & {});
      template_key: string;
    };
    body: readonly {
      op?: 'add' | 'replace' | 'remove' | 'test' | 'move' | 'copy' | undefined;
      path?: string | undefined;
      value?: MetadataInstanceValue | undefined;
      from?: string | undefined;
    }[];
    answers: { 200: MetadataFull };
  };
  'GET /files/{file_id}/tasks': { path: { file_id: string }; answers: { 200: Tasks } };
  'GET /files/{file_id}/thumbnail.{extension}': {
    path: { file_id: string; extension: 'png' | 'jpg' };
    query?: {
      min_height?: number | undefined;
      min_width?: number | undefined;
      max_height?: number | undefined;
      max_width?: number | undefined;
    } | undefined;
    answers: { 200: AnswerStream };
  };
  'DELETE /files/{file_id}/trash': { path: { file_id: string }; answers: { 204: undefined } };
  'GET /files/{file_id}/trash': {
    path: { file_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: TrashFile };
  };
  'POST /files/{file_id}/upload_sessions': {
    path: { file_id: string };
    body: { file_size: number; file_name?: string | undefined };
    answers: { 201: UploadSession };
  };
  'GET /files/{file_id}/versions': {
    path: { file_id: string };
    query?: {
      fields?: readonly string[] | undefined;
      limit?: number | undefined;
      offset?: number | undefined;
    } | undefined;
    answers: { 200: FileVersions };
  };
  'POST /files/{file_id}/versions/current': {
    path: { file_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    body?: { id?: string | undefined; type?: 'file_version' | undefined } | undefined;
    answers: { 201: FileVersionFull };
  };
  'DELETE /files/{file_id}/versions/{file_version_id}': {
    path: { file_id: string; file_version_id: string };
    headers?: { 'if-match'?: string | undefined } | undefined;
    answers: { 204: undefined };
  };
  'GET /files/{file_id}/versions/{file_version_id}': {
    path: { file_id: string; file_version_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: FileVersionFull };
  };
  'PUT /files/{file_id}/versions/{file_version_id}': {
    path: { file_id: string; file_version_id: string };
    body?: { trashed_at?: string | null | undefined } | undefined;
    answers: { 200: FileVersionFull };
  };
  'DELETE /files/{file_id}/watermark': { path: { file_id: string }; answers: { 204: undefined } };
  'GET /files/{file_id}/watermark': { path: { file_id: string }; answers: { 200: Watermark } };
  'PUT /files/{file_id}/watermark': {
    path: { file_id: string };
    body: { watermark: { imprint: 'default' } };
    answers: { 200: Watermark; 201: Watermark };
  };
  'GET /folder_locks': { query: { folder_id: string }; answers: { 200: FolderLocks } };
  'POST /folder_locks': {
    body: {
      locked_operations?: { move: boolean; delete: boolean } | undefined;
      folder: { type: string; id: string };
    };
    answers: { 200: FolderLock };
  };
  'DELETE /folder_locks/{folder_lock_id}': { path: { folder_lock_id: string }; answers: { 204: undefined } };
  'POST /folders': {
    query?: { fields?: readonly string[] | undefined } | undefined;
    body: {
      name: string;
      parent: { id: string };
      folder_upload_email?: { access?: 'open' | 'collaborators' | undefined } | undefined;
      sync_state?: 'synced' | 'not_synced' | 'partially_synced' | undefined;
    };
    answers: { 201: FolderFull };
  };
  'GET /folders/trash/items': {
    query?: {
      fields?: readonly string[] | undefined;
      limit?: number | undefined;
      offset?: number | undefined;
      usemarker?: boolean | undefined;
      marker?: string | undefined;
      direction?: 'ASC' | 'DESC' | undefined;
      sort?: 'name' | 'date' | 'size' | undefined;
    } | undefined;
    answers: { 200: Items };
  };
  'DELETE /folders/{folder_id}': {
    path: { folder_id: string };
    query?: { recursive?: boolean | undefined } | undefined;
    headers?: { 'if-match'?: string | undefined } | undefined;
    answers: { 204: undefined };
  };
  'GET /folders/{folder_id}': {
    path: { folder_id: string };
    query?: {
      fields?: readonly string[] | undefined;
      sort?: 'id' | 'name' | 'date' | 'size' | undefined;
      direction?: 'ASC' | 'DESC' | undefined;
      offset?: number | undefined;
      limit?: number | undefined;
    } | undefined;
    headers?: { 'if-none-match'?: string | undefined; boxapi?: string | undefined } | undefined;
    answers: { 200: FolderFull; 304: undefined };
  };
  'POST /folders/{folder_id}': {
    path: { folder_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    body?: {
      name?: string | undefined;
      parent?: { id?: string | undefined } | undefined;
    } | undefined;
    answers: { 201: TrashFolderRestored };
  };
  'PUT /folders/{folder_id}': {
    path: { folder_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    headers?: { 'if-match'?: string | undefined } | undefined;
    body?: {
      name?: string | undefined;
      description?: string | undefined;
      sync_state?: 'synced' | 'not_synced' | 'partially_synced' | undefined;
      can_non_owners_invite?: boolean | undefined;
      parent?: { id?: string | undefined; user_id?: string | undefined } | undefined;
      shared_link?: {
        access?: 'open' | 'company' | 'collaborators' | undefined;
        password?: string | null | undefined;
        vanity_name?: string | undefined;
        unshared_at?: string | undefined;
        permissions?: { can_download?: boolean | undefined } | undefined;
      } | undefined;
      folder_upload_email?: { access?: 'open' | 'collaborators' | undefined } | null | undefined;
      tags?: readonly string[] | undefined;
      is_collaboration_restricted_to_enterprise?: boolean | undefined;
      collections?: readonly { id?: string | undefined; type?: string | undefined }[] | null | undefined;
      can_non_owners_view_collaborators?: boolean | undefined;
      owned_by?: { id: string } | undefined;
    } | undefined;
    answers: { 200: FolderFull };
  };
  'PUT /folders/{folder_id}#add_shared_link': {
    path: { folder_id: string };
    query: { fields: string };
    body?: {
      shared_link?: {
        access?: 'open' | 'company' | 'collaborators' | undefined;
        password?: string | null | undefined;
        vanity_name?: string | undefined;
        unshared_at?: string | undefined;
        permissions?: {
          can_download?: boolean | undefined;
          can_preview?: boolean | undefined;
          can_edit?: boolean | undefined;
        } | undefined;
      } | undefined;
    } | undefined;
    answers: { 200: FolderFull };
  };
  'GET /folders/{folder_id}#get_shared_link': {
    path: { folder_id: string };
    query: { fields: string };
    answers: { 200: FolderFull };
  };
  'PUT /folders/{folder_id}#remove_shared_link': {
    path: { folder_id: string };
    query: { fields: string };
    body?: { shared_link?: { [key: string]: unknown } | null | undefined } | undefined;
    answers: { 200: FolderFull };
  };
  'PUT /folders/{folder_id}#update_shared_link': {
    path: { folder_id: string };
    query: { fields: string };
    body?: {
      shared_link?: {
        access?: 'open' | 'company' | 'collaborators' | undefined;
        password?: string | undefined;
        vanity_name?: string | undefined;
        unshared_at?: string | undefined;
        permissions?: {
          can_download?: boolean | undefined;
          can_preview?: boolean | undefined;
          can_edit?: boolean | undefined;
        } | undefined;
      } | undefined;
    } | undefined;
    answers: { 200: FolderFull };
  };
  'GET /folders/{folder_id}/app_item_associations': {
    path: { folder_id: string };
    query?: {
      limit?: number | undefined;
      marker?: string | undefined;
      application_type?: string | undefined;
    } | undefined;
    answers: { 200: AppItemAssociations };
  };
  'GET /folders/{folder_id}/collaborations': {
    path: { folder_id: string };
    query?: {
      fields?: readonly string[] | undefined;
      limit?: number | undefined;
      marker?: string | undefined;
    } | undefined;
    answers: { 200: Collaborations };
  };
  'POST /folders/{folder_id}/copy': {
    path: { folder_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    body: { name?: string | undefined; parent: { id: string } };
    answers: { 201: FolderFull; 304: undefined };
  };
  'GET /folders/{folder_id}/items': {
    path: { folder_id: string };
    query?: {
      fields?: readonly string[] | undefined;
      usemarker?: boolean | undefined;
      marker?: string | undefined;
      offset?: number | undefined;
      limit?: number | undefined;
      sort?: 'id' | 'name' | 'date' | 'size' | undefined;
      direction?: 'ASC' | 'DESC' | undefined;
    } | undefined;
    headers?: { boxapi?: string | undefined } | undefined;
    answers: { 200: Items };
  };
  'GET /folders/{folder_id}/metadata': {
    path: { folder_id: string };
    query?: { view?: string | undefined } | undefined;
    answers: { 200: Metadatas };
  };
  'DELETE /folders/{folder_id}/metadata/enterprise/securityClassification-6VMVochwUWo': { path: { folder_id: string }; answers: { 204: undefined } };
  'GET /folders/{folder_id}/metadata/enterprise/securityClassification-6VMVochwUWo': { path: { folder_id: string }; answers: { 200: Classification } };
  'POST /folders/{folder_id}/metadata/enterprise/securityClassification-6VMVochwUWo': {
    path: { folder_id: string };
    body?: { Box__Security__Classification__Key?: string | undefined } | undefined;
    answers: { 201: Classification };
  };
  'PUT /folders/{folder_id}/metadata/enterprise/securityClassification-6VMVochwUWo': {
    path: { folder_id: string };
    body: readonly {
      op: 'replace';
      path: '/Box__Security__Classification__Key';
      value: string;
    }[];
    answers: { 200: Classification };
  };
  'DELETE /folders/{folder_id}/metadata/{scope}/{template_key}': {
    path: {
      folder_id: string;
      scope: 'global' | 'enterprise' | (string & {});
      template_key: string;
    };
    answers: { 204: undefined };
  };
  'GET /folders/{folder_id}/metadata/{scope}/{template_key}': {
    path: {
      folder_id: string;
      scope: 'global' | 'enterprise' | (string & {});
      template_key: string;
    };
    answers: { 200: MetadataFull };
  };
  'POST /folders/{folder_id}/metadata/{scope}/{template_key}': {
    path: {
      folder_id: string;
      scope: 'global' | 'enterprise' | (string & {});
      template_key: string;
    };
    body?: { [key: string]: unknown } | undefined;
    answers: { 201: MetadataFull };
  };
  'PUT /folders/{folder_id}/metadata/{scope}/{template_key}': {
    path: {
      folder_id: string;
      scope: 'global' | 'enterprise' | (string & {});
      template_key: string;
    };
    body: readonly {
      op?: 'add' | 'replace' | 'remove' | 'test' | 'move' | 'copy' | undefined;
      path?: string | undefined;
      value?: MetadataInstanceValue | undefined;
      from?: string | undefined;
    }[];
    answers: { 200: MetadataFull };
  };
  'DELETE /folders/{folder_id}/trash': { path: { folder_id: string }; answers: { 204: undefined } };
  'GET /folders/{folder_id}/trash': {
    path: { folder_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: TrashFolder };
  };
  'DELETE /folders/{folder_id}/watermark': { path: { folder_id: string }; answers: { 204: undefined } };
  'GET /folders/{folder_id}/watermark': { path: { folder_id: string }; answers: { 200: Watermark } };
  'PUT /folders/{folder_id}/watermark': {
    path: { folder_id: string };
    body: { watermark: { imprint: 'default' } };
    answers: { 200: Watermark; 201: Watermark };
  };
  'POST /group_memberships': {
    query?: { fields?: readonly string[] | undefined } | undefined;
    body: {
      user: { id: string };
      group: { id: string };
      role?: 'member' | 'admin' | undefined;
      configurable_permissions?: { [key: string]: boolean } | null | undefined;
    };
    answers: { 201: GroupMembership };
  };
  'DELETE /group_memberships/{group_membership_id}': { path: { group_membership_id: string }; answers: { 204: undefined } };
  'GET /group_memberships/{group_membership_id}': {
    path: { group_membership_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: GroupMembership };
  };
  'PUT /group_memberships/{group_membership_id}': {
    path: { group_membership_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    body?: {
      role?: 'member' | 'admin' | undefined;
      configurable_permissions?: { [key: string]: boolean } | null | undefined;
    } | undefined;
    answers: { 200: GroupMembership };
  };
  'GET /groups': {
    query?: {
      filter_term?: string | undefined;
      fields?: readonly string[] | undefined;
      limit?: number | undefined;
      offset?: number | undefined;
    } | undefined;
    answers: { 200: Groups };
  };
  'POST /groups': {
    query?: { fields?: readonly string[] | undefined } | undefined;
    body: {
      name: string;
      provenance?: string | undefined;
      external_sync_identifier?: string | undefined;
      description?: string | undefined;
      invitability_level?: 'admins_only' | 'admins_and_members' | 'all_managed_users' | undefined;
      member_viewability_level?: 'admins_only' | 'admins_and_members' | 'all_managed_users' | undefined;
    };
    answers: { 201: GroupFull };
  };
  'POST /groups/terminate_sessions': {
    body: { group_ids: readonly string[] };
    answers: { 202: SessionTerminationMessage };
  };
  'DELETE /groups/{group_id}': { path: { group_id: string }; answers: { 204: undefined } };
  'GET /groups/{group_id}': {
    path: { group_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: GroupFull };
  };
  'PUT /groups/{group_id}': {
    path: { group_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    body?: {
      name?: string | undefined;
      provenance?: string | undefined;
      external_sync_identifier?: string | undefined;
      description?: string | undefined;
      invitability_level?: 'admins_only' | 'admins_and_members' | 'all_managed_users' | undefined;
      member_viewability_level?: 'admins_only' | 'admins_and_members' | 'all_managed_users' | undefined;
    } | undefined;
    answers: { 200: GroupFull };
  };
  'GET /groups/{group_id}/collaborations': {
    path: { group_id: string };
    query?: { limit?: number | undefined; offset?: number | undefined } | undefined;
    answers: { 200: CollaborationsOffsetPaginated };
  };
  'GET /groups/{group_id}/memberships': {
    path: { group_id: string };
    query?: { limit?: number | undefined; offset?: number | undefined } | undefined;
    answers: { 200: GroupMemberships };
  };
  'GET /hub_collaborations': {
    query: {
      hub_id: string;
      marker?: string | undefined;
      limit?: number | undefined;
    };
    answers: { 200: HubCollaborations };
  };
  'POST /hub_collaborations': {
    body: HubCollaborationCreateRequest;
    answers: { 201: HubCollaboration };
  };
  'DELETE /hub_collaborations/{hub_collaboration_id}': { path: { hub_collaboration_id: string }; answers: { 204: undefined } };
  'GET /hub_collaborations/{hub_collaboration_id}': {
    path: { hub_collaboration_id: string };
    answers: { 200: HubCollaboration };
  };
  'PUT /hub_collaborations/{hub_collaboration_id}': {
    path: { hub_collaboration_id: string };
    body: HubCollaborationUpdateRequest;
    answers: { 200: HubCollaboration };
  };
  'GET /hub_document_blocks': {
    query: {
      hub_id: string;
      page_id: string;
      marker?: string | undefined;
      limit?: number | undefined;
    };
    answers: { 200: HubDocumentBlocks };
  };
  'GET /hub_document_pages': {
    query: {
      hub_id: string;
      marker?: string | undefined;
      limit?: number | undefined;
    };
    answers: { 200: HubDocumentPages };
  };
  'GET /hub_items': {
    query: {
      hub_id: string;
      parent_id?: string | undefined;
      marker?: string | undefined;
      limit?: number | undefined;
    };
    answers: { 200: HubItems };
  };
  'GET /hubs': {
    query?: {
      query?: string | undefined;
      scope?: string | undefined;
      sort?: string | undefined;
      direction?: 'ASC' | 'DESC' | undefined;
      marker?: string | undefined;
      limit?: number | undefined;
    } | undefined;
    answers: { 200: Hubs };
  };
  'POST /hubs': { body: HubCreateRequest; answers: { 201: Hub } };
  'DELETE /hubs/{hub_id}': { path: { hub_id: string }; answers: { 204: undefined } };
  'GET /hubs/{hub_id}': { path: { hub_id: string }; answers: { 200: Hub } };
  'PUT /hubs/{hub_id}': {
    path: { hub_id: string };
    body: HubUpdateRequest;
    answers: { 200: Hub };
  };
  'POST /hubs/{hub_id}/copy': {
    path: { hub_id: string };
    body: HubCopyRequest;
    answers: { 201: Hub };
  };
  'POST /hubs/{hub_id}/manage_items': {
    path: { hub_id: string };
    body: HubItemsManageRequest;
    answers: { 207: HubItemsManageResponse };
  };
  'GET /integration_mappings/slack': {
    query?: {
      marker?: string | undefined;
      limit?: number | undefined;
      partner_item_type?: 'channel' | undefined;
      partner_item_id?: string | undefined;
      box_item_id?: string | undefined;
      box_item_type?: 'folder' | undefined;
      is_manually_created?: boolean | undefined;
    } | undefined;
    answers: { 200: IntegrationMappings };
  };
  'POST /integration_mappings/slack': {
    body: IntegrationMappingSlackCreateRequest;
    answers: { 201: IntegrationMapping };
  };
  'DELETE /integration_mappings/slack/{integration_mapping_id}': {
    path: { integration_mapping_id: string };
    answers: { 204: undefined };
  };
  'PUT /integration_mappings/slack/{integration_mapping_id}': {
    path: { integration_mapping_id: string };
    body?: {
      box_item?: IntegrationMappingBoxItemSlack | undefined;
      options?: IntegrationMappingSlackOptions | undefined;
    } | undefined;
    answers: { 200: IntegrationMapping };
  };
  'GET /integration_mappings/teams': {
    query?: {
      partner_item_type?: 'channel' | 'team' | undefined;
      partner_item_id?: string | undefined;
      box_item_id?: string | undefined;
      box_item_type?: 'folder' | undefined;
    } | undefined;
    answers: { 200: IntegrationMappingsTeams };
  };
  'POST /integration_mappings/teams': {
    body: IntegrationMappingTeamsCreateRequest;
    answers: { 201: IntegrationMappingTeams };
  };
  'DELETE /integration_mappings/teams/{integration_mapping_id}': {
    path: { integration_mapping_id: string };
    answers: { 204: undefined };
  };
  'PUT /integration_mappings/teams/{integration_mapping_id}': {
    path: { integration_mapping_id: string };
    body?: { box_item?: FolderReference | undefined } | undefined;
    answers: { 200: IntegrationMappingTeams };
  };
  'POST /invites': {
    query?: { fields?: readonly string[] | undefined } | undefined;
    body: { enterprise: { id: string }; actionable_by: { login: string } };
    answers: { 200: Invite };
  };
  'GET /invites/{invite_id}': {
    path: { invite_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: Invite };
  };
  'GET /legal_hold_policies': {
    query?: {
      policy_name?: string | undefined;
      fields?: readonly string[] | undefined;
      marker?: string | undefined;
      limit?: number | undefined;
    } | undefined;
    answers: { 200: LegalHoldPolicies };
  };
  'POST /legal_hold_policies': {
    body: {
      policy_name: string;
      description?: string | undefined;
      filter_started_at?: string | undefined;
      filter_ended_at?: string | undefined;
      is_ongoing?: boolean | undefined;
    };
    answers: { 201: LegalHoldPolicy };
  };
  'DELETE /legal_hold_policies/{legal_hold_policy_id}': { path: { legal_hold_policy_id: string }; answers: { 202: undefined } };
  'GET /legal_hold_policies/{legal_hold_policy_id}': {
    path: { legal_hold_policy_id: string };
    answers: { 200: LegalHoldPolicy };
  };
  'PUT /legal_hold_policies/{legal_hold_policy_id}': {
    path: { legal_hold_policy_id: string };
    body?: {
      policy_name?: string | undefined;
      description?: string | undefined;
      release_notes?: string | undefined;
    } | undefined;
    answers: { 200: LegalHoldPolicy };
  };
  'GET /legal_hold_policy_assignments': {
    query: {
      policy_id: string;
      assign_to_type?: 'file' | 'file_version' | 'folder' | 'user' | 'ownership' | 'interactions' | undefined;
      assign_to_id?: string | undefined;
      marker?: string | undefined;
      limit?: number | undefined;
      fields?: readonly string[] | undefined;
    };
    answers: { 200: LegalHoldPolicyAssignments };
  };
  'POST /legal_hold_policy_assignments': {
    body: {
      policy_id: string;
      assign_to: {
        type: 'file' | 'file_version' | 'folder' | 'user' | 'ownership' | 'interactions';
        id: string;
      };
    };
    answers: { 201: LegalHoldPolicyAssignment };
  };
  'DELETE /legal_hold_policy_assignments/{legal_hold_policy_assignment_id}': {
    path: { legal_hold_policy_assignment_id: string };
    answers: { 202: undefined };
  };
  'GET /legal_hold_policy_assignments/{legal_hold_policy_assignment_id}': {
    path: { legal_hold_policy_assignment_id: string };
    answers: { 200: LegalHoldPolicyAssignment };
  };
  'GET /legal_hold_policy_assignments/{legal_hold_policy_assignment_id}/file_versions_on_hold': {
    path: { legal_hold_policy_assignment_id: string };
    query?: {
      marker?: string | undefined;
      limit?: number | undefined;
      fields?: readonly string[] | undefined;
    } | undefined;
    answers: { 200: FileVersionsOnHold };
  };
  'GET /legal_hold_policy_assignments/{legal_hold_policy_assignment_id}/files_on_hold': {
    path: { legal_hold_policy_assignment_id: string };
    query?: {
      marker?: string | undefined;
      limit?: number | undefined;
      fields?: readonly string[] | undefined;
    } | undefined;
    answers: { 200: FilesOnHold };
  };
  'GET /metadata_cascade_policies': {
    query: {
      folder_id: string;
      owner_enterprise_id?: string | undefined;
      marker?: string | undefined;
      offset?: number | undefined;
    };
    answers: { 200: MetadataCascadePolicies };
  };
  'POST /metadata_cascade_policies': {
    body: {
      folder_id: string;
      scope: 'global' | 'enterprise';
      templateKey: string;
    };
    answers: { 201: MetadataCascadePolicy };
  };
  'DELETE /metadata_cascade_policies/{metadata_cascade_policy_id}': {
    path: { metadata_cascade_policy_id: string };
    answers: { 204: undefined };
  };
  'GET /metadata_cascade_policies/{metadata_cascade_policy_id}': {
    path: { metadata_cascade_policy_id: string };
    answers: { 200: MetadataCascadePolicy };
  };
  'POST /metadata_cascade_policies/{metadata_cascade_policy_id}/apply': {
    path: { metadata_cascade_policy_id: string };
    body: { conflict_resolution: 'none' | 'overwrite' };
    answers: { 202: undefined };
  };
  'POST /metadata_queries/execute_read': { body: MetadataQuery; answers: { 200: MetadataQueryResults } };
  'POST /metadata_taxonomies': {
    body: { key?: string | undefined; displayName: string; namespace: string };
    answers: { 201: MetadataTaxonomy };
  };
  'GET /metadata_taxonomies/{namespace}': {
    path: { namespace: string };
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: MetadataTaxonomies };
  };
  'DELETE /metadata_taxonomies/{namespace}/{taxonomy_key}': {
    path: { namespace: string; taxonomy_key: string };
    answers: { 204: undefined };
  };
  'GET /metadata_taxonomies/{namespace}/{taxonomy_key}': {
    path: { namespace: string; taxonomy_key: string };
    answers: { 200: MetadataTaxonomy };
  };
  'PATCH /metadata_taxonomies/{namespace}/{taxonomy_key}': {
    path: { namespace: string; taxonomy_key: string };
    body: { displayName: string };
    answers: { 200: MetadataTaxonomy };
  };
  'POST /metadata_taxonomies/{namespace}/{taxonomy_key}/levels': {
    path: { namespace: string; taxonomy_key: string };
    body: readonly MetadataTaxonomyLevel[];
    answers: { 201: MetadataTaxonomyLevels };
  };
  'PATCH /metadata_taxonomies/{namespace}/{taxonomy_key}/levels/{level_index}': {
    path: { namespace: string; taxonomy_key: string; level_index: number };
    body: { displayName: string; description?: string | undefined };
    answers: { 200: MetadataTaxonomyLevel };
  };
  'POST /metadata_taxonomies/{namespace}/{taxonomy_key}/levels:append': {
    path: { namespace: string; taxonomy_key: string };
    body: { displayName: string; description?: string | undefined };
    answers: { 201: MetadataTaxonomyLevels };
  };
  'POST /metadata_taxonomies/{namespace}/{taxonomy_key}/levels:trim': {
    path: { namespace: string; taxonomy_key: string };
    answers: { 200: MetadataTaxonomyLevels };
  };
  'GET /metadata_taxonomies/{namespace}/{taxonomy_key}/nodes': {
    path: { namespace: string; taxonomy_key: string };
    query?: {
      level?: readonly number[] | undefined;
      parent?: readonly string[] | undefined;
      ancestor?: readonly string[] | undefined;
      query?: string | undefined;
      'include-total-result-count'?: boolean | undefined;
      marker?: string | undefined;
      limit?: number | undefined;
    } | undefined;
    answers: { 200: MetadataTaxonomyNodes };
  };
  'POST /metadata_taxonomies/{namespace}/{taxonomy_key}/nodes': {
    path: { namespace: string; taxonomy_key: string };
    body: { displayName: string; level: number; parentId?: string | undefined };
    answers: { 201: MetadataTaxonomyNode };
  };
  'DELETE /metadata_taxonomies/{namespace}/{taxonomy_key}/nodes/{node_id}': {
    path: { namespace: string; taxonomy_key: string; node_id: string };
    answers: { 204: undefined };
  };
  'GET /metadata_taxonomies/{namespace}/{taxonomy_key}/nodes/{node_id}': {
    path: { namespace: string; taxonomy_key: string; node_id: string };
    answers: { 200: MetadataTaxonomyNode };
  };
  'PATCH /metadata_taxonomies/{namespace}/{taxonomy_key}/nodes/{node_id}': {
    path: { namespace: string; taxonomy_key: string; node_id: string };
    body?: { displayName?: string | undefined } | undefined;
    answers: { 200: MetadataTaxonomyNode };
  };
  'GET /metadata_templates': {
    query: {
      metadata_instance_id: string;
      marker?: string | undefined;
      limit?: number | undefined;
    };
    answers: { 200: MetadataTemplates };
  };
  'GET /metadata_templates/enterprise': {
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: MetadataTemplates };
  };
  'GET /metadata_templates/enterprise/securityClassification-6VMVochwUWo/schema': { answers: { 200: ClassificationTemplate } };
  'PUT /metadata_templates/enterprise/securityClassification-6VMVochwUWo/schema#add': {
    body: readonly {
      op: 'addEnumOption';
      fieldKey: 'Box__Security__Classification__Key';
      data: {
        key: string;
        staticConfig?: {
          classification?: {
            classificationDefinition?: string | undefined;
            colorID?: number | undefined;
          } | undefined;
        } | undefined;
      };
    }[];
    answers: { 200: ClassificationTemplate };
  };
  'PUT /metadata_templates/enterprise/securityClassification-6VMVochwUWo/schema#update': {
    body: readonly {
      op: 'editEnumOption';
      fieldKey: 'Box__Security__Classification__Key';
      enumOptionKey: string;
      data: {
        key: string;
        staticConfig?: {
          classification?: {
            classificationDefinition?: string | undefined;
            colorID?: number | undefined;
          } | undefined;
        } | undefined;
      };
    }[];
    answers: { 200: ClassificationTemplate };
  };
  'GET /metadata_templates/global': {
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: MetadataTemplates };
  };
  'POST /metadata_templates/schema': {
    body: {
      scope: string;
      templateKey?: string | undefined;
      displayName: string;
      hidden?: boolean | undefined;
      fields?: readonly {
        type: 'string' | 'float' | 'date' | 'enum' | 'multiSelect' | 'taxonomy';
        key: string;
        displayName: string;
        description?: string | undefined;
        hidden?: boolean | undefined;
        options?: readonly { key: string }[] | undefined;
        taxonomyKey?: string | undefined;
        taxonomyId?: string | undefined;
        namespace?: string | undefined;
        optionsRules?: {
          multiSelect?: boolean | undefined;
          selectableLevels?: readonly number[] | undefined;
        } | undefined;
      }[] | undefined;
      copyInstanceOnItemCopy?: boolean | undefined;
    };
    answers: { 201: MetadataTemplate };
  };
  'POST /metadata_templates/schema#classifications': {
    body: {
      scope: 'enterprise';
      templateKey: 'securityClassification-6VMVochwUWo';
      displayName: 'Classification';
      hidden?: boolean | undefined;
      copyInstanceOnItemCopy?: boolean | undefined;
      fields: readonly {
        type: 'enum';
        key: 'Box__Security__Classification__Key';
        displayName: 'Classification';
        hidden?: boolean | undefined;
        options: readonly {
          key: string;
          staticConfig?: {
            classification?: {
              classificationDefinition?: string | undefined;
              colorID?: number | undefined;
            } | undefined;
          } | undefined;
        }[];
      }[];
    };
    answers: { 200: ClassificationTemplate };
  };
  'GET /metadata_templates/{namespace}/{template_key}/fields/{field_key}/options': {
    path: { namespace: string; template_key: string; field_key: string };
    query?: {
      level?: readonly number[] | undefined;
      parent?: readonly string[] | undefined;
      ancestor?: readonly string[] | undefined;
      query?: string | undefined;
      'include-total-result-count'?: boolean | undefined;
      'only-selectable-options'?: boolean | undefined;
      marker?: string | undefined;
      limit?: number | undefined;
    } | undefined;
    answers: { 200: MetadataTaxonomyNodes };
  };
  'DELETE /metadata_templates/{scope}/{template_key}/schema': {
    path: { scope: 'global' | 'enterprise' | (string & {}); template_key: string };
    answers: { 204: undefined };
  };
  'GET /metadata_templates/{scope}/{template_key}/schema': {
    path: { scope: 'global' | 'enterprise' | (string & {}); template_key: string };
    answers: { 200: MetadataTemplate };
  };
  'PUT /metadata_templates/{scope}/{template_key}/schema': {
    path: { scope: 'global' | 'enterprise' | (string & {}); template_key: string };
    body: readonly {
      op:
        | 'editTemplate'
        | 'addField'
        | 'reorderFields'
        | 'addEnumOption'
        | 'reorderEnumOptions'
        | 'reorderMultiSelectOptions'
        | 'addMultiSelectOption'
        | 'editField'
        | 'removeField'
        | 'editEnumOption'
        | 'removeEnumOption'
        | 'editMultiSelectOption'
        | 'removeMultiSelectOption';
      data?: { [key: string]: unknown } | undefined;
      fieldKey?: string | undefined;
      fieldKeys?: readonly string[] | undefined;
      enumOptionKey?: string | undefined;
      enumOptionKeys?: readonly string[] | undefined;
      multiSelectOptionKey?: string | undefined;
      multiSelectOptionKeys?: readonly string[] | undefined;
    }[];
    answers: { 200: MetadataTemplate };
  };
  'GET /metadata_templates/{template_id}': { path: { template_id: string }; answers: { 200: MetadataTemplate } };
  'POST /notes/convert': {
    body: NotesConvertRequestBody;
    answers: { 201: NotesConvertResponse };
  };
  'POST /oauth2/revoke': { body: PostOAuth2Revoke; answers: { 200: undefined } };
  'POST /oauth2/token': { body: PostOAuth2Token; answers: { 200: AccessToken } };
  'POST /oauth2/token#refresh': {
    body: PostOAuth2TokenRefreshAccessToken;
    answers: { 200: AccessToken };
  };
  'GET /recent_items': {
    query?: {
      fields?: readonly string[] | undefined;
      limit?: number | undefined;
      marker?: string | undefined;
    } | undefined;
    answers: { 200: RecentItems };
  };
  'GET /retention_policies': {
    query?: {
      policy_name?: string | undefined;
      policy_type?: 'finite' | 'indefinite' | undefined;
      created_by_user_id?: string | undefined;
      fields?: readonly string[] | undefined;
      limit?: number | undefined;
      marker?: string | undefined;
    } | undefined;
    answers: { 200: RetentionPolicies };
  };
  'POST /retention_policies': {
    body: {
      policy_name: string;
      description?: string | undefined;
      policy_type: 'finite' | 'indefinite';
      disposition_action: 'permanently_delete' | 'remove_retention';
      retention_length?: string | null | number | undefined;
      retention_type?: 'modifiable' | 'non_modifiable' | undefined;
      can_owner_extend_retention?: boolean | undefined;
      max_extension_length?: RetentionPolicyMaxExtensionLengthRequest | undefined;
      are_owners_notified?: boolean | undefined;
      custom_notification_recipients?: readonly UserMini[] | undefined;
    };
    answers: { 201: RetentionPolicy };
  };
  'DELETE /retention_policies/{retention_policy_id}': { path: { retention_policy_id: string }; answers: { 204: undefined } };
  'GET /retention_policies/{retention_policy_id}': {
    path: { retention_policy_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: RetentionPolicy };
  };
  'PUT /retention_policies/{retention_policy_id}': {
    path: { retention_policy_id: string };
    body?: {
      policy_name?: string | null | undefined;
      description?: string | null | undefined;
      disposition_action?: 'permanently_delete' | 'remove_retention' | string | null | undefined;
      retention_type?: string | null | undefined;
      retention_length?: string | null | number | undefined;
      status?: string | null | undefined;
      can_owner_extend_retention?: boolean | null | undefined;
      max_extension_length?: RetentionPolicyMaxExtensionLengthRequest | undefined;
      are_owners_notified?: boolean | null | undefined;
      custom_notification_recipients?: readonly UserBase[] | null | undefined;
    } | undefined;
    answers: { 200: RetentionPolicy };
  };
  'GET /retention_policies/{retention_policy_id}/assignments': {
    path: { retention_policy_id: string };
    query?: {
      type?: 'folder' | 'enterprise' | 'metadata_template' | undefined;
      fields?: readonly string[] | undefined;
      marker?: string | undefined;
      limit?: number | undefined;
    } | undefined;
    answers: { 200: RetentionPolicyAssignments };
  };
  'POST /retention_policy_assignments': {
    body: {
      policy_id: string;
      assign_to: {
        type: 'enterprise' | 'folder' | 'metadata_template';
        id?: string | null | undefined;
      };
      filter_fields?: readonly { field?: string | undefined; value?: string | undefined }[] | undefined;
      start_date_field?: string | undefined;
    };
    answers: { 201: RetentionPolicyAssignment };
  };
  'DELETE /retention_policy_assignments/{retention_policy_assignment_id}': {
    path: { retention_policy_assignment_id: string };
    answers: { 204: undefined };
  };
  'GET /retention_policy_assignments/{retention_policy_assignment_id}': {
    path: { retention_policy_assignment_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: RetentionPolicyAssignment };
  };
  'GET /retention_policy_assignments/{retention_policy_assignment_id}/file_versions_under_retention': {
    path: { retention_policy_assignment_id: string };
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: FilesUnderRetention };
  };
  'GET /retention_policy_assignments/{retention_policy_assignment_id}/files_under_retention': {
    path: { retention_policy_assignment_id: string };
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: FilesUnderRetention };
  };
  'GET /search': {
    query?: {
      query?: string | undefined;
      scope?: 'user_content' | 'enterprise_content' | undefined;
      file_extensions?: readonly string[] | undefined;
      created_at_range?: readonly string[] | undefined;
      updated_at_range?: readonly string[] | undefined;
      size_range?: readonly number[] | undefined;
      owner_user_ids?: readonly string[] | undefined;
      recent_updater_user_ids?: readonly string[] | undefined;
      ancestor_folder_ids?: readonly string[] | undefined;
      content_types?: readonly ('name' | 'description' | 'file_content' | 'comments' | 'tags')[] | undefined;
      type?: 'file' | 'folder' | 'web_link' | undefined;
      trash_content?: 'non_trashed_only' | 'trashed_only' | 'all_items' | undefined;
      mdfilters?: readonly MetadataFilter[] | undefined;
      sort?: 'modified_at' | 'relevance' | undefined;
      direction?: 'DESC' | 'ASC' | undefined;
      limit?: number | undefined;
      include_recent_shared_links?: boolean | undefined;
      fields?: readonly string[] | undefined;
      offset?: number | undefined;
      deleted_user_ids?: readonly string[] | undefined;
      deleted_at_range?: readonly string[] | undefined;
    } | undefined;
    answers: { 200: SearchResultsResponse };
  };
  'GET /shared_items': {
    query?: { fields?: readonly string[] | undefined } | undefined;
    headers: { 'if-none-match'?: string | undefined; boxapi: string };
    answers: { 200: FileFull; 304: undefined };
  };
  'GET /shared_items#app_items': { headers: { boxapi: string }; answers: { 200: AppItem } };
  'GET /shared_items#folders': {
    query?: { fields?: readonly string[] | undefined } | undefined;
    headers: { 'if-none-match'?: string | undefined; boxapi: string };
    answers: { 200: FolderFull; 304: undefined };
  };
  'GET /shared_items#web_links': {
    query?: { fields?: readonly string[] | undefined } | undefined;
    headers: { 'if-none-match'?: string | undefined; boxapi: string };
    answers: { 200: WebLink; 304: undefined };
  };
  'GET /shield_information_barrier_reports': {
    query: {
      shield_information_barrier_id: string;
      marker?: string | undefined;
      limit?: number | undefined;
    };
    answers: { 200: ShieldInformationBarrierReports };
  };
  'POST /shield_information_barrier_reports': {
    body: ShieldInformationBarrierReference;
    answers: { 201: ShieldInformationBarrierReport };
  };
  'GET /shield_information_barrier_reports/{shield_information_barrier_report_id}': {
    path: { shield_information_barrier_report_id: string };
    answers: { 200: ShieldInformationBarrierReport };
  };
  'GET /shield_information_barrier_segment_members': {
    query: {
      shield_information_barrier_segment_id: string;
      marker?: string | undefined;
      limit?: number | undefined;
    };
    answers: { 200: ShieldInformationBarrierSegmentMembers };
  };
  'POST /shield_information_barrier_segment_members': {
    body: {
      type?: 'shield_information_barrier_segment_member' | undefined;
      shield_information_barrier?: ShieldInformationBarrierBase | undefined;
      shield_information_barrier_segment: {
        id?: string | undefined;
        type?: 'shield_information_barrier_segment' | undefined;
      };
      user: UserBase;
    };
    answers: { 201: ShieldInformationBarrierSegmentMember };
  };
  'DELETE /shield_information_barrier_segment_members/{shield_information_barrier_segment_member_id}': {
    path: { shield_information_barrier_segment_member_id: string };
    answers: { 204: undefined };
  };
  'GET /shield_information_barrier_segment_members/{shield_information_barrier_segment_member_id}': {
    path: { shield_information_barrier_segment_member_id: string };
    answers: { 200: ShieldInformationBarrierSegmentMember };
  };
  'GET /shield_information_barrier_segment_restrictions': {
    query: {
      shield_information_barrier_segment_id: string;
      marker?: string | undefined;
      limit?: number | undefined;
    };
    answers: { 200: ShieldInformationBarrierSegmentRestrictions };
  };
  'POST /shield_information_barrier_segment_restrictions': {
    body: {
      type: 'shield_information_barrier_segment_restriction';
      shield_information_barrier?: ShieldInformationBarrierBase | undefined;
      shield_information_barrier_segment: {
        id?: string | undefined;
        type?: 'shield_information_barrier_segment' | undefined;
      };
      restricted_segment: {
        id?: string | undefined;
        type?: 'shield_information_barrier_segment' | undefined;
      };
    };
    answers: { 201: ShieldInformationBarrierSegmentRestriction };
  };
  'DELETE /shield_information_barrier_segment_restrictions/{shield_information_barrier_segment_restriction_id}': {
    path: { shield_information_barrier_segment_restriction_id: string };
    answers: { 204: undefined };
  };
  'GET /shield_information_barrier_segment_restrictions/{shield_information_barrier_segment_restriction_id}': {
    path: { shield_information_barrier_segment_restriction_id: string };
    answers: { 200: ShieldInformationBarrierSegmentRestriction };
  };
  'GET /shield_information_barrier_segments': {
    query: {
      shield_information_barrier_id: string;
      marker?: string | undefined;
      limit?: number | undefined;
    };
    answers: { 200: ShieldInformationBarrierSegments };
  };
  'POST /shield_information_barrier_segments': {
    body: {
      shield_information_barrier: ShieldInformationBarrierBase;
      name: string;
      description?: string | undefined;
    };
    answers: { 201: ShieldInformationBarrierSegment };
  };
  'DELETE /shield_information_barrier_segments/{shield_information_barrier_segment_id}': {
    path: { shield_information_barrier_segment_id: string };
    answers: { 204: undefined };
  };
  'GET /shield_information_barrier_segments/{shield_information_barrier_segment_id}': {
    path: { shield_information_barrier_segment_id: string };
    answers: { 200: ShieldInformationBarrierSegment };
  };
  'PUT /shield_information_barrier_segments/{shield_information_barrier_segment_id}': {
    path: { shield_information_barrier_segment_id: string };
    body?: { name?: string | undefined; description?: string | null | undefined } | undefined;
    answers: { 200: ShieldInformationBarrierSegment };
  };
  'GET /shield_information_barriers': {
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: ShieldInformationBarriers };
  };
  'POST /shield_information_barriers': {
    body: { enterprise: EnterpriseBase };
    answers: { 201: ShieldInformationBarrier };
  };
  'POST /shield_information_barriers/change_status': {
    body: { id: string; status: 'pending' | 'disabled' };
    answers: { 200: ShieldInformationBarrier };
  };
  'GET /shield_information_barriers/{shield_information_barrier_id}': {
    path: { shield_information_barrier_id: string };
    answers: { 200: ShieldInformationBarrier };
  };
  'GET /shield_lists': { answers: { 200: ShieldLists } };
  'POST /shield_lists': { body: ShieldListsCreate; answers: { 200: ShieldList } };
  'DELETE /shield_lists/{shield_list_id}': { path: { shield_list_id: string }; answers: { 204: undefined } };
  'GET /shield_lists/{shield_list_id}': { path: { shield_list_id: string }; answers: { 200: ShieldList } };
  'PUT /shield_lists/{shield_list_id}': {
    path: { shield_list_id: string };
    body: ShieldListsUpdate;
    answers: { 200: ShieldList };
  };
  'GET /sign_requests': {
    query?: {
      marker?: string | undefined;
      limit?: number | undefined;
      senders?: readonly string[] | undefined;
      shared_requests?: boolean | undefined;
    } | undefined;
    answers: { 200: SignRequests };
  };
  'POST /sign_requests': { body: SignRequestCreateRequest; answers: { 201: SignRequest } };
  'GET /sign_requests/{sign_request_id}': { path: { sign_request_id: string }; answers: { 200: SignRequest } };
  'POST /sign_requests/{sign_request_id}/cancel': {
    path: { sign_request_id: string };
    body: SignRequestCancelRequest;
    answers: { 200: SignRequest };
  };
  'POST /sign_requests/{sign_request_id}/resend': { path: { sign_request_id: string }; answers: { 202: undefined } };
  'GET /sign_templates': {
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: SignTemplates };
  };
  'GET /sign_templates/{template_id}': { path: { template_id: string }; answers: { 200: SignTemplate } };
  'PUT /skill_invocations/{skill_id}': {
    path: { skill_id: string };
    body: {
      status: 'invoked' | 'processing' | 'success' | 'transient_failure' | 'permanent_failure';
      metadata: { cards?: readonly SkillCard[] | undefined };
      file: { type?: 'file' | undefined; id?: string | undefined };
      file_version?: { type?: 'file_version' | undefined; id?: string | undefined } | undefined;
      usage?: { unit?: string | undefined; value?: number | undefined } | undefined;
    };
    answers: { 200: undefined };
  };
  'GET /storage_policies': {
    query?: {
      fields?: readonly string[] | undefined;
      marker?: string | undefined;
      limit?: number | undefined;
    } | undefined;
    answers: { 200: StoragePolicies };
  };
  'GET /storage_policies/{storage_policy_id}': { path: { storage_policy_id: string }; answers: { 200: StoragePolicy } };
  'GET /storage_policy_assignments': {
    query: {
      marker?: string | undefined;
      resolved_for_type: 'user' | 'enterprise';
      resolved_for_id: string;
    };
    answers: { 200: StoragePolicyAssignments };
  };
  'POST /storage_policy_assignments': {
    body: {
      storage_policy: { type: 'storage_policy'; id: string };
      assigned_to: { type: 'user' | 'enterprise'; id: string };
    };
    answers: { 200: StoragePolicyAssignment };
  };
  'DELETE /storage_policy_assignments/{storage_policy_assignment_id}': {
    path: { storage_policy_assignment_id: string };
    answers: { 204: undefined };
  };
  'GET /storage_policy_assignments/{storage_policy_assignment_id}': {
    path: { storage_policy_assignment_id: string };
    answers: { 200: StoragePolicyAssignment };
  };
  'PUT /storage_policy_assignments/{storage_policy_assignment_id}': {
    path: { storage_policy_assignment_id: string };
    body: { storage_policy: { type: 'storage_policy'; id: string } };
    answers: { 200: StoragePolicyAssignment };
  };
  'POST /task_assignments': {
    body: {
      task: { id: string; type: 'task' };
      assign_to: { id?: string | undefined; login?: string | undefined };
    };
    answers: { 201: TaskAssignment };
  };
  'DELETE /task_assignments/{task_assignment_id}': { path: { task_assignment_id: string }; answers: { 204: undefined } };
  'GET /task_assignments/{task_assignment_id}': {
    path: { task_assignment_id: string };
    answers: { 200: TaskAssignment };
  };
  'PUT /task_assignments/{task_assignment_id}': {
    path: { task_assignment_id: string };
    body?: {
      message?: string | undefined;
      resolution_state?: 'completed' | 'incomplete' | 'approved' | 'rejected' | undefined;
    } | undefined;
    answers: { 200: TaskAssignment };
  };
  'POST /tasks': {
    body: {
      item: { id?: string | undefined; type?: 'file' | undefined };
      action?: 'review' | 'complete' | undefined;
      message?: string | undefined;
      due_at?: string | undefined;
      completion_rule?: 'all_assignees' | 'any_assignee' | undefined;
    };
    answers: { 201: Task };
  };
  'DELETE /tasks/{task_id}': { path: { task_id: string }; answers: { 204: undefined } };
  'GET /tasks/{task_id}': { path: { task_id: string }; answers: { 200: Task } };
  'PUT /tasks/{task_id}': {
    path: { task_id: string };
    body?: {
      action?: 'review' | 'complete' | undefined;
      message?: string | undefined;
      due_at?: string | undefined;
      completion_rule?: 'all_assignees' | 'any_assignee' | undefined;
    } | undefined;
    answers: { 200: Task };
  };
  'GET /tasks/{task_id}/assignments': { path: { task_id: string }; answers: { 200: TaskAssignments } };
  'GET /terms_of_service_user_statuses': {
    query: { tos_id: string; user_id?: string | undefined };
    answers: { 200: TermsOfServiceUserStatuses };
  };
  'POST /terms_of_service_user_statuses': {
    body: {
      tos: { type: 'terms_of_service'; id: string };
      user: { type: 'user'; id: string };
      is_accepted: boolean;
    };
    answers: { 201: TermsOfServiceUserStatus };
  };
  'PUT /terms_of_service_user_statuses/{terms_of_service_user_status_id}': {
    path: { terms_of_service_user_status_id: string };
    body: { is_accepted: boolean };
    answers: { 200: TermsOfServiceUserStatus };
  };
  'GET /terms_of_services': {
    query?: { tos_type?: 'external' | 'managed' | undefined } | undefined;
    answers: { 200: TermsOfServices };
  };
  'POST /terms_of_services': {
    body: {
      status: 'enabled' | 'disabled';
      tos_type?: 'external' | 'managed' | undefined;
      text: string;
    };
    answers: { 200: TermsOfService };
  };
  'GET /terms_of_services/{terms_of_service_id}': {
    path: { terms_of_service_id: string };
    answers: { 200: TermsOfService };
  };
  'PUT /terms_of_services/{terms_of_service_id}': {
    path: { terms_of_service_id: string };
    body: { status: 'enabled' | 'disabled'; text: string };
    answers: { 200: TermsOfService };
  };
  'GET /users': {
    query?: {
      filter_term?: string | undefined;
      user_type?: 'all' | 'managed' | 'external' | undefined;
      external_app_user_id?: string | undefined;
      fields?: readonly string[] | undefined;
      offset?: number | undefined;
      limit?: number | undefined;
      usemarker?: boolean | undefined;
      marker?: string | undefined;
    } | undefined;
    answers: { 200: Users };
  };
  'POST /users': {
    query?: { fields?: readonly string[] | undefined } | undefined;
    body: {
      name: string;
      login?: string | undefined;
      is_platform_access_only?: boolean | undefined;
      role?: 'coadmin' | 'user' | undefined;
      language?: string | undefined;
      is_sync_enabled?: boolean | undefined;
      job_title?: string | undefined;
      phone?: string | undefined;
      address?: string | undefined;
      space_amount?: number | undefined;
      tracking_codes?: readonly TrackingCode[] | undefined;
      can_see_managed_users?: boolean | undefined;
      timezone?: string | undefined;
      is_external_collab_restricted?: boolean | undefined;
      is_exempt_from_device_limits?: boolean | undefined;
      is_exempt_from_login_verification?: boolean | undefined;
      status?: 'active' | 'inactive' | 'cannot_delete_edit' | 'cannot_delete_edit_upload' | undefined;
      external_app_user_id?: string | undefined;
    };
    answers: { 201: UserFull };
  };
  'GET /users/me': {
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: UserFull };
  };
  'POST /users/terminate_sessions': {
    body: { user_ids: readonly string[]; user_logins: readonly string[] };
    answers: { 202: SessionTerminationMessage };
  };
  'DELETE /users/{user_id}': {
    path: { user_id: string };
    query?: { notify?: boolean | undefined; force?: boolean | undefined } | undefined;
    answers: { 204: undefined };
  };
  'GET /users/{user_id}': {
    path: { user_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: UserFull };
  };
  'PUT /users/{user_id}': {
    path: { user_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    body?: {
      enterprise?: string | null | undefined;
      notify?: boolean | undefined;
      name?: string | undefined;
      login?: string | undefined;
      role?: 'coadmin' | 'user' | undefined;
      language?: string | undefined;
      is_sync_enabled?: boolean | undefined;
      job_title?: string | undefined;
      phone?: string | undefined;
      address?: string | undefined;
      tracking_codes?: readonly TrackingCode[] | undefined;
      can_see_managed_users?: boolean | undefined;
      timezone?: string | undefined;
      is_external_collab_restricted?: boolean | undefined;
      is_exempt_from_device_limits?: boolean | undefined;
      is_exempt_from_login_verification?: boolean | undefined;
      is_password_reset_required?: boolean | undefined;
      status?: 'active' | 'inactive' | 'cannot_delete_edit' | 'cannot_delete_edit_upload' | undefined;
      space_amount?: number | undefined;
      notification_email?: { email?: string | undefined } | null | undefined;
      external_app_user_id?: string | undefined;
    } | undefined;
    answers: { 200: UserFull };
  };
  'DELETE /users/{user_id}/avatar': { path: { user_id: string }; answers: { 204: undefined } };
  'GET /users/{user_id}/avatar': { path: { user_id: string }; answers: { 200: AnswerStream } };
  'POST /users/{user_id}/avatar': {
    path: { user_id: string };
    body: { pic: FormFile };
    answers: { 200: UserAvatar; 201: UserAvatar };
  };
  'GET /users/{user_id}/email_aliases': { path: { user_id: string }; answers: { 200: EmailAliases } };
  'POST /users/{user_id}/email_aliases': {
    path: { user_id: string };
    body: { email: string };
    answers: { 201: EmailAlias };
  };
  'DELETE /users/{user_id}/email_aliases/{email_alias_id}': {
    path: { user_id: string; email_alias_id: string };
    answers: { 204: undefined };
  };
  'PUT /users/{user_id}/folders/0': {
    path: { user_id: string };
    query?: { fields?: readonly string[] | undefined; notify?: boolean | undefined } | undefined;
    body: { owned_by: { id: string } };
    answers: { 200: FolderFull };
  };
  'GET /users/{user_id}/memberships': {
    path: { user_id: string };
    query?: { limit?: number | undefined; offset?: number | undefined } | undefined;
    answers: { 200: GroupMemberships };
  };
  'POST /web_links': {
    body: {
      url: string;
      parent: { id: string };
      name?: string | undefined;
      description?: string | undefined;
    };
    answers: { 200: WebLink; 201: WebLink };
  };
  'DELETE /web_links/{web_link_id}': {
    path: { web_link_id: string };
    headers?: { 'if-match'?: string | undefined } | undefined;
    answers: { 204: undefined };
  };
  'GET /web_links/{web_link_id}': {
    path: { web_link_id: string };
    headers?: { boxapi?: string | undefined; 'if-none-match'?: string | undefined } | undefined;
    answers: { 200: WebLink; 304: undefined };
  };
  'POST /web_links/{web_link_id}': {
    path: { web_link_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    body?: {
      name?: string | undefined;
      parent?: { id?: string | undefined } | undefined;
    } | undefined;
    answers: { 201: TrashWebLinkRestored };
  };
  'PUT /web_links/{web_link_id}': {
    path: { web_link_id: string };
    headers?: { 'if-match'?: string | undefined } | undefined;
    body?: {
      url?: string | undefined;
      parent?: { id?: string | undefined; user_id?: string | undefined } | undefined;
      name?: string | undefined;
      description?: string | undefined;
      shared_link?: {
        access?: 'open' | 'company' | 'collaborators' | undefined;
        password?: string | null | undefined;
        vanity_name?: string | undefined;
        unshared_at?: string | undefined;
      } | undefined;
    } | undefined;
    answers: { 200: WebLink };
  };
  'PUT /web_links/{web_link_id}#add_shared_link': {
    path: { web_link_id: string };
    query: { fields: string };
    body?: {
      shared_link?: {
        access?: 'open' | 'company' | 'collaborators' | undefined;
        password?: string | null | undefined;
        vanity_name?: string | undefined;
        unshared_at?: string | undefined;
        permissions?: {
          can_download?: boolean | undefined;
          can_preview?: boolean | undefined;
          can_edit?: boolean | undefined;
        } | undefined;
      } | undefined;
    } | undefined;
    answers: { 200: WebLink };
  };
  'GET /web_links/{web_link_id}#get_shared_link': {
    path: { web_link_id: string };
    query: { fields: string };
    answers: { 200: WebLink };
  };
  'PUT /web_links/{web_link_id}#remove_shared_link': {
    path: { web_link_id: string };
    query: { fields: string };
    body?: { shared_link?: { [key: string]: unknown } | null | undefined } | undefined;
    answers: { 200: WebLink };
  };
  'PUT /web_links/{web_link_id}#update_shared_link': {
    path: { web_link_id: string };
    query: { fields: string };
    body?: {
      shared_link?: {
        access?: 'open' | 'company' | 'collaborators' | undefined;
        password?: string | null | undefined;
        vanity_name?: string | undefined;
        unshared_at?: string | undefined;
        permissions?: {
          can_download?: boolean | undefined;
          can_preview?: boolean | undefined;
          can_edit?: boolean | undefined;
        } | undefined;
      } | undefined;
    } | undefined;
    answers: { 200: WebLink };
  };
  'POST /web_links/{web_link_id}/copy': {
    path: { web_link_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    body: { parent: { id: string }; name?: string | undefined };
    answers: { 201: WebLink };
  };
  'DELETE /web_links/{web_link_id}/trash': { path: { web_link_id: string }; answers: { 204: undefined } };
  'GET /web_links/{web_link_id}/trash': {
    path: { web_link_id: string };
    query?: { fields?: readonly string[] | undefined } | undefined;
    answers: { 200: TrashWebLink };
  };
  'GET /webhooks': {
    query?: { marker?: string | undefined; limit?: number | undefined } | undefined;
    answers: { 200: Webhooks };
  };
  'POST /webhooks': {
    body: {
      target: { id?: string | undefined; type?: 'file' | 'folder' | undefined };
      address: string;
      triggers: readonly (
        | 'FILE.UPLOADED'
        | 'FILE.PREVIEWED'
        | 'FILE.DOWNLOADED'
        | 'FILE.TRASHED'
        | 'FILE.DELETED'
        | 'FILE.RESTORED'
        | 'FILE.COPIED'
        | 'FILE.MOVED'
        | 'FILE.LOCKED'
        | 'FILE.UNLOCKED'
        | 'FILE.RENAMED'
        | 'COMMENT.CREATED'
        | 'COMMENT.UPDATED'
        | 'COMMENT.DELETED'
        | 'TASK_ASSIGNMENT.CREATED'
        | 'TASK_ASSIGNMENT.UPDATED'
        | 'METADATA_INSTANCE.CREATED'
        | 'METADATA_INSTANCE.UPDATED'
        | 'METADATA_INSTANCE.DELETED'
        | 'FOLDER.CREATED'
        | 'FOLDER.RENAMED'
        | 'FOLDER.DOWNLOADED'
        | 'FOLDER.RESTORED'
        | 'FOLDER.DELETED'
        | 'FOLDER.COPIED'
        | 'FOLDER.MOVED'
        | 'FOLDER.TRASHED'
        | 'WEBHOOK.DELETED'
        | 'COLLABORATION.CREATED'
        | 'COLLABORATION.ACCEPTED'
        | 'COLLABORATION.REJECTED'
        | 'COLLABORATION.REMOVED'
        | 'COLLABORATION.UPDATED'
        | 'SHARED_LINK.DELETED'
        | 'SHARED_LINK.CREATED'
        | 'SHARED_LINK.UPDATED'
        | 'SIGN_REQUEST.COMPLETED'
        | 'SIGN_REQUEST.DECLINED'
        | 'SIGN_REQUEST.EXPIRED'
        | 'SIGN_REQUEST.SIGNER_EMAIL_BOUNCED'
        | 'SIGN_REQUEST.SIGN_SIGNER_SIGNED'
        | 'SIGN_REQUEST.SIGN_DOCUMENT_CREATED'
        | 'SIGN_REQUEST.SIGN_ERROR_FINALIZING')[];
    };
    answers: { 201: Webhook };
  };
  'DELETE /webhooks/{webhook_id}': { path: { webhook_id: string }; answers: { 204: undefined } };
  'GET /webhooks/{webhook_id}': { path: { webhook_id: string }; answers: { 200: Webhook } };
  'PUT /webhooks/{webhook_id}': {
    path: { webhook_id: string };
    body?: {
      target?: { id?: string | undefined; type?: 'file' | 'folder' | undefined } | undefined;
      address?: string | undefined;
      triggers?: readonly (
        | 'FILE.UPLOADED'
        | 'FILE.PREVIEWED'
        | 'FILE.DOWNLOADED'
        | 'FILE.TRASHED'
        | 'FILE.DELETED'
        | 'FILE.RESTORED'
        | 'FILE.COPIED'
        | 'FILE.MOVED'
        | 'FILE.LOCKED'
        | 'FILE.UNLOCKED'
        | 'FILE.RENAMED'
        | 'COMMENT.CREATED'
        | 'COMMENT.UPDATED'
        | 'COMMENT.DELETED'
        | 'TASK_ASSIGNMENT.CREATED'
        | 'TASK_ASSIGNMENT.UPDATED'
        | 'METADATA_INSTANCE.CREATED'
        | 'METADATA_INSTANCE.UPDATED'
        | 'METADATA_INSTANCE.DELETED'
        | 'FOLDER.CREATED'
        | 'FOLDER.RENAMED'
        | 'FOLDER.DOWNLOADED'
        | 'FOLDER.RESTORED'
        | 'FOLDER.DELETED'
        | 'FOLDER.COPIED'
        | 'FOLDER.MOVED'
        | 'FOLDER.TRASHED'
        | 'WEBHOOK.DELETED'
        | 'COLLABORATION.CREATED'
        | 'COLLABORATION.ACCEPTED'
        | 'COLLABORATION.REJECTED'
        | 'COLLABORATION.REMOVED'
        | 'COLLABORATION.UPDATED'
        | 'SHARED_LINK.DELETED'
        | 'SHARED_LINK.CREATED'
        | 'SHARED_LINK.UPDATED'
        | 'SIGN_REQUEST.COMPLETED'
        | 'SIGN_REQUEST.DECLINED'
        | 'SIGN_REQUEST.EXPIRED'
        | 'SIGN_REQUEST.SIGNER_EMAIL_BOUNCED'
        | 'SIGN_REQUEST.SIGN_SIGNER_SIGNED'
        | 'SIGN_REQUEST.SIGN_DOCUMENT_CREATED'
        | 'SIGN_REQUEST.SIGN_ERROR_FINALIZING')[] | undefined;
    } | undefined;
    answers: { 200: Webhook };
  };
  'GET /workflows': {
    query: {
      folder_id: string;
      trigger_type?: string | undefined;
      limit?: number | undefined;
      marker?: string | undefined;
    };
    answers: { 200: Workflows };
  };
  'POST /workflows/{workflow_id}/start': {
    path: { workflow_id: string };
    body: {
      type?: 'workflow_parameters' | undefined;
      flow: { type?: string | undefined; id?: string | undefined };
      files: readonly { type?: 'file' | undefined; id?: string | undefined }[];
      folder: { type?: 'folder' | undefined; id?: string | undefined };
      outcomes?: readonly Outcome[] | undefined;
    };
    answers: { 204: undefined };
  };
  'POST /zip_downloads': { body: ZipDownloadRequest; answers: { 202: ZipDownload } };
  'GET /zip_downloads/{zip_download_id}/content': { path: { zip_download_id: string }; answers: { 200: AnswerStream } };
  'GET /zip_downloads/{zip_download_id}/status': {
    path: { zip_download_id: string };
    answers: { 200: ZipDownloadStatus };
  };
}
