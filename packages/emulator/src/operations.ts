import { pathMatcher } from './http/path-pattern.ts';

/**
 * The operations of Box's API, emulated or not: a line for each path with its methods
 * (https://developer.box.com/reference/, and two that only Box's SDKs tell of). It tells a call that the emulator
 * lacks from one that Box would refuse as well.
 */
const OPERATIONS = `
/ai/ask POST
/ai/extract POST
/ai/extract_structured POST
/ai/text_gen POST
/ai_agent_default GET
/ai_agents GET POST
/ai_agents/:id PUT GET DELETE
/archives GET POST
/archives/:id DELETE PUT
/automate_workflows GET
/automate_workflows/:id/start POST
/collaboration_whitelist_entries GET POST
/collaboration_whitelist_entries/:id GET DELETE
/collaboration_whitelist_exempt_targets GET POST
/collaboration_whitelist_exempt_targets/:id GET DELETE
/collaborations GET POST
/collaborations/:id GET PUT DELETE
/collections GET
/collections/:id GET
/collections/:id/items GET
/comments POST
/comments/:id GET PUT DELETE
/device_pinners/:id GET DELETE
/docgen_batch_jobs/:id GET
/docgen_batches POST
/docgen_jobs GET
/docgen_jobs/:id GET
/docgen_template_jobs/:id GET
/docgen_templates POST GET
/docgen_templates/:id DELETE GET
/docgen_templates/:id/tags GET
/enterprise_configurations/:id GET
/enterprise_hubs GET
/enterprises/:id/device_pinners GET
/events GET OPTIONS
/external_users/submit_delete_job POST
/file_requests/:id GET PUT DELETE
/file_requests/:id/copy POST
/file_version_legal_holds GET
/file_version_legal_holds/:id GET
/file_version_retentions GET
/file_version_retentions/:id GET
/files/:id GET POST PUT DELETE
/files/:id/app_item_associations GET
/files/:id/collaborations GET
/files/:id/comments GET
/files/:id/content GET POST OPTIONS
/files/:id/copy POST
/files/:id/metadata GET
/files/:id/metadata/:id/:id GET POST PUT DELETE
/files/:id/metadata/enterprise/securityClassification-6VMVochwUWo GET POST PUT DELETE
/files/:id/metadata/global/boxSkillsCards GET POST PUT DELETE
/files/:id/tasks GET
/files/:id/thumbnail.:id GET
/files/:id/trash GET DELETE
/files/:id/upload_sessions POST
/files/:id/versions GET
/files/:id/versions/:id GET PUT DELETE
/files/:id/versions/current POST
/files/:id/watermark GET PUT DELETE
/files/content POST OPTIONS
/files/upload_sessions POST
/files/upload_sessions/:id GET PUT DELETE
/files/upload_sessions/:id/commit POST
/files/upload_sessions/:id/parts GET
/folder_locks GET POST
/folder_locks/:id DELETE
/folders POST
/folders/:id GET POST PUT DELETE
/folders/:id/app_item_associations GET
/folders/:id/collaborations GET
/folders/:id/copy POST
/folders/:id/items GET
/folders/:id/metadata GET
/folders/:id/metadata/:id/:id GET POST PUT DELETE
/folders/:id/metadata/enterprise/securityClassification-6VMVochwUWo GET POST PUT DELETE
/folders/:id/trash GET DELETE
/folders/:id/watermark GET PUT DELETE
/folders/trash/items GET
/group_memberships POST
/group_memberships/:id GET PUT DELETE
/groups GET POST
/groups/:id GET PUT DELETE
/groups/:id/collaborations GET
/groups/:id/memberships GET
/groups/terminate_sessions POST
/hub_collaborations GET POST
/hub_collaborations/:id GET PUT DELETE
/hub_document_blocks GET
/hub_document_pages GET
/hub_items GET
/hubs GET POST
/hubs/:id GET PUT DELETE
/hubs/:id/copy POST
/hubs/:id/manage_items POST
/integration_mappings/slack GET POST
/integration_mappings/slack/:id PUT DELETE
/integration_mappings/teams GET POST
/integration_mappings/teams/:id PUT DELETE
/invites POST
/invites/:id GET
/legal_hold_policies GET POST
/legal_hold_policies/:id GET PUT DELETE
/legal_hold_policy_assignments GET POST
/legal_hold_policy_assignments/:id GET DELETE
/legal_hold_policy_assignments/:id/file_versions_on_hold GET
/legal_hold_policy_assignments/:id/files_on_hold GET
/metadata_cascade_policies GET POST
/metadata_cascade_policies/:id GET DELETE
/metadata_cascade_policies/:id/apply POST
/metadata_queries/execute_read POST
/metadata_taxonomies POST
/metadata_taxonomies/:id GET
/metadata_taxonomies/:id/:id GET PATCH DELETE
/metadata_taxonomies/:id/:id/levels POST
/metadata_taxonomies/:id/:id/levels/:id PATCH
/metadata_taxonomies/:id/:id/levels:append POST
/metadata_taxonomies/:id/:id/levels:trim POST
/metadata_taxonomies/:id/:id/nodes GET POST
/metadata_taxonomies/:id/:id/nodes/:id GET PATCH DELETE
/metadata_templates GET
/metadata_templates/:id GET
/metadata_templates/:id/:id/fields/:id/options GET
/metadata_templates/:id/:id/schema GET PUT DELETE
/metadata_templates/enterprise GET
/metadata_templates/enterprise/securityClassification-6VMVochwUWo/schema GET PUT
/metadata_templates/global GET
/metadata_templates/schema POST
/notes/convert POST
/oauth2/authorize GET POST
/oauth2/revoke POST
/oauth2/token POST
/recent_items GET
/retention_policies GET POST
/retention_policies/:id GET PUT DELETE
/retention_policies/:id/assignments GET
/retention_policy_assignments POST
/retention_policy_assignments/:id GET DELETE
/retention_policy_assignments/:id/file_versions_under_retention GET
/retention_policy_assignments/:id/files_under_retention GET
/search GET
/shared_items GET
/shield_information_barrier_reports GET POST
/shield_information_barrier_reports/:id GET
/shield_information_barrier_segment_members GET POST
/shield_information_barrier_segment_members/:id GET DELETE
/shield_information_barrier_segment_restrictions GET POST
/shield_information_barrier_segment_restrictions/:id GET DELETE
/shield_information_barrier_segments GET POST
/shield_information_barrier_segments/:id GET DELETE PUT
/shield_information_barriers GET POST
/shield_information_barriers/:id GET
/shield_information_barriers/change_status POST
/shield_lists GET POST
/shield_lists/:id GET DELETE PUT
/sign_requests GET POST
/sign_requests/:id GET
/sign_requests/:id/cancel POST
/sign_requests/:id/resend POST
/sign_templates GET
/sign_templates/:id GET
/skill_invocations/:id PUT
/storage_policies GET
/storage_policies/:id GET
/storage_policy_assignments GET POST
/storage_policy_assignments/:id GET PUT DELETE
/task_assignments POST
/task_assignments/:id GET PUT DELETE
/tasks POST
/tasks/:id GET PUT DELETE
/tasks/:id/assignments GET
/terms_of_service_user_statuses GET POST
/terms_of_service_user_statuses/:id PUT
/terms_of_services GET POST
/terms_of_services/:id GET PUT
/users GET POST
/users/:id GET PUT DELETE
/users/:id/avatar GET POST DELETE
/users/:id/email_aliases GET POST
/users/:id/email_aliases/:id DELETE
/users/:id/folders/0 PUT
/users/:id/memberships GET
/users/me GET
/users/terminate_sessions POST
/web_links POST
/web_links/:id GET POST PUT DELETE
/web_links/:id/copy POST
/web_links/:id/trash GET DELETE
/webhooks GET POST
/webhooks/:id GET PUT DELETE
/workflows GET
/workflows/:id/start POST
/zip_downloads POST
/zip_downloads/:id/content GET
/zip_downloads/:id/status GET
`;

interface Operation {
  /** With `:id` for whatever varies. */
  pattern: string;
  methods: readonly string[];
  fits: (path: string) => boolean;
}

const operations: readonly Operation[] = OPERATIONS.trim()
  .split('\n')
  .map((line) => {
    const [pattern = '', ...methods] = line.split(' ');
    return { pattern, methods, fits: pathMatcher(pattern) };
  })
  // What is spelt out goes before what varies: /users/me before /users/:id.
  .sort((one, other) => variables(one.pattern) - variables(other.pattern));

function variables(pattern: string): number {
  return pattern.split(':').length;
}

/** What Box has at a path: `undefined` if Box knows no such path. */
export function operationsAt(
  path: string,
): { pattern: string; methods: readonly string[] } | undefined {
  return operations.find((operation) => operation.fits(path));
}
