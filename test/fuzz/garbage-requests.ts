/** Requests for every operation of the emulator that are wrong in one place, or in all. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { junkBody, junkHeader, junkText, junkType, junkValue } from './junk.ts';

/** One request; what stands for an id is a number to pick one of those that are there. */
export interface GarbageRequest {
  readonly operation: string;
  readonly who: number;
  readonly ids: readonly (number | string)[];
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: GarbageBody;
}

type GarbageBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly members: readonly (readonly [name: string, value: Piece])[] }
  | { readonly kind: 'raw'; readonly type: string; readonly text: string }
  | {
      readonly kind: 'form';
      readonly attributes: unknown;
      readonly name: string;
      readonly file: string;
    };

/** A member's value: junk, something plausible, or an id of something. */
export type Piece = { readonly junk: unknown } | { readonly id: number; readonly as: string };

const covered = new URL('../../docs/operations/schema-checked.json', import.meta.url);

/** Every operation that the emulator answers, and the addresses beside them. */
export const OPERATIONS: readonly string[] = [
  ...(JSON.parse(readFileSync(covered, 'utf8')) as string[]),
  'GET /d/1/{token}/download',
  'HEAD /d/1/{token}/download',
  'GET /shared/static/{name}',
  'GET /subscribe',
  'GET /zip_downloads/{id}/content',
  'OPTIONS /files/{file_id}/content',
  'PATCH /folders/{folder_id}',
  'TRACE /files/{file_id}',
  'GET /no/such/{thing}',
];

const QUERY_NAMES =
  `fields limit offset marker usemarker sort direction recursive version stream_position
  stream_type created_after created_before event_type folder_id query type ancestor_folder_ids
  content_types mdfilters file_extensions size_range created_at_range trash_content scope status
  user_type filter_term external_app_user_id view x name min_height max_width force notify role
  resolved_for_type resolved_for_id to_metadata_template_key parent is_access_only level ancestor
  only_selectable_options suppress_notifications tos_type access_token channel owner_user_ids
  search_string scopes folder_ids updated_at_range`.split(/\s+/);

const HEADER_NAMES =
  `if-match if-none-match range content-range digest content-md5 boxapi as-user x-rep-hints
  box-notifications accept accept-encoding content-type x-forwarded-host x-forwarded-proto
  x-forwarded-for box-version authorization user-agent`.split(/\s+/);

const MEMBER_NAMES = `name parent id type item accessible_by role status shared_link access password
  permissions unshared_at vanity_name description tags lock collections url folder_upload_email
  sync_state content_created_at content_modified_at can_view_path expires_at file_size file_name
  folder_id parts attributes message tagged_message action due_at completion_rule task assign_to
  resolution_state folder locked_operations address target triggers scope templateKey displayName
  fields hidden template_key enterprise_id from query query_params ancestor_folder_id order_by limit
  login is_platform_access_only space_amount email user group tracking_codes storage_policy
  assigned_to tos_type text tos user_ids group_ids items download_file_name watermark imprint enabled
  domain direction enterprise actionable_by conflict_resolution key namespace levels parentId
  grant_type code client_id client_secret refresh_token assertion subject_token resource token
  trashed_at version copyInstanceOnItemCopy owned_by is_active flow`.split(/\s+/);

const PLAUSIBLE: readonly unknown[] = [
  'file',
  'folder',
  'user',
  'editor',
  'owner',
  'open',
  'company',
  'collaborators',
  'accepted',
  'enterprise',
  'global',
  'properties',
  'review',
  'a.txt',
  'B',
  '2030-01-01T00:00:00Z',
  'FILE.UPLOADED',
  'https://example.com/a',
  20_000_000,
  100,
  true,
  null,
  ['FILE.TRASHED'],
  [{ type: 'string', key: 'k', displayName: 'K' }],
  [{ type: 'enum', key: 'e', displayName: 'E', options: [{ key: 'one' }] }],
  [{ op: 'add', path: '/k', value: 'v' }],
  { access: 'open' },
  { access: 'lock', expires_at: '2001-01-01T00:00:00Z' },
  { k: 'v' },
];

const number = fc.nat({ max: 400 });

const piece: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PLAUSIBLE).map((junk) => ({ junk })) },
  { weight: 3, arbitrary: junkValue.map((junk) => ({ junk })) },
  {
    weight: 14,
    arbitrary: fc.record({
      id: number,
      as: fc.constantFrom('text', 'number', 'file', 'folder', 'user', 'list'),
    }),
  },
);

const memberName = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...MEMBER_NAMES) },
  { weight: 1, arbitrary: junkText },
);

const body: fc.Arbitrary<GarbageBody> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<GarbageBody>({ kind: 'none' }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('json' as const),
      members: fc.array(fc.tuple(memberName, piece), { maxLength: 7 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('raw' as const), type: junkType, text: junkBody }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('form' as const),
      attributes: fc.oneof(
        junkValue,
        fc.record({ name: fc.constantFrom('a', 'A', 'new'), parent: fc.constant({ id: '0' }) }),
      ),
      name: fc.constantFrom('file', 'contents', 'attributes', 'pic', ''),
      file: fc.string({ unit: 'binary', maxLength: 50 }),
    }),
  },
);

const pairs = (names: readonly string[], values: fc.Arbitrary<string>, most: number) =>
  fc.array(fc.tuple(fc.constantFrom(...names), values), { maxLength: most });

export const garbageRequest: fc.Arbitrary<GarbageRequest> = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  who: fc.nat({ max: 15 }),
  ids: fc.array(fc.oneof({ weight: 12, arbitrary: number }, { weight: 1, arbitrary: junkText }), {
    minLength: 4,
    maxLength: 4,
  }),
  query: fc.oneof(fc.constant([]), pairs(QUERY_NAMES, junkText, 3)),
  headers: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: pairs(HEADER_NAMES, junkHeader, 2) },
  ),
  body,
});

/**
 * Body members that most operations need, chosen by the operation's own words: without them nothing would get past
 * the first check.
 */
export const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'POST /folders': ['name', 'parent'],
  'POST /folders/{folder_id}/copy': ['parent'],
  'POST /files/{file_id}/copy': ['parent'],
  'POST /web_links': ['url', 'parent'],
  'POST /collaborations': ['item', 'accessible_by', 'role'],
  'POST /comments': ['item', 'message'],
  'POST /tasks': ['item', 'action'],
  'POST /task_assignments': ['task', 'assign_to'],
  'POST /folder_locks': ['folder', 'locked_operations'],
  'POST /files/upload_sessions': ['folder_id', 'file_name', 'file_size'],
  'POST /files/{file_id}/upload_sessions': ['file_size'],
  'POST /groups': ['name'],
  'POST /group_memberships': ['user', 'group'],
  'POST /users': ['name', 'login'],
  'POST /webhooks': ['target', 'address', 'triggers'],
  'POST /zip_downloads': ['items'],
  'POST /metadata_templates/schema': ['scope', 'displayName', 'fields'],
  'POST /metadata_queries/execute_read': ['from', 'ancestor_folder_id'],
  'POST /metadata_cascade_policies': ['folder_id', 'scope', 'templateKey'],
  'POST /files/{file_id}/versions/current': ['id'],
  'PUT /files/{file_id}#add_shared_link': ['shared_link'],
  'PUT /files/{file_id}#update_shared_link': ['shared_link'],
  'PUT /folders/{folder_id}#add_shared_link': ['shared_link'],
  'PUT /folders/{folder_id}#update_shared_link': ['shared_link'],
  'PUT /web_links/{web_link_id}#add_shared_link': ['shared_link'],
  'PUT /web_links/{web_link_id}#update_shared_link': ['shared_link'],
};
