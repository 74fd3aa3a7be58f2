// Made by `npm run generate` from Box’s OpenAPI documents. Not to be edited.

export type AccessToken = {
  access_token?: string;
  expires_in?: number;
  token_type?: 'bearer';
  restricted_to?: readonly ResourceScope[];
  refresh_token?: string;
  issued_token_type?: 'urn:ietf:params:oauth:token-type:access_token';
};

export type AiAgent = AiAgentAsk | AiAgentTextGen | AiAgentExtract | AiAgentExtractStructured;

export type AiAgentAllowedEntity = UserBase | GroupBase;

export type AiAgentAsk = {
  type: 'ai_agent_ask';
  long_text?: AiAgentLongTextTool | undefined;
  basic_text?: AiAgentBasicTextTool | undefined;
  spreadsheet?: AiAgentSpreadsheetTool | undefined;
  long_text_multi?: AiAgentLongTextTool | undefined;
  basic_text_multi?: AiAgentBasicTextTool | undefined;
  basic_image?: AiAgentBasicTextTool | undefined;
  basic_image_multi?: AiAgentBasicTextTool | undefined;
};

export type AiAgentBasicGenTool = AiAgentLongTextToolTextGen & { content_template?: string | undefined };

export type AiAgentBasicTextTool = AiAgentBasicTextToolBase & {
  system_message?: string | undefined;
  prompt_template?: string | undefined;
};

export type AiAgentBasicTextToolBase = {
  model?: string | undefined;
  num_tokens_for_completion?: number | undefined;
  llm_endpoint_params?: AiLlmEndpointParams | undefined;
};

export type AiAgentBasicTextToolTextGen = AiAgentBasicTextToolBase & {
  system_message?: string | undefined;
  prompt_template?: string | undefined;
};

export type AiAgentExtract = {
  type: 'ai_agent_extract';
  long_text?: AiAgentLongTextTool | undefined;
  basic_text?: AiAgentBasicTextTool | undefined;
  basic_image?: AiAgentBasicTextTool | undefined;
};

export type AiAgentExtractStructured = {
  type: 'ai_agent_extract_structured';
  long_text?: AiAgentLongTextTool | undefined;
  basic_text?: AiAgentBasicTextTool | undefined;
  basic_image?: AiAgentBasicTextTool | undefined;
};

export type AiAgentInfo = {
  models?: readonly { name?: string; provider?: string; supported_purpose?: string }[];
  processor?: string;
};

export type AiAgentLongTextTool = AiAgentBasicTextTool & {
  embeddings?: {
    model?: string | undefined;
    strategy?: { id?: string | undefined; num_tokens_per_chunk?: number | undefined } | undefined;
  } | undefined;
};

export type AiAgentLongTextToolTextGen = AiAgentBasicTextToolTextGen & {
  embeddings?: {
    model?: string | undefined;
    strategy?: { id?: string | undefined; num_tokens_per_chunk?: number | undefined } | undefined;
  } | undefined;
};

export type AiAgentReference = { type: 'ai_agent_id'; id: string };

export type AiAgentSpreadsheetTool = {
  model?: string | undefined;
  num_tokens_for_completion?: number | undefined;
  llm_endpoint_params?: AiLlmEndpointParams | undefined;
};

export type AiAgentTextGen = {
  type: 'ai_agent_text_gen';
  basic_gen?: AiAgentBasicGenTool | undefined;
};

export type AiAsk = {
  mode: 'multiple_item_qa' | 'single_item_qa';
  prompt: string;
  items: readonly AiItemAsk[];
  dialogue_history?: readonly AiDialogueHistory[] | undefined;
  include_citations?: boolean | undefined;
  ai_agent?: AiAskAgent | undefined;
};

export type AiAskAgent = AiAgentReference | AiAgentAsk;

export type AiCitation = { content?: string; id?: string; type?: 'file'; name?: string };

export type AiDialogueHistory = {
  prompt?: string | undefined;
  answer?: string | undefined;
  created_at?: string | undefined;
};

export type AiExtract = {
  prompt: string;
  items: readonly AiItemBase[];
  ai_agent?: AiExtractAgent | undefined;
};

export type AiExtractAgent = AiAgentReference | AiAgentExtract;

export type AiExtractFieldOption = { key: string };

export type AiExtractResponse = { [key: string]: unknown };

export type AiExtractStructured = {
  items: readonly AiItemBase[];
  metadata_template?: {
    template_key?: string | undefined;
    type?: 'metadata_template' | undefined;
    scope?: string | undefined;
  } | undefined;
  fields?: readonly {
    key: string;
    description?: string | undefined;
    displayName?: string | undefined;
    prompt?: string | undefined;
    type?: string | undefined;
    options?: readonly { key: string }[] | undefined;
    fields?: readonly AiExtractSubField[] | undefined;
    taxonomy_key?: string | undefined;
    namespace?: string | undefined;
    options_rules?: AiOptionsRules | undefined;
  }[] | undefined;
  ai_agent?: AiExtractStructuredAgent | undefined;
  include_confidence_score?: boolean | undefined;
  include_reference?: boolean | undefined;
  taxonomy_sources?: readonly AiTaxonomySource[] | undefined;
};

export type AiExtractStructuredAgent = AiAgentReference | AiAgentExtractStructured;

export type AiExtractStructuredResponse = {
  answer: AiExtractResponse;
  created_at: string;
  completion_reason?: string;
  confidence_score?: { [key: string]: unknown };
  reference?: { [key: string]: unknown };
  ai_agent_info?: AiAgentInfo;
};

export type AiExtractSubField = {
  key: string;
  description?: string | undefined;
  displayName?: string | undefined;
  prompt?: string | undefined;
  type?: string | undefined;
  options?: readonly AiExtractFieldOption[] | undefined;
};

export type AiItemAsk = { id: string; type: 'file' | 'hubs'; content?: string | undefined };

export type AiItemBase = { id: string; type: 'file'; content?: string | undefined };

export type AiLlmEndpointParams =
  | AiLlmEndpointParamsOpenAi
  | AiLlmEndpointParamsGoogle
  | AiLlmEndpointParamsAWS
  | AiLlmEndpointParamsIBM;

export type AiLlmEndpointParamsAWS = {
  type: 'aws_params';
  temperature?: number | null | undefined;
  top_p?: number | null | undefined;
};

export type AiLlmEndpointParamsGoogle = {
  type: 'google_params';
  temperature?: number | null | undefined;
  top_p?: number | null | undefined;
  top_k?: number | null | undefined;
};

export type AiLlmEndpointParamsIBM = {
  type: 'ibm_params';
  temperature?: number | null | undefined;
  top_p?: number | null | undefined;
  top_k?: number | null | undefined;
};

export type AiLlmEndpointParamsOpenAi = {
  type: 'openai_params';
  temperature?: number | null | undefined;
  top_p?: number | null | undefined;
  frequency_penalty?: number | null | undefined;
  presence_penalty?: number | null | undefined;
  stop?: string | null | undefined;
};

export type AiMultipleAgentResponse = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly AiSingleAgentResponseFull[];
};

export type AiOptionsRules = {
  multi_select?: boolean | undefined;
  selectable_levels?: readonly number[] | undefined;
};

export type AiResponse = {
  answer: string;
  created_at: string;
  completion_reason?: string;
  ai_agent_info?: AiAgentInfo;
};

export type AiResponseFull = AiResponse & { citations?: readonly AiCitation[] };

export type AiSingleAgentResponse = {
  id: string;
  type?: 'ai_agent';
  origin: string;
  name: string;
  access_state: string;
  created_by?: UserBase;
  created_at?: string;
  modified_by?: UserBase;
  modified_at?: string;
  icon_reference?: string;
  allowed_entities?: readonly AiAgentAllowedEntity[];
};

export type AiSingleAgentResponseFull = AiSingleAgentResponse & {
  ask?: AiStudioAgentAskResponse;
  text_gen?: AiStudioAgentTextGenResponse;
  extract?: AiStudioAgentExtractResponse;
};

export type AiStudioAgentAsk = {
  type: 'ai_agent_ask';
  access_state: string;
  description: string;
  custom_instructions?: string | null | undefined;
  suggested_questions?: readonly string[] | undefined;
  long_text?: AiStudioAgentLongTextTool | undefined;
  basic_text?: AiStudioAgentBasicTextTool | undefined;
  basic_image?: AiStudioAgentBasicTextTool | undefined;
  spreadsheet?: AiStudioAgentSpreadsheetTool | undefined;
  long_text_multi?: AiStudioAgentLongTextTool | undefined;
  basic_text_multi?: AiStudioAgentBasicTextTool | undefined;
  basic_image_multi?: AiStudioAgentBasicTextTool | undefined;
};

export type AiStudioAgentAskResponse = {
  type: 'ai_agent_ask';
  access_state: string;
  description: string;
  custom_instructions?: string | null;
  suggested_questions?: readonly string[];
  long_text?: AiStudioAgentLongTextToolResponse;
  basic_text?: AiStudioAgentBasicTextToolResponse;
  basic_image?: AiStudioAgentBasicTextToolResponse;
  spreadsheet?: AiStudioAgentSpreadsheetToolResponse;
  long_text_multi?: AiStudioAgentLongTextToolResponse;
  basic_text_multi?: AiStudioAgentBasicTextToolResponse;
  basic_image_multi?: AiStudioAgentBasicTextToolResponse;
};

export type AiStudioAgentBasicGenTool = AiAgentBasicGenTool & { is_custom_instructions_included?: boolean | undefined };

export type AiStudioAgentBasicGenToolResponse = AiStudioAgentBasicGenTool & { warnings?: readonly string[] };

export type AiStudioAgentBasicTextTool = AiAgentBasicTextTool & { is_custom_instructions_included?: boolean | undefined };

export type AiStudioAgentBasicTextToolResponse = AiStudioAgentBasicTextTool & { warnings?: readonly string[] };

export type AiStudioAgentExtract = {
  type: 'ai_agent_extract';
  access_state: string;
  description: string;
  custom_instructions?: string | null | undefined;
  long_text?: AiStudioAgentLongTextTool | undefined;
  basic_text?: AiStudioAgentBasicTextTool | undefined;
  basic_image?: AiStudioAgentBasicTextTool | undefined;
};

export type AiStudioAgentExtractResponse = {
  type: 'ai_agent_extract';
  access_state: string;
  description: string;
  custom_instructions?: string | null;
  long_text?: AiStudioAgentLongTextToolResponse;
  basic_text?: AiStudioAgentBasicTextToolResponse;
  basic_image?: AiStudioAgentBasicTextToolResponse;
};

export type AiStudioAgentLongTextTool = AiAgentLongTextTool & { is_custom_instructions_included?: boolean | undefined };

export type AiStudioAgentLongTextToolResponse = AiStudioAgentLongTextTool & { warnings?: readonly string[] };

export type AiStudioAgentSpreadsheetTool = AiAgentSpreadsheetTool;

export type AiStudioAgentSpreadsheetToolResponse = AiStudioAgentSpreadsheetTool & { warnings?: readonly string[] };

export type AiStudioAgentTextGen = {
  type: 'ai_agent_text_gen';
  access_state: string;
  description: string;
  custom_instructions?: string | null | undefined;
  suggested_questions?: readonly string[] | undefined;
  basic_gen?: AiStudioAgentBasicGenTool | undefined;
};

export type AiStudioAgentTextGenResponse = {
  type: 'ai_agent_text_gen';
  access_state: string;
  description: string;
  custom_instructions?: string | null;
  suggested_questions?: readonly string[];
  basic_gen?: AiStudioAgentBasicGenToolResponse;
};

export type AiTaxonomyFileReference = {
  type?: 'file' | undefined;
  taxonomy_key?: string | undefined;
  id?: string | undefined;
};

export type AiTaxonomyReference = {
  type?: 'taxonomy' | undefined;
  taxonomy_key?: string | undefined;
  namespace?: string | undefined;
};

export type AiTaxonomySource = AiTaxonomyReference | AiTaxonomyFileReference;

export type AiTextGen = {
  prompt: string;
  items: readonly { id: string; type: 'file'; content?: string | undefined }[];
  dialogue_history?: readonly AiDialogueHistory[] | undefined;
  ai_agent?: AiTextGenAgent | undefined;
};

export type AiTextGenAgent = AiAgentReference | AiAgentTextGen;

export type AppItem = { id: string; type: 'app_item'; application_type: string };

export type AppItemAssociatedItem = FileBase | FolderBase | WebLinkBase;

export type AppItemAssociation = {
  id: string;
  type: 'app_item_association';
  app_item: AppItem;
  item: AppItemAssociatedItem;
};

export type AppItemAssociations = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly AppItemAssociation[];
};

export type AppItemEventSource = {
  id: string;
  type: 'app_item';
  app_item_type: string;
  user?: UserMini;
  group?: GroupMini;
};

export type Archive = {
  id: string;
  type: 'archive';
  name: string;
  size: number;
  description?: string | null;
  owned_by?: { id: string; type: string };
};

export type Archives = {
  entries?: readonly Archive[];
  limit?: number;
  next_marker?: string | null;
};

export type AutomateWorkflowAction = {
  id: string;
  type: 'workflow_action';
  action_type: 'run_workflow';
  description?: string;
  created_at?: string;
  updated_at?: string;
  created_by?: UserMiniV2026;
  updated_by?: UserMiniV2026;
  workflow: AutomateWorkflowReference;
};

export type AutomateWorkflowReference = { id: string; type: 'workflow'; name?: string };

export type AutomateWorkflowStartRequest = { workflow_action_id: string; file_ids: readonly string[] };

export type AutomateWorkflows = {
  entries?: readonly AutomateWorkflowAction[];
  limit?: number;
  next_marker?: string | null;
};

export type Classification = {
  Box__Security__Classification__Key?: string;
  $parent?: string;
  $template?: 'securityClassification-6VMVochwUWo';
  $scope?: string;
  $version?: number;
  $type?: string;
  $typeVersion?: number;
  $canEdit?: boolean;
};

export type ClassificationTemplate = {
  id: string;
  type: 'metadata_template';
  scope: string;
  templateKey: 'securityClassification-6VMVochwUWo';
  displayName: 'Classification';
  hidden?: boolean;
  copyInstanceOnItemCopy?: boolean;
  fields: readonly {
    id: string;
    type: 'enum';
    key: 'Box__Security__Classification__Key';
    displayName: 'Classification';
    hidden?: boolean;
    options: readonly {
      id: string;
      key: string;
      staticConfig?: {
        classification?: { classificationDefinition?: string; colorID?: number };
      };
    }[];
  }[];
};

export type ClientError = {
  type?: 'error';
  status?: number;
  code?:
    | 'created'
    | 'accepted'
    | 'no_content'
    | 'redirect'
    | 'not_modified'
    | 'bad_request'
    | 'unauthorized'
    | 'forbidden'
    | 'not_found'
    | 'method_not_allowed'
    | 'conflict'
    | 'precondition_failed'
    | 'too_many_requests'
    | 'internal_server_error'
    | 'unavailable'
    | 'item_name_invalid'
    | 'insufficient_scope'
    | (string & {});
  message?: string;
  context_info?: { [key: string]: unknown } | null;
  help_url?: string;
  request_id?: string;
};

export type ClientErrorV2025 = {
  type?: 'error';
  status?: number;
  code?:
    | 'created'
    | 'accepted'
    | 'no_content'
    | 'redirect'
    | 'not_modified'
    | 'bad_request'
    | 'unauthorized'
    | 'forbidden'
    | 'not_found'
    | 'method_not_allowed'
    | 'conflict'
    | 'precondition_failed'
    | 'too_many_requests'
    | 'internal_server_error'
    | 'unavailable'
    | 'item_name_invalid'
    | 'insufficient_scope';
  message?: string;
  context_info?: { [key: string]: unknown } | null;
  help_url?: string;
  request_id?: string;
};

export type ClientErrorV2026 = {
  type?: 'error';
  status?: number;
  code?:
    | 'created'
    | 'accepted'
    | 'no_content'
    | 'redirect'
    | 'not_modified'
    | 'bad_request'
    | 'unauthorized'
    | 'forbidden'
    | 'not_found'
    | 'method_not_allowed'
    | 'conflict'
    | 'precondition_failed'
    | 'too_many_requests'
    | 'internal_server_error'
    | 'unavailable'
    | 'item_name_invalid'
    | 'insufficient_scope';
  message?: string;
  context_info?: { [key: string]: unknown } | null;
  help_url?: string;
  request_id?: string;
};

export type Collaboration = {
  id: string;
  type: 'collaboration';
  item?: CollaborationItem | null;
  app_item?: AppItem | null;
  accessible_by?: CollaborationAccessGrantee;
  invite_email?: string | null;
  role?:
    | 'editor'
    | 'viewer'
    | 'previewer'
    | 'uploader'
    | 'previewer uploader'
    | 'viewer uploader'
    | 'co-owner'
    | 'owner';
  expires_at?: string | null;
  is_access_only?: boolean;
  status?: 'accepted' | 'pending' | 'rejected';
  acknowledged_at?: string;
  created_by?: UserCollaborations;
  created_at?: string;
  modified_at?: string;
  acceptance_requirements_status?: {
    terms_of_service_requirement?: { is_accepted?: boolean | null; terms_of_service?: TermsOfServiceBase };
    strong_password_requirement?: {
      enterprise_has_strong_password_required_for_external_users?: boolean;
      user_has_strong_password?: boolean | null;
    };
    two_factor_authentication_requirement?: {
      enterprise_has_two_factor_auth_enabled?: boolean;
      user_has_two_factor_authentication_enabled?: boolean | null;
    };
  };
};

export type CollaborationAccessGrantee = UserCollaborations | GroupMini;

export type CollaborationAllowlistEntries = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly CollaborationAllowlistEntry[];
};

export type CollaborationAllowlistEntry = {
  id?: string;
  type?: 'collaboration_whitelist_entry';
  domain?: string;
  direction?: 'inbound' | 'outbound' | 'both';
  enterprise?: { id?: string; type?: 'enterprise'; name?: string };
  created_at?: string;
};

export type CollaborationAllowlistExemptTarget = {
  id?: string;
  type?: 'collaboration_whitelist_exempt_target';
  enterprise?: { id?: string; type?: 'enterprise'; name?: string };
  user?: UserMini;
  created_at?: string;
  modified_at?: string;
};

export type CollaborationAllowlistExemptTargets = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly CollaborationAllowlistExemptTarget[];
};

export type CollaborationItem = File | Folder | WebLink;

export type CollaborationPermissions = {
  is_co_owner_role_enabled?: boolean;
  is_editor_role_enabled?: boolean;
  is_previewer_role_enabled?: boolean;
  is_previewer_uploader_role_enabled?: boolean;
  is_uploader_role_enabled?: boolean;
  is_viewer_role_enabled?: boolean;
  is_viewer_uploader_role_enabled?: boolean;
};

export type Collaborations = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly Collaboration[];
};

export type CollaborationsOffsetPaginated = {
  total_count?: number;
  limit?: number;
  offset?: number;
  entries?: readonly Collaboration[];
};

export type CollaboratorVariable = {
  type: 'variable';
  variable_type: 'user_list';
  variable_value: readonly { type: 'user'; id: string }[];
};

export type Collection = {
  id?: string;
  type?: 'collection';
  name?: 'Favorites';
  collection_type?: 'favorites';
};

export type Collections = {
  total_count?: number;
  limit?: number;
  offset?: number;
  order?: readonly { by?: string; direction?: 'ASC' | 'DESC' }[];
  entries?: readonly Collection[];
};

export type Comment = CommentBase & {
  is_reply_comment?: boolean;
  message?: string;
  created_by?: UserMini;
  created_at?: string;
  modified_at?: string;
  item?: { id?: string; type?: string };
};

export type CommentBase = { id?: string; type?: 'comment' };

export type CommentFull = Comment & { tagged_message?: string };

export type Comments = {
  total_count?: number;
  limit?: number;
  offset?: number;
  order?: readonly { by?: string; direction?: 'ASC' | 'DESC' }[];
  entries?: readonly CommentFull[];
};

export type CompletionRuleVariable = {
  type: 'variable';
  variable_type: 'task_completion_rule';
  variable_value: 'all_assignees' | 'any_assignees';
};

export type ConflictError = ClientError & {
  context_info?: { conflicts?: readonly FileConflict[] | FileConflict };
};

export type CreateAiAgent = {
  type: 'ai_agent';
  name: string;
  access_state: string;
  icon_reference?: string | undefined;
  allowed_entities?: readonly AiAgentAllowedEntity[] | undefined;
  ask?: AiStudioAgentAsk | undefined;
  text_gen?: AiStudioAgentTextGen | undefined;
  extract?: AiStudioAgentExtract | undefined;
};

export type CustomSessionDurationGroupItem = { id?: string; name?: string };

export type DevicePinner = {
  id?: string;
  type?: 'device_pinner';
  owned_by?: UserMini;
  product_name?: string;
};

export type DevicePinners = {
  entries?: readonly DevicePinner[];
  limit?: number;
  next_marker?: number;
  order?: readonly { by?: 'id'; direction?: 'asc' | 'desc' }[];
};

export type DocGenBatchBase = { id: string; type: 'docgen_batch' };

export type DocGenBatchCreateRequest = {
  file: FileReference;
  file_version?: FileVersionBaseV2025 | undefined;
  input_source: string;
  destination_folder: { type: 'folder'; id: string };
  output_type: string;
  document_generation_data: readonly DocGenDocumentGenerationData[];
};

export type DocGenDocumentGenerationData = { generated_file_name: string; user_input: { [key: string]: unknown } };

export type DocGenJob = DocGenJobBase & {
  batch?: DocGenBatchBase;
  template_file?: FileReference;
  template_file_version?: FileVersionBaseV2025;
  output_file?: FileReference | null;
  output_file_version?: FileVersionBaseV2025 | null;
  status?: 'submitted' | 'completed' | 'failed' | 'completed_with_error' | 'pending';
  output_type?: string;
  failures?: { errors: readonly string[]; warnings: readonly string[] } | null;
};

export type DocGenJobBase = { id: string; type: 'docgen_job' };

export type DocGenJobFull = DocGenJob & {
  created_at?: string;
  created_by?: UserBaseV2025;
  enterprise?: EnterpriseReference;
  source?: string;
};

export type DocGenJobs = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly DocGenJob[];
};

export type DocGenJobsFull = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly DocGenJobFull[];
};

export type DocGenTag = {
  tag_content: string;
  tag_type: 'text' | 'arithmetic' | 'conditional' | 'for-loop' | 'table-loop' | 'image';
  json_paths: readonly string[];
};

export type DocGenTags = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly DocGenTag[];
};

export type DocGenTagsProcessingMessage = { message: string };

export type DocGenTemplate = DocGenTemplateBase & { file_name?: string | null };

export type DocGenTemplateBase = { file?: FileReference };

export type DocGenTemplateCreateRequest = { file: FileReference };

export type DocGenTemplates = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly DocGenTemplate[];
};

export type EmailAlias = {
  id?: string;
  type?: 'email_alias';
  email?: string;
  is_confirmed?: boolean;
};

export type EmailAliases = { total_count?: number; entries?: readonly EmailAlias[] };

export type EnterpriseBase = { id?: string | undefined; type?: 'enterprise' | undefined };

export type EnterpriseConfiguration = {
  id?: string;
  type?: 'enterprise_configuration';
  security?: EnterpriseConfigurationSecurity | null;
  content_and_sharing?: EnterpriseConfigurationContentAndSharing | null;
  user_settings?: EnterpriseConfigurationUserSettings | null;
  shield?: EnterpriseConfigurationShield | null;
};

export type EnterpriseConfigurationContentAndSharing = {
  enterprise_feature_settings?: readonly EnterpriseFeatureSettingsItem[];
  sharing_item_type?: EnterpriseConfigurationItemString;
  shared_link_company_definition?: EnterpriseConfigurationItemString;
  shared_link_access?: EnterpriseConfigurationItemString;
  shared_link_default_access?: EnterpriseConfigurationItemString;
  shared_link_default_permissions_selected?: EnterpriseConfigurationItem & { value?: SharedLinkPermissions };
  is_open_custom_urls_disabled?: EnterpriseConfigurationItemBoolean;
  is_custom_domain_hidden_in_shared_link?: EnterpriseConfigurationItemBoolean;
  collaboration_permissions?: EnterpriseConfigurationItem & { value?: CollaborationPermissions };
  default_collaboration_role?: EnterpriseConfigurationItemString;
  is_invite_privilege_restricted?: EnterpriseConfigurationItemBoolean;
  collaboration_restrictions?: EnterpriseConfigurationItem & { value?: readonly string[] };
  is_collaborator_invite_links_disabled?: EnterpriseConfigurationItemBoolean;
  is_invite_group_collaborator_disabled?: EnterpriseConfigurationItemBoolean;
  is_ownership_transfer_restricted?: EnterpriseConfigurationItemBoolean;
  external_collaboration_status?: EnterpriseConfigurationItem & { value?: string | null };
  external_collaboration_allowlist_users?: EnterpriseConfigurationItem & { value?: readonly ListUser[] };
  is_watermarking_enterprise_feature_enabled?: EnterpriseConfigurationItemBoolean;
  is_root_content_creation_restricted?: EnterpriseConfigurationItemBoolean;
  is_tag_creation_restricted?: EnterpriseConfigurationItemBoolean;
  tag_creation_restriction?: EnterpriseConfigurationItemString;
  is_email_uploads_enabled?: EnterpriseConfigurationItemBoolean;
  is_custom_settings_enabled?: EnterpriseConfigurationItemBoolean;
  is_forms_login_required?: EnterpriseConfigurationItemBoolean;
  is_forms_branding_default_enabled?: EnterpriseConfigurationItemBoolean;
  is_cc_free_trial_active?: EnterpriseConfigurationItemBoolean;
  is_file_request_editors_allowed?: EnterpriseConfigurationItemBoolean;
  is_file_request_branding_default_enabled?: EnterpriseConfigurationItemBoolean;
  is_file_request_login_required?: EnterpriseConfigurationItemBoolean;
  is_shared_links_expiration_enabled?: EnterpriseConfigurationItemBoolean;
  shared_links_expiration_days?: EnterpriseConfigurationItemInteger;
  is_public_shared_links_expiration_enabled?: EnterpriseConfigurationItemBoolean;
  public_shared_links_expiration_days?: EnterpriseConfigurationItemInteger;
  shared_expiration_target?: EnterpriseConfigurationItemString;
  is_shared_links_expiration_notification_enabled?: EnterpriseConfigurationItemBoolean;
  shared_links_expiration_notification_days?: EnterpriseConfigurationItemInteger;
  is_shared_links_expiration_notification_prevented?: EnterpriseConfigurationItemBoolean;
  is_auto_delete_enabled?: EnterpriseConfigurationItemBoolean;
  auto_delete_days?: EnterpriseConfigurationItemInteger;
  is_auto_delete_expiration_modification_prevented?: EnterpriseConfigurationItemBoolean;
  auto_delete_target?: EnterpriseConfigurationItemString;
  is_collaboration_expiration_enabled?: EnterpriseConfigurationItemBoolean;
  collaboration_expiration_days?: EnterpriseConfigurationItemInteger;
  is_collaboration_expiration_modification_prevented?: EnterpriseConfigurationItemBoolean;
  is_collaboration_expiration_notification_enabled?: EnterpriseConfigurationItemBoolean;
  collaboration_expiration_target?: EnterpriseConfigurationItemString;
  trash_auto_clear_time?: EnterpriseConfigurationItemInteger;
  permanent_deletion_access?: EnterpriseConfigurationItemString;
  permanent_deletion_allowlist_users?: EnterpriseConfigurationItem & { value?: readonly ListUser[] };
};

export type EnterpriseConfigurationItem = { is_used?: boolean };

export type EnterpriseConfigurationItemBoolean = EnterpriseConfigurationItem & { value?: boolean | null };

export type EnterpriseConfigurationItemInteger = EnterpriseConfigurationItem & { value?: number | null };

export type EnterpriseConfigurationItemString = EnterpriseConfigurationItem & { value?: string | null };

export type EnterpriseConfigurationSecurity = {
  is_managed_user_signup_enabled?: EnterpriseConfigurationItemBoolean;
  is_managed_user_signup_notification_enabled?: EnterpriseConfigurationItemBoolean;
  is_managed_user_signup_corporate_email_enabled?: EnterpriseConfigurationItemBoolean;
  is_new_user_notification_daily_digest_enabled?: EnterpriseConfigurationItemBoolean;
  is_managed_user_email_change_disabled?: EnterpriseConfigurationItemBoolean;
  is_multi_factor_auth_required?: EnterpriseConfigurationItemBoolean;
  is_weak_password_prevention_enabled?: EnterpriseConfigurationItemBoolean;
  is_password_leak_detection_enabled?: EnterpriseConfigurationItemBoolean;
  last_password_reset_at?: EnterpriseConfigurationItem & { value?: string | null };
  is_password_request_notification_enabled?: EnterpriseConfigurationItemBoolean;
  is_password_change_notification_enabled?: EnterpriseConfigurationItemBoolean;
  is_strong_password_for_ext_collab_enabled?: EnterpriseConfigurationItemBoolean;
  is_managed_user_migration_disabled?: EnterpriseConfigurationItemBoolean;
  join_link?: EnterpriseConfigurationItemString;
  join_url?: EnterpriseConfigurationItemString;
  failed_login_attempts_to_trigger_admin_notification?: EnterpriseConfigurationItemInteger;
  password_min_length?: EnterpriseConfigurationItemInteger;
  password_min_uppercase_characters?: EnterpriseConfigurationItemInteger;
  password_min_numeric_characters?: EnterpriseConfigurationItemInteger;
  password_min_special_characters?: EnterpriseConfigurationItemInteger;
  password_reset_frequency?: EnterpriseConfigurationItemString;
  previous_password_reuse_limit?: EnterpriseConfigurationItemString;
  session_duration?: EnterpriseConfigurationItemString;
  external_collab_multi_factor_auth_settings?: EnterpriseConfigurationItem & { value?: ExternalCollabSecuritySettings | null };
  keysafe?: EnterpriseConfigurationItem & { value?: KeysafeSettings | null };
  is_custom_session_duration_enabled?: EnterpriseConfigurationItemBoolean;
  custom_session_duration_value?: EnterpriseConfigurationItemString;
  custom_session_duration_groups?: EnterpriseConfigurationItem & { value?: readonly CustomSessionDurationGroupItem[] };
  multi_factor_auth_type?: EnterpriseConfigurationItemString;
  enforced_mfa_frequency?: EnterpriseConfigurationItem & { value?: { days?: number | null; hours?: number | null } };
};

export type EnterpriseConfigurationShield = { shield_rules?: readonly ShieldRuleItem[] };

export type EnterpriseConfigurationUserSettings = {
  enterprise_feature_settings?: readonly EnterpriseFeatureSettingsItem[];
  user_invites_expiration_time_frame?: EnterpriseConfigurationItemString;
  is_username_change_restricted?: EnterpriseConfigurationItemBoolean;
  is_box_sync_restricted_for_new_users?: EnterpriseConfigurationItemBoolean;
  is_view_all_users_enabled_for_new_users?: EnterpriseConfigurationItemBoolean;
  is_device_limit_exemption_enabled_for_new_users?: EnterpriseConfigurationItemBoolean;
  is_external_collaboration_restricted_for_new_users?: EnterpriseConfigurationItemBoolean;
  is_unlimited_storage_enabled_for_new_users?: EnterpriseConfigurationItemBoolean;
  new_user_default_storage_limit?: EnterpriseConfigurationItemInteger;
  new_user_default_timezone?: EnterpriseConfigurationItemString;
  new_user_default_language?: EnterpriseConfigurationItemString;
  is_enterprise_sso_required?: EnterpriseConfigurationItemBoolean;
  is_enterprise_sso_in_testing?: EnterpriseConfigurationItemBoolean;
  is_sso_auto_add_groups_enabled?: EnterpriseConfigurationItemBoolean;
  is_sso_auto_add_user_to_groups_enabled?: EnterpriseConfigurationItemBoolean;
  is_sso_auto_remove_user_from_groups_enabled?: EnterpriseConfigurationItemBoolean;
  user_tracking_codes?: EnterpriseConfigurationItem & { value?: readonly UserTrackingCode[] };
  number_of_user_tracking_codes_remaining?: EnterpriseConfigurationItemInteger;
  is_instant_login_restricted?: EnterpriseConfigurationItemBoolean;
};

export type EnterpriseFeatureSetting = {
  id?: string | null;
  feature?: { id?: string | null };
  state?: string | null;
  can_configure?: boolean | null;
  is_configured?: boolean | null;
  allowlist?: readonly UserOrGroupReference[] | null;
  denylist?: readonly UserOrGroupReference[] | null;
};

export type EnterpriseFeatureSettingsItem = EnterpriseConfigurationItem & { value?: EnterpriseFeatureSetting };

export type EnterpriseReference = { id?: string; type?: 'enterprise' };

export type Event = {
  type?: string;
  created_at?: string;
  recorded_at?: string;
  event_id?: string;
  created_by?: UserMini;
  event_type?:
    | 'ACCESS_GRANTED'
    | 'ACCESS_REVOKED'
    | 'ADD_DEVICE_ASSOCIATION'
    | 'ADD_LOGIN_ACTIVITY_DEVICE'
    | 'ADMIN_LOGIN'
    | 'ADVANCED_FOLDER_SETTINGS_UPDATE'
    | 'AI_SECURITY_DETECTION'
    | 'ANNOTATIONV2_CREATE'
    | 'ANNOTATIONV2_DELETE'
    | 'ANNOTATIONV2_EDIT'
    | 'APPLICATION_CREATED'
    | 'APPLICATION_PUBLIC_KEY_ADDED'
    | 'APPLICATION_PUBLIC_KEY_DELETED'
    | 'BOX_AI_USER_FAILED_REQUEST'
    | 'BOX_AI_USER_REQUEST'
    | 'CHANGE_ADMIN_ROLE'
    | 'CHANGE_FOLDER_PERMISSION'
    | 'COLLABORATION_ACCEPT'
    | 'COLLABORATION_EXPIRATION'
    | 'COLLABORATION_INVITE'
    | 'COLLABORATION_REMOVE'
    | 'COLLABORATION_ROLE_CHANGE'
    | 'COLLAB_ADD_COLLABORATOR'
    | 'COLLAB_INVITE_COLLABORATOR'
    | 'COLLAB_REMOVE_COLLABORATOR'
    | 'COLLAB_ROLE_CHANGE'
    | 'COLLECTION_CREATE'
    | 'COLLECTION_DELETE'
    | 'COLLECTION_ITEM_CREATE'
    | 'COLLECTION_ITEM_DELETE'
    | 'COLLECTION_ITEM_UPDATE'
    | 'COLLECTION_UPDATE'
    | 'COMMENT_CREATE'
    | 'COMMENT_DELETE'
    | 'COMMENT_EDIT'
    | 'CONTENT_ACCESS'
    | 'CONTENT_RECOVERY_REPORT_CREATE'
    | 'CONTENT_RECOVERY_REPORT_DELETE'
    | 'CONTENT_RECOVERY_REPORT_INITIATE'
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
    | 'DISABLE_MULTI_FACTOR_AUTH'
    | 'DOWNLOAD'
    | 'EDIT'
    | 'EDIT_USER'
    | 'EDR_CROWDSTRIKE_ACCESS_ALLOWED_NO_CROWDSTRIKE_DEVICE'
    | 'EDR_CROWDSTRIKE_ACCESS_REVOKED'
    | 'EDR_CROWDSTRIKE_BOX_TOOLS_OUTDATED'
    | 'EDR_CROWDSTRIKE_DEVICE_DETECTED'
    | 'EDR_CROWDSTRIKE_DRIVE_OUTDATED'
    | 'EDR_CROWDSTRIKE_NO_BOX_TOOLS'
    | 'EMAIL_ALIAS_CONFIRM'
    | 'EMAIL_ALIAS_PRIMARY'
    | 'EMAIL_ALIAS_REMOVE'
    | 'EMAIL_UPLOAD_DISABLED'
    | 'EMAIL_UPLOAD_ENABLED'
    | 'ENABLE_MULTI_FACTOR_AUTH'
    | 'ENABLE_TWO_FACTOR_AUTH'
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
    | 'GROUP_ADMIN_CREATED'
    | 'GROUP_ADMIN_DELETED'
    | 'GROUP_ADMIN_PERMISSIONS_UPDATED'
    | 'GROUP_CREATION'
    | 'GROUP_DELETION'
    | 'GROUP_EDITED'
    | 'GROUP_REMOVE_ITEM'
    | 'GROUP_REMOVE_USER'
    | 'ILLEGAL_ITEM_OWNERSHIP_TRANSFER_BY_USER'
    | 'ITEM_ASSOCIATION_CREATED'
    | 'ITEM_ASSOCIATION_DELETED'
    | 'ITEM_ASSOCIATION_UPDATED'
    | 'ITEM_COPY'
    | 'ITEM_CREATE'
    | 'ITEM_DOWNLOAD'
    | 'ITEM_EMAIL_SEND'
    | 'ITEM_MAKE_CURRENT_VERSION'
    | 'ITEM_MODIFY'
    | 'ITEM_MOVE'
    | 'ITEM_OPEN'
    | 'ITEM_PREVIEW'
    | 'ITEM_RENAME'
    | 'ITEM_SHARED'
    | 'ITEM_SHARED_CREATE'
    | 'ITEM_SHARED_UNSHARE'
    | 'ITEM_SHARED_UPDATE'
    | 'ITEM_SYNC'
    | 'ITEM_TRASH'
    | 'ITEM_UNDELETE_VIA_TRASH'
    | 'ITEM_UNSYNC'
    | 'ITEM_UPLOAD'
    | 'LEGAL_HOLD_ASSIGNMENT_CREATE'
    | 'LEGAL_HOLD_ASSIGNMENT_DELETE'
    | 'LEGAL_HOLD_POLICY_CREATE'
    | 'LEGAL_HOLD_POLICY_DELETE'
    | 'LEGAL_HOLD_POLICY_UPDATE'
    | 'LOCK'
    | 'LOCK_CREATE'
    | 'LOCK_DESTROY'
    | 'LOGIN'
    | 'MASTER_INVITE_ACCEPT'
    | 'MASTER_INVITE_REJECT'
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
    | 'SHARED_LINK_REDIRECT_OUT_OF_SHARED_CONTEXT'
    | 'SHARED_LINK_SEND'
    | 'SHARE_EXPIRATION'
    | 'SHIELD_ACCESS_POLICY_CREATED'
    | 'SHIELD_ACCESS_POLICY_DELETED'
    | 'SHIELD_ACCESS_POLICY_UPDATED'
    | 'SHIELD_ALERT'
    | 'SHIELD_DOWNLOAD_BLOCKED'
    | 'SHIELD_EXTERNAL_COLLAB_ACCESS_BLOCKED'
    | 'SHIELD_EXTERNAL_COLLAB_ACCESS_BLOCKED_MISSING_JUSTIFICATION'
    | 'SHIELD_EXTERNAL_COLLAB_INVITE_BLOCKED'
    | 'SHIELD_EXTERNAL_COLLAB_INVITE_BLOCKED_MISSING_JUSTIFICATION'
    | 'SHIELD_EXTERNAL_COLLAB_INVITE_JUSTIFIED'
    | 'SHIELD_INFORMATION_BARRIER_COLLAB_BLOCKED'
    | 'SHIELD_INFORMATION_BARRIER_DISABLED'
    | 'SHIELD_INFORMATION_BARRIER_ENABLED'
    | 'SHIELD_INFORMATION_BARRIER_GROUP_ADD_USER_BLOCKED'
    | 'SHIELD_INFORMATION_BARRIER_ITEM_COPY_BLOCKED'
    | 'SHIELD_INFORMATION_BARRIER_ITEM_MOVE_BLOCKED'
    | 'SHIELD_INFORMATION_BARRIER_ITEM_OWNER_TRANSFER_BLOCKED'
    | 'SHIELD_INFORMATION_BARRIER_PENDING'
    | 'SHIELD_INFORMATION_BARRIER_SHARED_ITEM_ACCESS_BLOCKED'
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
    | 'SIGN_DOCUMENT_VIEWED_BY_SIGNER'
    | 'SIGNER_DOWNLOADED'
    | 'SIGNER_FORWARDED'
    | 'STORAGE_EXPIRATION'
    | 'TAG_ITEM_CREATE'
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
    | (string & {});
  session_id?: string;
  source?: EventSourceResource;
  additional_details?: { [key: string]: unknown };
};

export type EventSource = {
  item_type: 'file' | 'folder';
  item_id: string;
  item_name: string;
  classification?: { name?: string };
  parent?: FolderMini | null;
  owned_by?: UserMini;
};

export type EventSourceResource = User | EventSource | File | Folder | GenericSource | AppItemEventSource;

export type Events = {
  chunk_size?: number;
  next_stream_position?: string | number;
  entries?: readonly Event[];
};

export type ExternalCollabSecuritySettings = {
  denylist_domains?: readonly string[];
  denylist_emails?: readonly string[];
  allowlist_domains?: readonly string[];
  allowlist_emails?: readonly string[];
  state?: string | null;
  scheduled_status?: string | null;
  scheduled_at?: string | null;
  factor_type_settings?: string | null;
};

export type ExternalUserDeletionResult = { user_id: string; status: number; detail?: string };

export type ExternalUsersSubmitDeleteJobRequest = { external_users: readonly UserReference[] };

export type ExternalUsersSubmitDeleteJobResponse = { entries: readonly ExternalUserDeletionResult[] };

export type File = FileMini & {
  description?: string;
  size?: number;
  path_collection?: { total_count: number; entries: readonly FolderMini[] };
  created_at?: string;
  modified_at?: string;
  trashed_at?: string | null;
  purged_at?: string | null;
  content_created_at?: string | null;
  content_modified_at?: string | null;
  created_by?: UserMini;
  modified_by?: UserMini;
  owned_by?: UserMini;
  shared_link?: {
    url: string;
    download_url?: string | null;
    vanity_url?: string | null;
    vanity_name?: string | null;
    access?: 'open' | 'company' | 'collaborators';
    effective_access: 'open' | 'company' | 'collaborators';
    effective_permission: 'can_edit' | 'can_download' | 'can_preview' | 'no_access';
    unshared_at?: string | null;
    is_password_enabled: boolean;
    permissions?: { can_download: boolean; can_preview: boolean; can_edit: boolean };
    download_count: number;
    preview_count: number;
  } | null;
  parent?: FolderMini | null;
  item_status?: 'active' | 'trashed' | 'deleted';
};

export type FileBase = { id: string; etag?: string | null | undefined; type: 'file' };

export type FileConflict = FileMini & { sha1?: string; file_version?: FileVersionMini };

export type FileFull = File & {
  version_number?: string;
  comment_count?: number;
  permissions?: {
    can_delete: boolean;
    can_download: boolean;
    can_invite_collaborator: boolean;
    can_rename: boolean;
    can_set_share_access: boolean;
    can_share: boolean;
    can_annotate?: boolean;
    can_comment?: boolean;
    can_preview?: boolean;
    can_upload?: boolean;
    can_view_annotations_all?: boolean;
    can_view_annotations_self?: boolean;
    can_apply_watermark?: boolean;
  };
  tags?: readonly string[];
  lock?: {
    id?: string;
    type?: 'lock';
    created_by?: UserMini;
    created_at?: string;
    expired_at?: string;
    is_download_prevented?: boolean;
    app_type?: 'gsuite' | 'office_wopi' | 'office_wopiplus' | 'other' | null;
    expires_at?: string;
  } | null;
  extension?: string;
  is_package?: boolean;
  expiring_embed_link?: {
    access_token?: string;
    expires_in?: number;
    token_type?: 'bearer';
    restricted_to?: readonly ResourceScope[];
    url?: string;
  };
  watermark_info?: {
    is_watermarked?: boolean;
    is_watermark_inherited?: boolean;
    is_watermarked_by_access_policy?: boolean;
  };
  is_accessible_via_shared_link?: boolean;
  allowed_invitee_roles?: readonly (
    | 'editor'
    | 'viewer'
    | 'previewer'
    | 'uploader'
    | 'previewer uploader'
    | 'viewer uploader'
    | 'co-owner')[];
  is_externally_owned?: boolean;
  has_collaborations?: boolean;
  metadata?: { [key: string]: { [key: string]: MetadataFull } };
  expires_at?: string | null;
  representations?: {
    entries?: readonly {
      content?: { url_template?: string };
      info?: { url?: string };
      properties?: { dimensions?: string; paged?: string; thumb?: string };
      representation?: string;
      status?: { state?: 'success' | 'viewable' | 'pending' | 'none' | 'error' };
    }[];
  };
  classification?: { name?: string; definition?: string; color?: string } | null;
  uploader_display_name?: string;
  disposition_at?: string | null;
  shared_link_permission_options?: readonly ('can_preview' | 'can_download' | 'can_edit')[] | null;
  is_associated_with_app_item?: boolean;
};

export type FileMini = FileBase & {
  sequence_id?: string | null;
  name?: string;
  sha1?: string;
  file_version?: FileVersionMini;
};

export type FileReference = { type: 'file'; id: string };

export type FileRequest = {
  id: string;
  type: 'file_request';
  title?: string;
  description?: string | null;
  status?: 'active' | 'inactive';
  is_email_required?: boolean;
  is_description_required?: boolean;
  expires_at?: string;
  folder: FolderMini;
  url?: string;
  etag?: string | null;
  created_by?: UserMini;
  created_at: string;
  updated_by?: UserMini;
  updated_at: string;
};

export type FileRequestCopyRequest = FileRequestUpdateRequest & { folder?: { type?: 'folder' | undefined; id: string } | undefined };

export type FileRequestUpdateRequest = {
  title?: string | undefined;
  description?: string | undefined;
  status?: 'active' | 'inactive' | undefined;
  is_email_required?: boolean | undefined;
  is_description_required?: boolean | undefined;
  expires_at?: string | undefined;
};

export type FileVersion = FileVersionMini & {
  name?: string;
  size?: number;
  created_at?: string;
  modified_at?: string;
  modified_by?: UserMini;
  trashed_at?: string | null;
  trashed_by?: UserMini;
  restored_at?: string | null;
  restored_by?: UserMini;
  purged_at?: string | null;
  uploader_display_name?: string;
};

export type FileVersionBase = { id: string; type: 'file_version' };

export type FileVersionBaseV2025 = { id: string; type: 'file_version' };

export type FileVersionFull = FileVersion & { version_number?: string };

export type FileVersionLegalHold = {
  id?: string;
  type?: 'file_version_legal_hold';
  file_version?: FileVersionMini;
  file?: FileMini;
  legal_hold_policy_assignments?: readonly LegalHoldPolicyAssignment[];
  deleted_at?: string;
};

export type FileVersionLegalHolds = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly FileVersionLegalHold[];
};

export type FileVersionMini = FileVersionBase & { sha1?: string };

export type FileVersionRetention = {
  id?: string;
  type?: 'file_version_retention';
  file_version?: FileVersionMini;
  file?: FileMini;
  applied_at?: string;
  disposition_at?: string;
  winning_retention_policy?: RetentionPolicyMini;
};

export type FileVersionRetentions = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly FileVersionRetention[];
};

export type FileVersions = {
  total_count?: number;
  limit?: number;
  offset?: number;
  order?: readonly { by?: string; direction?: 'ASC' | 'DESC' }[];
  entries?: readonly FileVersionFull[];
};

export type FileVersionsOnHold = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly FileVersion[];
};

export type Files = { total_count?: number; entries?: readonly FileFull[] };

export type FilesOnHold = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly FileMini[];
};

export type FilesUnderRetention = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly FileMini[];
};

export type Folder = FolderMini & {
  created_at?: string | null;
  modified_at?: string | null;
  description?: string;
  size?: number;
  path_collection?: { total_count: number; entries: readonly FolderMini[] };
  created_by?: UserMini;
  modified_by?: UserMini;
  trashed_at?: string | null;
  purged_at?: string | null;
  content_created_at?: string | null;
  content_modified_at?: string | null;
  owned_by?: UserMini;
  shared_link?: {
    url: string;
    download_url?: string | null;
    vanity_url?: string | null;
    vanity_name?: string | null;
    access?: 'open' | 'company' | 'collaborators';
    effective_access: 'open' | 'company' | 'collaborators';
    effective_permission: 'can_edit' | 'can_download' | 'can_preview' | 'no_access';
    unshared_at?: string | null;
    is_password_enabled: boolean;
    permissions?: { can_download: boolean; can_preview: boolean; can_edit: boolean };
    download_count: number;
    preview_count: number;
  } | null;
  folder_upload_email?: { access?: 'open' | 'collaborators'; email?: string } | null;
  parent?: FolderMini | null;
  item_status?: 'active' | 'trashed' | 'deleted';
  item_collection?: Items;
};

export type FolderBase = { id: string; etag?: string | null | undefined; type: 'folder' };

export type FolderFull = Folder & {
  sync_state?: 'synced' | 'not_synced' | 'partially_synced';
  has_collaborations?: boolean;
  permissions?: {
    can_delete: boolean;
    can_download: boolean;
    can_invite_collaborator: boolean;
    can_rename: boolean;
    can_set_share_access: boolean;
    can_share: boolean;
    can_upload?: boolean;
    can_apply_watermark?: boolean;
  };
  tags?: readonly string[];
  can_non_owners_invite?: boolean;
  is_externally_owned?: boolean;
  metadata?: { [key: string]: { [key: string]: MetadataFull } };
  is_collaboration_restricted_to_enterprise?: boolean;
  allowed_shared_link_access_levels?: readonly ('open' | 'company' | 'collaborators')[];
  allowed_invitee_roles?: readonly (
    | 'editor'
    | 'viewer'
    | 'previewer'
    | 'uploader'
    | 'previewer uploader'
    | 'viewer uploader'
    | 'co-owner')[];
  watermark_info?: {
    is_watermarked?: boolean;
    is_watermark_inherited?: boolean;
    is_watermarked_by_access_policy?: boolean;
  };
  is_accessible_via_shared_link?: boolean;
  can_non_owners_view_collaborators?: boolean;
  classification?: { name?: string; definition?: string; color?: string } | null;
  is_associated_with_app_item?: boolean;
};

export type FolderLock = {
  folder?: FolderMini;
  id?: string;
  type?: string;
  created_by?: UserBase;
  created_at?: string;
  locked_operations?: { move: boolean; delete: boolean };
  lock_type?: string;
};

export type FolderLocks = {
  entries?: readonly FolderLock[];
  limit?: string;
  next_marker?: string | null;
};

export type FolderMini = FolderBase & { sequence_id?: string | null | undefined; name?: string | undefined };

export type FolderReference = { type: 'folder'; id: string };

export type FolderReferenceV2025 = { type: 'folder'; id: string };

export type FolderReferenceV2026 = { type: 'folder'; id: string };

export type GenericSource = { [key: string]: unknown };

export type Group = GroupMini & { created_at?: string; modified_at?: string };

export type GroupBase = { id: string; type: 'group' };

export type GroupBaseV2025 = { id: string; type: 'group' };

export type GroupFull = Group & {
  provenance?: string;
  external_sync_identifier?: string;
  description?: string;
  invitability_level?: 'admins_only' | 'admins_and_members' | 'all_managed_users';
  member_viewability_level?: 'admins_only' | 'admins_and_members' | 'all_managed_users';
  permissions?: { can_invite_as_collaborator?: boolean };
};

export type GroupMembership = {
  id?: string;
  type?: 'group_membership';
  user?: UserMini;
  group?: GroupMini;
  role?: 'member' | 'admin';
  created_at?: string;
  modified_at?: string;
};

export type GroupMemberships = {
  total_count?: number;
  limit?: number;
  offset?: number;
  order?: readonly { by?: string; direction?: 'ASC' | 'DESC' }[];
  entries?: readonly GroupMembership[];
};

export type GroupMini = GroupBase & { name?: string; group_type?: 'managed_group' | 'all_users_group' };

export type GroupMiniV2025 = GroupBaseV2025 & { name?: string; group_type?: 'managed_group' | 'all_users_group' };

export type Groups = {
  total_count?: number;
  limit?: number;
  offset?: number;
  order?: readonly { by?: string; direction?: 'ASC' | 'DESC' }[];
  entries?: readonly GroupFull[];
};

export type Hub = HubBase & {
  title?: string;
  description?: string;
  created_at?: string;
  updated_at?: string;
  created_by?: UserMiniV2025;
  updated_by?: UserMiniV2025;
  view_count?: number;
  is_ai_enabled?: boolean;
  is_collaboration_restricted_to_enterprise?: boolean;
  can_non_owners_invite?: boolean;
  can_shared_link_be_created?: boolean;
  can_public_shared_link_be_created?: boolean;
  copy_hub_access?: 'all' | 'company' | 'none';
};

export type HubAccessGrantee = HubCollaborationUser | GroupMiniV2025;

export type HubBase = { id: string; type: 'hubs' };

export type HubCalloutBoxTextBlock = HubDocumentBlock & { type?: 'callout_box'; fragment?: string };

export type HubCollaboration = {
  id: string;
  type: 'hub_collaboration';
  hub?: HubBase;
  accessible_by?: HubAccessGrantee;
  role?: string;
  status?: 'accepted' | 'pending' | 'rejected';
  acceptance_requirements_status?: {
    terms_of_service_requirement?: {
      is_accepted?: boolean | null;
      terms_of_service?: TermsOfServiceBaseV2025;
    };
    strong_password_requirement?: {
      enterprise_has_strong_password_required_for_external_users?: boolean;
      user_has_strong_password?: boolean | null;
    };
    two_factor_authentication_requirement?: {
      enterprise_has_two_factor_auth_enabled?: boolean;
      user_has_two_factor_authentication_enabled?: boolean | null;
    };
  };
};

export type HubCollaborationCreateRequest = {
  hub: { type: 'hubs'; id: string };
  accessible_by: { type: string; id?: string | undefined; login?: string | undefined };
  role: string;
};

export type HubCollaborationUpdateRequest = { role?: string | undefined };

export type HubCollaborationUser = UserBaseV2025 & { name?: string; login?: string };

export type HubCollaborations = {
  entries?: readonly HubCollaboration[];
  limit?: number;
  next_marker?: string | null;
};

export type HubCopyRequest = {
  title?: string | undefined;
  description?: string | undefined;
  include_items?: boolean | undefined;
};

export type HubCreateRequest = { title: string; description?: string | undefined };

export type HubDividerBlock = HubDocumentBlock & { type?: 'divider' };

export type HubDocumentBlock = { id: string; parent_id?: string | null };

export type HubDocumentBlockEntry =
  | HubParagraphTextBlock
  | HubSectionTitleTextBlock
  | HubCalloutBoxTextBlock
  | HubItemListBlock
  | HubDividerBlock;

export type HubDocumentBlocks = {
  entries: readonly HubDocumentBlockEntry[];
  type: 'document_blocks';
  limit?: number;
  next_marker?: string | null;
};

export type HubDocumentPage = {
  id: string;
  type: string;
  parent_id?: string | null;
  title_fragment: string;
};

export type HubDocumentPages = {
  entries: readonly HubDocumentPage[];
  type: 'document_pages';
  limit?: number;
  next_marker?: string | null;
};

export type HubItem = { id: string; type: 'file' | 'folder' | 'web_link'; name: string };

export type HubItemListBlock = HubDocumentBlock & { type?: 'item_list' };

export type HubItemOperation = {
  action: 'add' | 'remove';
  item: HubItemReference;
  parent_id?: string | undefined;
};

export type HubItemOperationResult = {
  action?: string;
  item?: HubItemReference;
  parent_id?: string;
  status?: number;
  error?: string;
};

export type HubItemReference = FileReference | FolderReferenceV2025 | WeblinkReference;

export type HubItems = {
  entries?: readonly HubItem[];
  limit?: number;
  next_marker?: string | null;
};

export type HubItemsManageRequest = { operations?: readonly HubItemOperation[] | undefined };

export type HubItemsManageResponse = { operations: readonly HubItemOperationResult[] };

export type HubParagraphTextBlock = HubDocumentBlock & { type?: 'paragraph'; fragment?: string };

export type HubSectionTitleTextBlock = HubDocumentBlock & { type?: 'section_title'; fragment?: string };

export type HubUpdateRequest = {
  title?: string | undefined;
  description?: string | undefined;
  is_ai_enabled?: boolean | undefined;
  is_collaboration_restricted_to_enterprise?: boolean | undefined;
  can_non_owners_invite?: boolean | undefined;
  can_shared_link_be_created?: boolean | undefined;
  can_public_shared_link_be_created?: boolean | undefined;
  copy_hub_access?: 'all' | 'company' | 'none' | undefined;
};

export type Hubs = {
  entries?: readonly Hub[];
  limit?: number;
  next_marker?: string | null;
};

export type IntegrationMapping = IntegrationMappingBase & {
  integration_type?: 'slack';
  is_manually_created?: boolean;
  options?: IntegrationMappingSlackOptions;
  created_by?: UserIntegrationMappings;
  modified_by?: UserIntegrationMappings;
  partner_item?: IntegrationMappingPartnerItemSlack;
  box_item?: FolderMini;
  created_at?: string;
  modified_at?: string;
};

export type IntegrationMappingBase = { id: string; type: 'integration_mapping' };

export type IntegrationMappingBoxItemSlack = { type: 'folder'; id: string };

export type IntegrationMappingPartnerItemSlack = {
  type: 'channel';
  id: string;
  slack_workspace_id?: string | null | undefined;
  slack_org_id?: string | null | undefined;
};

export type IntegrationMappingPartnerItemTeams = { type: 'channel' | 'team'; id: string; tenant_id: string };

export type IntegrationMappingPartnerItemTeamsCreateRequest = {
  type: 'channel' | 'team';
  id: string;
  tenant_id: string;
  team_id: string;
};

export type IntegrationMappingSlackCreateRequest = {
  partner_item: IntegrationMappingPartnerItemSlack;
  box_item: IntegrationMappingBoxItemSlack;
  options?: IntegrationMappingSlackOptions | undefined;
};

export type IntegrationMappingSlackOptions = { is_access_management_disabled?: boolean | undefined };

export type IntegrationMappingTeams = IntegrationMappingBase & {
  integration_type?: 'teams';
  is_overridden_by_manual_mapping?: boolean;
  partner_item?: IntegrationMappingPartnerItemTeams;
  box_item?: FolderReference;
  created_at?: string;
  modified_at?: string;
};

export type IntegrationMappingTeamsCreateRequest = {
  partner_item: IntegrationMappingPartnerItemTeamsCreateRequest;
  box_item: FolderReference;
};

export type IntegrationMappings = {
  limit?: number;
  next_marker?: string | null;
  entries?: readonly IntegrationMapping[];
};

export type IntegrationMappingsTeams = { entries?: readonly IntegrationMappingTeams[] };

export type Invite = {
  id: string;
  type: 'invite';
  invited_to?: { id?: string; type?: 'enterprise'; name?: string };
  actionable_by?: UserMini;
  invited_by?: UserMini;
  status?: string;
  created_at?: string;
  modified_at?: string;
};

export type Item = FileFull | FolderMini | WebLink;

export type Items = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  total_count?: number;
  offset?: number;
  order?: readonly { by?: string; direction?: 'ASC' | 'DESC' }[];
  entries?: readonly Item[];
};

export type ItemsOffsetPaginated = {
  total_count?: number;
  limit?: number;
  offset?: number;
  order?: readonly { by?: string; direction?: 'ASC' | 'DESC' }[];
  entries?: readonly Item[];
};

export type KeysafeSettings = {
  keysafe_enabled?: boolean;
  cloud_provider?: string | null;
  key_id?: string | null;
  account_id?: string | null;
  location_id?: string | null;
  project_id?: string | null;
  keyring_id?: string | null;
};

export type KeywordSkillCard = {
  created_at?: string | undefined;
  type: 'skill_card';
  skill_card_type: 'keyword';
  skill_card_title?: { code?: string | undefined; message: string } | undefined;
  skill: { type: 'service'; id: string };
  invocation: { type: 'skill_invocation'; id: string };
  entries: readonly { text?: string | undefined }[];
};

export type LegalHoldPolicies = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly LegalHoldPolicy[];
};

export type LegalHoldPolicy = LegalHoldPolicyMini & {
  policy_name?: string;
  description?: string;
  status?: 'active' | 'applying' | 'releasing' | 'released';
  assignment_counts?: {
    user?: number;
    folder?: number;
    file?: number;
    file_version?: number;
    ownership?: number;
    interactions?: number;
  };
  created_by?: UserMini;
  created_at?: string;
  modified_at?: string;
  deleted_at?: string;
  filter_started_at?: string;
  filter_ended_at?: string;
  release_notes?: string;
};

export type LegalHoldPolicyAssignedItem = {
  type: 'file' | 'file_version' | 'folder' | 'user' | 'ownership' | 'interactions';
  id: string;
};

export type LegalHoldPolicyAssignment = LegalHoldPolicyAssignmentBase & {
  legal_hold_policy?: LegalHoldPolicyMini;
  assigned_to?: LegalHoldPolicyAssignedItem;
  assigned_by?: UserMini;
  assigned_at?: string;
  deleted_at?: string;
};

export type LegalHoldPolicyAssignmentBase = { id?: string; type?: 'legal_hold_policy_assignment' };

export type LegalHoldPolicyAssignments = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly LegalHoldPolicyAssignment[];
};

export type LegalHoldPolicyMini = { id: string; type: 'legal_hold_policy' };

export type ListUser = { id?: number | null; name?: string | null; email?: string | null };

export type Metadata = MetadataBase;

export type MetadataBase = {
  $parent?: string;
  $template?: string;
  $scope?: string;
  $version?: number;
};

export type MetadataCascadePolicies = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly MetadataCascadePolicy[];
};

export type MetadataCascadePolicy = {
  id: string;
  type: 'metadata_cascade_policy';
  owner_enterprise?: { type?: 'enterprise'; id?: string };
  parent?: { type?: 'folder'; id?: string };
  scope?: string;
  templateKey?: string;
};

export type MetadataError = { code?: string; message?: string; request_id?: string };

export type MetadataFieldFilterDateRange = { lt?: string; gt?: string };

export type MetadataFieldFilterFloatRange = { lt?: number; gt?: number };

export type MetadataFilter = {
  scope?: 'global' | 'enterprise' | 'enterprise_{enterprise_id}';
  templateKey?: string;
  filters?: { [key: string]: MetadataFilterValue };
};

export type MetadataFilterValue =
  | string
  | number
  | readonly string[]
  | MetadataFieldFilterFloatRange
  | MetadataFieldFilterDateRange;

export type MetadataFull = Metadata & {
  $canEdit?: boolean;
  $id?: string;
  $type?: string;
  $typeVersion?: number;
  [key: string]: unknown;
};

export type MetadataInstanceValue = string | number | readonly string[];

export type MetadataQuery = {
  from: string;
  query?: string | undefined;
  query_params?: { [key: string]: unknown } | undefined;
  ancestor_folder_id: string;
  order_by?: readonly {
    field_key?: string | undefined;
    direction?: 'ASC' | 'DESC' | 'asc' | 'desc' | undefined;
  }[] | undefined;
  limit?: number | undefined;
  marker?: string | undefined;
  fields?: readonly string[] | undefined;
};

export type MetadataQueryResultItem = FileFull | FolderFull;

export type MetadataQueryResults = {
  entries?: readonly MetadataQueryResultItem[];
  limit?: number;
  next_marker?: string;
};

export type MetadataTaxonomies = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly MetadataTaxonomy[];
};

export type MetadataTaxonomy = {
  id: string;
  key?: string;
  displayName: string;
  namespace: string;
  levels?: readonly MetadataTaxonomyLevel[];
};

export type MetadataTaxonomyAncestor = { id?: string; displayName?: string; level?: number };

export type MetadataTaxonomyLevel = {
  displayName?: string | undefined;
  description?: string | undefined;
  level?: number | undefined;
};

export type MetadataTaxonomyLevels = { entries?: readonly MetadataTaxonomyLevel[] };

export type MetadataTaxonomyNode = {
  id: string;
  displayName: string;
  level: number;
  parentId?: string;
  nodePath?: readonly string[];
  ancestors?: readonly MetadataTaxonomyAncestor[];
};

export type MetadataTaxonomyNodes = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly MetadataTaxonomyNode[];
};

export type MetadataTemplate = {
  id: string;
  type: 'metadata_template';
  scope?: string;
  templateKey?: string;
  displayName?: string;
  hidden?: boolean;
  fields?: readonly {
    type: 'string' | 'float' | 'date' | 'enum' | 'multiSelect' | 'taxonomy' | 'integer';
    key: string;
    displayName: string;
    description?: string;
    hidden?: boolean;
    options?: readonly { key: string; id?: string }[];
    taxonomyKey?: string;
    taxonomyId?: string;
    namespace?: string;
    optionsRules?: { multiSelect?: boolean; selectableLevels?: readonly number[] };
    id?: string;
  }[];
  copyInstanceOnItemCopy?: boolean;
};

export type MetadataTemplates = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly MetadataTemplate[];
};

export type Metadatas = { entries?: readonly Metadata[]; limit?: number };

export type NotesConvertRequestBody = {
  content: string;
  content_format: 'markdown';
  parent: FolderReferenceV2026;
  name: string;
};

export type NotesConvertResponse = { type: 'file'; id: string };

export type OAuth2Error = { error?: string; error_description?: string };

export type Outcome = {
  id: string;
  collaborators?: CollaboratorVariable | undefined;
  completion_rule?: CompletionRuleVariable | undefined;
  file_collaborator_role?: RoleVariable | undefined;
  task_collaborators?: CollaboratorVariable | undefined;
  role?: RoleVariable | undefined;
};

export type PostOAuth2Revoke = { client_id: string; client_secret: string; token: string };

export type PostOAuth2Token = {
  grant_type:
    | 'authorization_code'
    | 'refresh_token'
    | 'client_credentials'
    | 'urn:ietf:params:oauth:grant-type:jwt-bearer'
    | 'urn:ietf:params:oauth:grant-type:token-exchange';
  client_id?: string | undefined;
  client_secret?: string | undefined;
  code?: string | undefined;
  refresh_token?: string | undefined;
  assertion?: string | undefined;
  subject_token?: string | undefined;
  subject_token_type?: 'urn:ietf:params:oauth:token-type:access_token' | undefined;
  actor_token?: string | undefined;
  actor_token_type?: 'urn:ietf:params:oauth:token-type:id_token' | undefined;
  scope?: string | undefined;
  resource?: string | undefined;
  box_subject_type?: 'enterprise' | 'user' | undefined;
  box_subject_id?: string | undefined;
  box_shared_link?: string | undefined;
};

export type PostOAuth2TokenRefreshAccessToken = {
  grant_type: 'refresh_token';
  client_id: string;
  client_secret: string;
  refresh_token: string;
};

export type RealtimeServer = {
  type?: string;
  url?: string;
  ttl?: string;
  max_retries?: string;
  retry_timeout?: number;
};

export type RealtimeServers = { chunk_size?: number; entries?: readonly RealtimeServer[] };

export type RecentItem = {
  type?: string;
  item?: RecentItemResource;
  interaction_type?: 'item_preview' | 'item_upload' | 'item_comment' | 'item_open' | 'item_modify';
  interacted_at?: string;
  interaction_shared_link?: string;
};

export type RecentItemResource = FileFull | FolderFull | WebLink;

export type RecentItems = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly RecentItem[];
};

export type Resource = FolderMini | FileMini;

export type ResourceScope = {
  scope?:
    | 'annotation_edit'
    | 'annotation_view_all'
    | 'annotation_view_self'
    | 'base_explorer'
    | 'base_picker'
    | 'base_preview'
    | 'base_upload'
    | 'item_delete'
    | 'item_download'
    | 'item_preview'
    | 'item_rename'
    | 'item_share'
    | 'item_upload'
    | 'item_read';
  object?: Resource;
};

export type RetentionPolicies = {
  entries?: readonly RetentionPolicy[];
  limit?: number;
  next_marker?: string | null;
};

export type RetentionPolicy = RetentionPolicyMini & {
  description?: string;
  policy_type?: 'finite' | 'indefinite';
  retention_type?: 'modifiable' | 'non_modifiable';
  status?: 'active' | 'retired';
  created_by?: UserMini;
  created_at?: string;
  modified_at?: string;
  can_owner_extend_retention?: boolean;
  are_owners_notified?: boolean;
  custom_notification_recipients?: readonly UserMini[];
  assignment_counts?: { enterprise?: number; folder?: number; metadata_template?: number };
};

export type RetentionPolicyAssignment = {
  id: string;
  type: 'retention_policy_assignment';
  retention_policy?: RetentionPolicyMini;
  assigned_to?: {
    id?: string | null;
    type?: 'folder' | 'enterprise' | 'metadata_template';
  };
  filter_fields?: readonly ({ field?: string | null; value?: string | null } | null)[] | null;
  assigned_by?: UserMini;
  assigned_at?: string;
  start_date_field?: string;
};

export type RetentionPolicyAssignments = {
  entries?: readonly RetentionPolicyAssignment[];
  limit?: number;
  next_marker?: string | null;
};

export type RetentionPolicyBase = { id: string; type: 'retention_policy' };

export type RetentionPolicyMaxExtensionLengthRequest = 'none' | string | number;

export type RetentionPolicyMaxExtensionLengthResponse = 'none' | string;

export type RetentionPolicyMini = RetentionPolicyBase & {
  policy_name?: string;
  retention_length?: string;
  disposition_action?: 'permanently_delete' | 'remove_retention';
  max_extension_length?: RetentionPolicyMaxExtensionLengthResponse;
};

export type RoleVariable = {
  type: 'variable';
  variable_type: 'collaborator_role';
  variable_value:
    | 'editor'
    | 'viewer'
    | 'previewer'
    | 'uploader'
    | 'previewer uploader'
    | 'viewer uploader'
    | 'co-owner';
};

export type SearchResultItem = FileFull | FolderFull | WebLink;

export type SearchResultWithSharedLink = {
  accessible_via_shared_link?: string;
  item?: SearchResultWithSharedLinkItem;
  type?: string;
};

export type SearchResultWithSharedLinkItem = FileFull | FolderFull | WebLink;

export type SearchResults = {
  total_count?: number;
  limit?: number;
  offset?: number;
  type?: 'search_results_items';
  entries?: readonly SearchResultItem[];
};

export type SearchResultsResponse = SearchResults | SearchResultsWithSharedLinks;

export type SearchResultsWithSharedLinks = {
  total_count?: number;
  limit?: number;
  offset?: number;
  type?: 'search_results_with_shared_links';
  entries?: readonly SearchResultWithSharedLink[];
};

export type SessionTerminationMessage = { message?: string };

export type SharedLinkPermissions = {
  shared_links_option?: string | null;
  default_shared_link_type?: string | null;
  notes_shared_link_option?: string | null;
  default_notes_shared_link_type?: string | null;
};

export type ShieldInformationBarrier = {
  id?: string;
  type?: 'shield_information_barrier';
  enterprise?: EnterpriseBase;
  status?: 'draft' | 'pending' | 'disabled' | 'enabled' | 'invalid';
  created_at?: string;
  created_by?: UserBase;
  updated_at?: string;
  updated_by?: UserBase;
  enabled_at?: string;
  enabled_by?: UserBase;
};

export type ShieldInformationBarrierBase = {
  id?: string | undefined;
  type?: 'shield_information_barrier' | undefined;
};

export type ShieldInformationBarrierReference = {
  shield_information_barrier?: ShieldInformationBarrierBase | undefined;
};

export type ShieldInformationBarrierReport = ShieldInformationBarrierReportBase & {
  shield_information_barrier?: ShieldInformationBarrierReference;
  status?: 'pending' | 'error' | 'done' | 'cancelled';
  details?: ShieldInformationBarrierReportDetails;
  created_at?: string;
  created_by?: UserBase;
  updated_at?: string;
};

export type ShieldInformationBarrierReportBase = { id?: string; type?: 'shield_information_barrier_report' };

export type ShieldInformationBarrierReportDetails = { details?: { folder_id?: string } };

export type ShieldInformationBarrierReports = {
  limit?: number;
  next_marker?: string | null;
  entries?: readonly ShieldInformationBarrierReport[];
};

export type ShieldInformationBarrierSegment = {
  id?: string;
  type?: 'shield_information_barrier_segment';
  shield_information_barrier?: ShieldInformationBarrierBase;
  name?: string;
  description?: string;
  created_at?: string;
  created_by?: UserBase;
  updated_at?: string;
  updated_by?: UserBase;
};

export type ShieldInformationBarrierSegmentMember = ShieldInformationBarrierSegmentMemberMini & {
  shield_information_barrier?: ShieldInformationBarrierBase;
  shield_information_barrier_segment?: { id?: string; type?: 'shield_information_barrier_segment' };
  user?: UserBase;
  created_at?: string;
  created_by?: UserBase;
  updated_at?: string;
  updated_by?: UserBase;
};

export type ShieldInformationBarrierSegmentMemberBase = { id?: string; type?: 'shield_information_barrier_segment_member' };

export type ShieldInformationBarrierSegmentMemberMini = ShieldInformationBarrierSegmentMemberBase & { user?: UserBase };

export type ShieldInformationBarrierSegmentMembers = {
  limit?: number;
  next_marker?: string | null;
  entries?: readonly ShieldInformationBarrierSegmentMember[];
};

export type ShieldInformationBarrierSegmentRestriction = ShieldInformationBarrierSegmentRestrictionMini & {
  shield_information_barrier?: ShieldInformationBarrierBase;
  created_at?: string;
  created_by?: UserBase;
  updated_at?: string;
  updated_by?: UserBase;
};

export type ShieldInformationBarrierSegmentRestrictionBase = { type?: 'shield_information_barrier_segment_restriction'; id?: string };

export type ShieldInformationBarrierSegmentRestrictionMini = ShieldInformationBarrierSegmentRestrictionBase & {
  shield_information_barrier_segment?: { id?: string; type?: 'shield_information_barrier_segment' };
  restricted_segment?: { id?: string; type?: 'shield_information_barrier_segment' };
};

export type ShieldInformationBarrierSegmentRestrictions = {
  limit?: number;
  next_marker?: string | null;
  entries?: readonly ShieldInformationBarrierSegmentRestriction[];
};

export type ShieldInformationBarrierSegments = {
  limit?: number;
  next_marker?: string | null;
  entries?: readonly ShieldInformationBarrierSegment[];
};

export type ShieldInformationBarriers = {
  limit?: number;
  next_marker?: string | null;
  entries?: readonly ShieldInformationBarrier[];
};

export type ShieldList = {
  id: string;
  type: string;
  name: string;
  enterprise: EnterpriseReference;
  description?: string;
  created_at: string;
  updated_at: string;
  content: ShieldListContent;
};

export type ShieldListContent =
  | ShieldListContentCountry
  | ShieldListContentDomain
  | ShieldListContentEmail
  | ShieldListContentIp
  | ShieldListContentIntegration;

export type ShieldListContentCountry = { type: 'country'; country_codes: readonly string[] };

export type ShieldListContentDomain = { type: 'domain'; domains: readonly string[] };

export type ShieldListContentEmail = { type: 'email'; email_addresses: readonly string[] };

export type ShieldListContentIntegration = { type: 'integration'; integrations: readonly { id?: string }[] };

export type ShieldListContentIp = { type: 'ip'; ip_addresses: readonly string[] };

export type ShieldListContentRequest =
  | ShieldListContentCountry
  | ShieldListContentDomain
  | ShieldListContentEmail
  | ShieldListContentIp;

export type ShieldListMini = {
  id: string;
  type: 'shield_list';
  name: string;
  content: { type?: string };
};

export type ShieldLists = { entries?: readonly ShieldListMini[] };

export type ShieldListsCreate = {
  name: string;
  description?: string | undefined;
  content: ShieldListContentRequest;
};

export type ShieldListsUpdate = {
  name: string;
  description?: string | undefined;
  content: ShieldListContentRequest;
};

export type ShieldRuleItem = {
  id?: string;
  type?: 'shield_rule';
  rule_category?: string;
  name?: string;
  description?: string;
  priority?: 'informational' | 'low' | 'medium' | 'high' | 'critical';
  created_at?: string;
  modified_at?: string;
};

export type SignRequest = SignRequestBase & {
  type?: 'sign-request';
  source_files?: readonly FileBase[];
  signers?: readonly SignRequestSigner[];
  signature_color?: string | null;
  id?: string;
  prepare_url?: string | null;
  signing_log?: FileMini;
  status?:
    | 'converting'
    | 'created'
    | 'sent'
    | 'viewed'
    | 'signed'
    | 'cancelled'
    | 'declined'
    | 'error'
    | 'error_converting'
    | 'error_sending'
    | 'expired'
    | 'finalizing'
    | 'error_finalizing';
  sign_files?: { files?: readonly FileMini[]; is_ready_for_download?: boolean };
  auto_expire_at?: string | null;
  parent_folder?: FolderMini;
  collaborator_level?: string | null;
  short_id?: string;
  created_at?: string;
  finished_at?: string | null;
  error_code?: string | null;
  sender_email?: string | null;
  sender_id?: number | null;
};

export type SignRequestBase = {
  is_document_preparation_needed?: boolean | undefined;
  redirect_url?: string | null | undefined;
  declined_redirect_url?: string | null | undefined;
  are_text_signatures_enabled?: boolean | undefined;
  email_subject?: string | null | undefined;
  email_message?: string | null | undefined;
  are_reminders_enabled?: boolean | undefined;
  name?: string | undefined;
  prefill_tags?: readonly SignRequestPrefillTag[] | undefined;
  days_valid?: number | null | undefined;
  external_id?: string | null | undefined;
  template_id?: string | null | undefined;
  external_system_name?: string | null | undefined;
  request_flow?: string | null | undefined;
};

export type SignRequestCancelRequest = { reason?: string | undefined };

export type SignRequestCreateRequest = SignRequestBase & {
  source_files?: readonly FileBase[] | null | undefined;
  signature_color?: 'blue' | 'black' | 'red' | null | undefined;
  signers?: readonly SignRequestCreateSigner[] | undefined;
  parent_folder?: FolderMini | undefined;
};

export type SignRequestCreateSigner = {
  email?: string | null | undefined;
  role?: 'signer' | 'approver' | 'final_copy_reader' | undefined;
  is_in_person?: boolean | undefined;
  order?: number | undefined;
  embed_url_external_user_id?: string | null | undefined;
  redirect_url?: string | null | undefined;
  declined_redirect_url?: string | null | undefined;
  login_required?: boolean | null | undefined;
  verification_phone_number?: string | null | undefined;
  password?: string | null | undefined;
  signer_group_id?: string | null | undefined;
  suppress_notifications?: boolean | null | undefined;
  language?: string | null | undefined;
};

export type SignRequestPrefillTag = {
  document_tag_id?: string | null | undefined;
  text_value?: string | null | undefined;
  checkbox_value?: boolean | null | undefined;
  date_value?: string | null | undefined;
};

export type SignRequestSigner = SignRequestCreateSigner & {
  has_viewed_document?: boolean;
  signer_decision?: {
    type?: 'signed' | 'declined';
    finalized_at?: string;
    additional_info?: string | null;
  } | null;
  inputs?: readonly SignRequestSignerInput[];
  embed_url?: string | null;
  iframeable_embed_url?: string | null;
  attachments?: readonly SignRequestSignerAttachment[] | null;
};

export type SignRequestSignerAttachment = { id?: string | null; name?: string | null };

export type SignRequestSignerInput = SignRequestPrefillTag & {
  type?: 'signature' | 'date' | 'text' | 'checkbox' | 'radio' | 'dropdown';
  content_type?:
    | 'signature'
    | 'initial'
    | 'stamp'
    | 'date'
    | 'checkbox'
    | 'text'
    | 'full_name'
    | 'first_name'
    | 'last_name'
    | 'company'
    | 'title'
    | 'email'
    | 'attachment'
    | 'radio'
    | 'dropdown';
  page_index?: number;
  read_only?: boolean;
  validation?: SignRequestSignerInputValidation | null;
  reason?: string | null;
  is_validated?: boolean | null;
};

export type SignRequestSignerInputCustomValidation = {
  validation_type: 'custom';
  custom_regex: string | null;
  custom_error_message: string | null;
};

export type SignRequestSignerInputDateAsiaValidation = { validation_type?: 'date_asia' };

export type SignRequestSignerInputDateEUValidation = { validation_type?: 'date_eu' };

export type SignRequestSignerInputDateISOValidation = { validation_type?: 'date_iso' };

export type SignRequestSignerInputDateUSValidation = { validation_type?: 'date_us' };

export type SignRequestSignerInputEmailValidation = { validation_type: 'email' };

export type SignRequestSignerInputNumberWithCommaValidation = { validation_type?: 'number_with_comma' };

export type SignRequestSignerInputNumberWithPeriodValidation = { validation_type?: 'number_with_period' };

export type SignRequestSignerInputSSNValidation = { validation_type: 'ssn' };

export type SignRequestSignerInputValidation =
  | SignRequestSignerInputEmailValidation
  | SignRequestSignerInputCustomValidation
  | SignRequestSignerInputZIPValidation
  | SignRequestSignerInputZIP4Validation
  | SignRequestSignerInputSSNValidation
  | SignRequestSignerInputNumberWithPeriodValidation
  | SignRequestSignerInputNumberWithCommaValidation
  | SignRequestSignerInputDateISOValidation
  | SignRequestSignerInputDateUSValidation
  | SignRequestSignerInputDateEUValidation
  | SignRequestSignerInputDateAsiaValidation;

export type SignRequestSignerInputZIP4Validation = { validation_type: 'zip_4' };

export type SignRequestSignerInputZIPValidation = { validation_type: 'zip' };

export type SignRequests = {
  limit?: number;
  next_marker?: string | null;
  entries?: readonly SignRequest[];
};

export type SignTemplate = {
  type?: 'sign-template';
  id?: string;
  name?: string | null;
  email_subject?: string | null;
  email_message?: string | null;
  days_valid?: number | null;
  parent_folder?: FolderMini;
  source_files?: readonly FileMini[];
  are_fields_locked?: boolean;
  are_options_locked?: boolean;
  are_recipients_locked?: boolean;
  are_email_settings_locked?: boolean;
  are_files_locked?: boolean;
  signers?: readonly TemplateSigner[];
  additional_info?: {
    non_editable?: readonly ('email_subject' | 'email_message' | 'name' | 'days_valid' | 'signers' | 'source_files')[];
    required?: { signers?: readonly (readonly 'email'[])[] };
  };
  ready_sign_link?: {
    url?: string;
    name?: string | null;
    instructions?: string | null;
    folder_id?: string | null;
    is_notification_disabled?: boolean;
    is_active?: boolean;
  } | null;
  custom_branding?: {
    company_name?: string | null;
    logo_uri?: string | null;
    branding_color?: string | null;
    email_footer_text?: string | null;
  } | null;
  request_flow?: string | null;
};

export type SignTemplates = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly SignTemplate[];
};

export type SkillCard = KeywordSkillCard | TimelineSkillCard | TranscriptSkillCard | StatusSkillCard;

export type SkillCardsMetadata = {
  $canEdit?: boolean;
  $id?: string;
  $parent?: string;
  $scope?: string;
  $template?: string;
  $type?: string;
  $typeVersion?: number;
  $version?: number;
  cards?: readonly SkillCard[];
};

export type StatusSkillCard = {
  created_at?: string | undefined;
  type: 'skill_card';
  skill_card_type: 'status';
  skill_card_title?: { code?: string | undefined; message: string } | undefined;
  status: {
    code: 'invoked' | 'processing' | 'success' | 'transient_failure' | 'permanent_failure';
    message?: string | undefined;
  };
  skill: { type: 'service'; id: string };
  invocation: { type: 'skill_invocation'; id: string };
};

export type StoragePolicies = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly StoragePolicy[];
};

export type StoragePolicy = StoragePolicyMini & { name?: string };

export type StoragePolicyAssignment = {
  id: string;
  type: 'storage_policy_assignment';
  storage_policy?: StoragePolicyMini;
  assigned_to?: { id?: string; type?: string };
};

export type StoragePolicyAssignments = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly StoragePolicyAssignment[];
};

export type StoragePolicyMini = { id: string; type: 'storage_policy' };

export type Task = {
  id?: string;
  type?: 'task';
  item?: FileMini;
  due_at?: string;
  action?: 'review' | 'complete';
  message?: string;
  task_assignment_collection?: TaskAssignments;
  is_completed?: boolean;
  created_by?: UserMini;
  created_at?: string;
  completion_rule?: 'all_assignees' | 'any_assignee';
};

export type TaskAssignment = {
  id?: string;
  type?: 'task_assignment';
  item?: FileMini;
  assigned_to?: UserMini;
  message?: string;
  completed_at?: string;
  assigned_at?: string;
  reminded_at?: string;
  resolution_state?: 'completed' | 'incomplete' | 'approved' | 'rejected';
  assigned_by?: UserMini;
};

export type TaskAssignments = { total_count?: number; entries?: readonly TaskAssignment[] };

export type Tasks = { total_count?: number; entries?: readonly Task[] };

export type TemplateSigner = {
  inputs?: readonly TemplateSignerInput[];
  email?: string | null;
  role?: 'signer' | 'approver' | 'final_copy_reader';
  is_in_person?: boolean;
  order?: number;
  signer_group_id?: string | null;
  label?: string | null;
  public_id?: string;
  is_password_required?: boolean | null;
  is_phone_number_required?: boolean | null;
  login_required?: boolean | null;
};

export type TemplateSignerInput = SignRequestPrefillTag & {
  type?: 'signature' | 'date' | 'text' | 'checkbox' | 'attachment' | 'radio' | 'dropdown';
  content_type?:
    | 'signature'
    | 'initial'
    | 'stamp'
    | 'date'
    | 'checkbox'
    | 'text'
    | 'full_name'
    | 'first_name'
    | 'last_name'
    | 'company'
    | 'title'
    | 'email'
    | 'attachment'
    | 'radio'
    | 'dropdown';
  is_required?: boolean;
  page_index?: number;
  document_id?: string | null;
  dropdown_choices?: readonly string[] | null;
  group_id?: string | null;
  coordinates?: { x?: number; y?: number };
  dimensions?: { width?: number; height?: number };
  label?: string | null;
  read_only?: boolean;
  validation?: SignRequestSignerInputValidation | null;
};

export type TermsOfService = TermsOfServiceBase & {
  status?: 'enabled' | 'disabled';
  enterprise?: { id?: string; type?: 'enterprise'; name?: string };
  tos_type?: 'managed' | 'external';
  text?: string;
  created_at?: string;
  modified_at?: string;
};

export type TermsOfServiceBase = { id: string; type: 'terms_of_service' };

export type TermsOfServiceBaseV2025 = { id: string; type: 'terms_of_service' };

export type TermsOfServiceUserStatus = {
  id: string;
  type: 'terms_of_service_user_status';
  tos?: TermsOfServiceBase;
  user?: UserMini;
  is_accepted?: boolean;
  created_at?: string;
  modified_at?: string;
};

export type TermsOfServiceUserStatuses = { total_count?: number; entries?: readonly TermsOfServiceUserStatus[] };

export type TermsOfServices = { total_count?: number; entries?: readonly TermsOfService[] };

export type TimelineSkillCard = {
  created_at?: string | undefined;
  type: 'skill_card';
  skill_card_type: 'timeline';
  skill_card_title?: { code?: string | undefined; message: string } | undefined;
  skill: { type: 'service'; id: string };
  invocation: { type: 'skill_invocation'; id: string };
  duration?: number | undefined;
  entries: readonly {
    text?: string | undefined;
    appears?: readonly { start?: number | undefined; end?: number | undefined }[] | undefined;
    image_url?: string | undefined;
  }[];
};

export type TrackingCode = {
  type?: 'tracking_code' | undefined;
  name?: string | undefined;
  value?: string | undefined;
};

export type TranscriptSkillCard = {
  created_at?: string | undefined;
  type: 'skill_card';
  skill_card_type: 'transcript';
  skill_card_title?: { code?: string | undefined; message: string } | undefined;
  skill: { type: 'service'; id: string };
  invocation: { type: 'skill_invocation'; id: string };
  duration?: number | undefined;
  entries: readonly {
    text?: string | undefined;
    appears?: readonly { start?: number | undefined }[] | undefined;
  }[];
};

export type TrashFile = {
  id: string;
  etag?: string | null;
  type: 'file';
  sequence_id: string | null;
  name?: string;
  sha1: string;
  file_version?: FileVersionMini;
  description: string;
  size: number;
  path_collection: {
    total_count: number;
    entries: readonly {
      type?: 'folder';
      id?: string;
      sequence_id?: string | null;
      etag?: string | null;
      name?: string;
    }[];
  };
  created_at: string;
  modified_at: string;
  trashed_at?: string | null;
  purged_at?: string | null;
  content_created_at?: string | null;
  content_modified_at?: string | null;
  created_by?: UserMini;
  modified_by: UserMini;
  owned_by: UserMini;
  shared_link?: string | null;
  parent?: FolderMini | null;
  item_status: 'active' | 'trashed' | 'deleted';
};

export type TrashFileRestored = {
  id: string;
  etag?: string | null;
  type: 'file';
  sequence_id: string | null;
  name?: string;
  sha1: string;
  file_version?: FileVersionMini;
  description: string;
  size: number;
  path_collection: { total_count: number; entries: readonly FolderMini[] };
  created_at: string;
  modified_at: string;
  trashed_at?: string | null;
  purged_at?: string | null;
  content_created_at?: string | null;
  content_modified_at?: string | null;
  created_by?: UserMini;
  modified_by: UserMini;
  owned_by: UserMini;
  shared_link?: string | null;
  parent?: FolderMini | null;
  item_status: 'active' | 'trashed' | 'deleted';
};

export type TrashFolder = {
  id: string;
  etag?: string | null;
  type: 'folder';
  sequence_id?: string | null;
  name: string;
  created_at?: string | null;
  modified_at?: string | null;
  description: string;
  size: number;
  path_collection: {
    total_count: number;
    entries: readonly {
      type?: 'folder';
      id?: string;
      sequence_id?: string | null;
      etag?: string | null;
      name?: string;
    }[];
  };
  created_by: UserMini;
  modified_by: UserMini;
  trashed_at?: string | null;
  purged_at?: string | null;
  content_created_at?: string | null;
  content_modified_at?: string | null;
  owned_by: UserMini;
  shared_link?: string | null;
  folder_upload_email?: string | null;
  parent?: FolderMini | null;
  item_status: 'active' | 'trashed' | 'deleted';
};

export type TrashFolderRestored = {
  id?: string;
  etag?: string | null;
  type?: 'folder';
  sequence_id?: string | null;
  name?: string;
  created_at?: string | null;
  modified_at?: string | null;
  description?: string;
  size?: number;
  path_collection?: { total_count: number; entries: readonly FolderMini[] };
  created_by?: UserMini;
  modified_by?: UserMini;
  trashed_at?: string | null;
  purged_at?: string | null;
  content_created_at?: string | null;
  content_modified_at?: string | null;
  owned_by?: UserMini;
  shared_link?: string | null;
  folder_upload_email?: string | null;
  parent?: FolderMini | null;
  item_status?: 'active' | 'trashed' | 'deleted';
};

export type TrashWebLink = {
  type?: 'web_link';
  id?: string;
  sequence_id?: string | null;
  etag?: string;
  name?: string;
  url?: string;
  parent?: FolderMini;
  description?: string;
  path_collection?: {
    total_count: number;
    entries: readonly {
      type?: 'folder';
      id?: string;
      sequence_id?: string | null;
      etag?: string | null;
      name?: string;
    }[];
  };
  created_at?: string;
  modified_at?: string;
  trashed_at?: string | null;
  purged_at?: string | null;
  created_by?: UserMini;
  modified_by?: UserMini;
  owned_by?: UserMini;
  shared_link?: string | null;
  item_status?: 'active' | 'trashed' | 'deleted';
};

export type TrashWebLinkRestored = {
  type?: 'web_link';
  id?: string;
  sequence_id: string | null;
  etag?: string;
  name?: string;
  url?: string;
  parent?: FolderMini;
  description?: string;
  path_collection: { total_count: number; entries: readonly FolderMini[] };
  created_at?: string;
  modified_at?: string;
  trashed_at?: string | null;
  purged_at?: string | null;
  created_by?: UserMini;
  modified_by?: UserMini;
  owned_by?: UserMini;
  shared_link?: string | null;
  item_status?: 'active' | 'trashed' | 'deleted';
};

export type UploadPart = UploadPartMini & { sha1?: string | undefined };

export type UploadPartMini = {
  part_id?: string | undefined;
  offset?: number | undefined;
  size?: number | undefined;
};

export type UploadParts = {
  total_count?: number;
  limit?: number;
  offset?: number;
  order?: readonly { by?: string; direction?: 'ASC' | 'DESC' }[];
  entries?: readonly UploadPart[];
};

export type UploadSession = {
  id?: string;
  type?: 'upload_session';
  session_expires_at?: string;
  part_size?: number;
  total_parts?: number;
  num_parts_processed?: number;
  session_endpoints?: {
    upload_part?: string;
    commit?: string;
    abort?: string;
    list_parts?: string;
    status?: string;
    log_event?: string;
  };
};

export type UploadUrl = { upload_url?: string; upload_token?: string };

export type UploadedPart = { part?: UploadPart };

export type User = UserMini & {
  created_at?: string;
  modified_at?: string;
  language?: string;
  timezone?: string;
  space_amount?: number;
  space_used?: number;
  max_upload_size?: number;
  status?: 'active' | 'inactive' | 'cannot_delete_edit' | 'cannot_delete_edit_upload';
  job_title?: string;
  phone?: string;
  address?: string;
  avatar_url?: string;
  notification_email?: { email?: string; is_confirmed?: boolean } | null;
};

export type UserAvatar = { pic_urls?: { small?: string; large?: string; preview?: string } };

export type UserBase = { id: string; type: 'user' };

export type UserBaseV2025 = { id: string; type: 'user' };

export type UserBaseV2026 = { id: string; type: 'user' };

export type UserCollaborations = UserBase & { name?: string; login?: string; is_active?: boolean };

export type UserFull = User & {
  role?: 'admin' | 'coadmin' | 'user';
  tracking_codes?: readonly TrackingCode[];
  can_see_managed_users?: boolean;
  is_sync_enabled?: boolean;
  is_external_collab_restricted?: boolean;
  is_exempt_from_device_limits?: boolean;
  is_exempt_from_login_verification?: boolean;
  enterprise?: { id?: string; type?: 'enterprise'; name?: string };
  my_tags?: readonly string[];
  hostname?: string;
  is_platform_access_only?: boolean;
  external_app_user_id?: string;
};

export type UserIntegrationMappings = UserBase & { name?: string; login?: string };

export type UserMini = UserBase & { name?: string | undefined; login?: string | undefined };

export type UserMiniV2025 = UserBaseV2025 & { name?: string; login?: string };

export type UserMiniV2026 = UserBaseV2026 & { name?: string; login?: string };

export type UserOrGroupReference = { type?: 'user' | 'group'; id?: string };

export type UserReference = { type: 'user'; id: string };

export type UserTrackingCode = { id?: number | null; name?: string | null };

export type Users = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  total_count?: number;
  offset?: number;
  order?: readonly { by?: string; direction?: 'ASC' | 'DESC' }[];
  entries?: readonly UserFull[];
};

export type Watermark = { watermark?: { created_at?: string; modified_at?: string } };

export type WebLink = WebLinkMini & {
  parent?: FolderMini;
  description?: string;
  path_collection?: { total_count: number; entries: readonly FolderMini[] };
  created_at?: string;
  modified_at?: string;
  trashed_at?: string | null;
  purged_at?: string | null;
  created_by?: UserMini;
  modified_by?: UserMini;
  owned_by?: UserMini;
  shared_link?: {
    url: string;
    download_url?: string | null;
    vanity_url?: string | null;
    vanity_name?: string | null;
    access?: 'open' | 'company' | 'collaborators';
    effective_access: 'open' | 'company' | 'collaborators';
    effective_permission: 'can_edit' | 'can_download' | 'can_preview' | 'no_access';
    unshared_at?: string | null;
    is_password_enabled: boolean;
    permissions?: { can_download: boolean; can_preview: boolean; can_edit: boolean };
    download_count: number;
    preview_count: number;
  } | null;
  item_status?: 'active' | 'trashed' | 'deleted';
};

export type WebLinkBase = { id: string; type: 'web_link'; etag?: string };

export type WebLinkMini = WebLinkBase & { url?: string; sequence_id?: string | null; name?: string };

export type Webhook = WebhookMini & {
  created_by?: UserMini;
  created_at?: string;
  address?: string;
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
    | 'SIGN_REQUEST.SIGN_ERROR_FINALIZING')[];
};

export type WebhookMini = {
  id?: string;
  type?: 'webhook';
  target?: { id?: string; type?: 'file' | 'folder' };
};

export type Webhooks = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly WebhookMini[];
};

export type WeblinkReference = { type: 'web_link'; id: string };

export type Workflow = WorkflowMini & {
  flows?: readonly {
    id?: string;
    type?: 'flow';
    trigger?: {
      type?: 'trigger';
      trigger_type?: 'WORKFLOW_MANUAL_START';
      scope?: readonly {
        type?: 'trigger_scope';
        ref?: string;
        object?: { type?: 'folder'; id?: string };
      }[];
    };
    outcomes?: readonly {
      id?: string;
      type?: 'outcome';
      name?: string;
      action_type?:
        | 'add_metadata'
        | 'assign_task'
        | 'copy_file'
        | 'copy_folder'
        | 'create_folder'
        | 'delete_file'
        | 'delete_folder'
        | 'lock_file'
        | 'move_file'
        | 'move_folder'
        | 'remove_watermark_file'
        | 'rename_folder'
        | 'restore_folder'
        | 'share_file'
        | 'share_folder'
        | 'unlock_file'
        | 'upload_file'
        | 'wait_for_task'
        | 'watermark_file'
        | 'go_back_to_step'
        | 'apply_file_classification'
        | 'apply_folder_classification'
        | 'send_notification';
      if_rejected?: readonly {
        id?: string;
        type?: 'outcome';
        name?: string;
        action_type?:
          | 'add_metadata'
          | 'assign_task'
          | 'copy_file'
          | 'copy_folder'
          | 'create_folder'
          | 'delete_file'
          | 'delete_folder'
          | 'lock_file'
          | 'move_file'
          | 'move_folder'
          | 'remove_watermark_file'
          | 'rename_folder'
          | 'restore_folder'
          | 'share_file'
          | 'share_folder'
          | 'unlock_file'
          | 'upload_file'
          | 'wait_for_task'
          | 'watermark_file'
          | 'go_back_to_step'
          | 'apply_file_classification'
          | 'apply_folder_classification'
          | 'send_notification';
      }[];
    }[];
    created_at?: string;
    created_by?: UserBase;
  }[];
};

export type WorkflowMini = {
  id?: string;
  type?: 'workflow';
  name?: string;
  description?: string;
  is_enabled?: boolean;
};

export type Workflows = {
  limit?: number;
  next_marker?: string | null;
  prev_marker?: string | null;
  entries?: readonly Workflow[];
};

export type ZipDownload = {
  download_url?: string;
  status_url?: string;
  expires_at?: string;
  name_conflicts?: readonly (readonly {
    id?: string;
    type?: 'file' | 'folder';
    original_name?: string;
    download_name?: string;
  }[])[];
};

export type ZipDownloadRequest = {
  items: readonly { type: 'file' | 'folder'; id: string }[];
  download_file_name?: string | undefined;
};

export type ZipDownloadStatus = {
  total_file_count?: number;
  downloaded_file_count?: number;
  skipped_file_count?: number;
  skipped_folder_count?: number;
  state?: 'in_progress' | 'failed' | 'succeeded';
};
