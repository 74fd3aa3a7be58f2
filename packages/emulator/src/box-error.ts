/**
 * Every error that the emulator answers with, in one table: Box's code → HTTP status and stock message.
 * https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors/
 */
const TABLE = {
  // 400
  bad_request: [400, 'Bad Request'],
  bad_digest: [400, 'The specified content-md5 did not match what we received'],
  invalid_request_parameters: [400, 'Invalid input parameters in request'],
  invalid_parameter: [400, 'Invalid parameter'],
  invalid_limit: [400, 'Limit is not a valid number'],
  invalid_offset: [400, 'Offset is not a valid number'],
  item_name_invalid: [400, 'Item name invalid'],
  item_name_too_long: [400, 'Item name too long'],
  folder_not_empty: [400, 'Cannot delete – folder not empty'],
  cyclical_folder_structure: [400, 'Folder move creates cyclical folder structure'],
  collaborations_not_available_on_root_folder: [
    400,
    'The root folder cannot be shared with collaborators',
  ],
  invalid_collaboration_item: [400, 'Only files and folders have collaborations'],
  user_already_collaborator: [400, 'User is already a collaborator'],
  invalid_status: [400, 'Only a pending collaboration can be accepted or rejected'],
  external_collaboration_restricted: [400, 'The item is for its enterprise only'],
  metadata_after_file_contents: [400, 'Metadata for file uploads must be before the file contents'],
  requested_page_out_of_range: [400, 'Requested page out of range'],
  invalid_upload_session_id: [400, 'Invalid upload session id'],
  parts_mismatch: [400, 'The parts do not match what was uploaded'],
  multiple_destinations: [400, 'More than one destination is given'],
  missing_destination: [400, 'The destination is missing'],
  invalid_folder_id: [400, 'The folder id is invalid'],
  missing_file_size: [400, 'The file size is missing'],
  invalid_file_size: [400, 'The file size is invalid'],
  missing_file_name: [400, 'The file name is missing'],
  file_size_too_small: [400, 'The file is too small for an upload session'],
  invalid_api_version: [400, 'The API version is not supported'],
  task_assignee_not_allowed: [400, 'The assignee may not see the file'],
  requested_preview_unavailable: [400, 'There is no preview of this size or type'],
  zip_download_file_count_exceeded_limit: [400, 'The zip would hold too many files'],
  zip_download_pre_compressed_bytes_exceeded_limit: [400, 'The zip would be too large'],
  schema_validation_failed: [400, 'The values do not fit the template'],
  invalid_query: [400, 'The query is invalid'],
  unexpected_json_type: [400, 'A value of the query is missing or of the wrong type'],
  // 401, 403
  unauthorized: [401, 'Unauthorized'],
  access_denied_insufficient_permissions: [403, 'Access denied - insufficient permission'],
  access_denied_item_locked: [403, 'Access denied - item locked'],
  file_size_limit_exceeded: [403, 'File size exceeds the folder owner’s file size limit'],
  storage_limit_exceeded: [403, 'Account storage limit reached'],
  forbidden: [403, 'Forbidden'],
  cors_origin_not_whitelisted: [403, 'The origin of the request is not one of the app’s'],
  incorrect_shared_item_password: [403, 'The shared item password is missing or wrong'],
  operation_limit_exceeded: [403, 'The operation is too large'],
  // 404
  not_found: [404, 'Not Found'],
  trashed: [404, 'Item is trashed'],
  not_trashed: [404, 'Item is not trashed'],
  instance_not_found: [404, 'Instance not found'],
  instance_tuple_not_found: [404, 'Template not found'],
  preview_cannot_be_generated: [404, 'A preview of this file cannot be made'],
  not_emulated: [404, 'The emulator does not have this operation'],
  // 405–416
  method_not_allowed: [405, 'Method Not Allowed'],
  item_name_in_use: [409, 'Item with the same name already exists'],
  name_temporarily_reserved: [409, 'Item name is reserved by another ongoing operation'],
  operation_blocked_temporary: [409, 'The operation is blocked by another ongoing operation'],
  tuple_already_exists: [409, 'Resource already exists'],
  conflict: [409, 'A resource with this value already exists'],
  recent_similar_comment: [409, 'A similar comment has been made recently'],
  session_conflict: [409, 'An upload session for this name is already open'],
  user_login_already_used: [409, 'User with the specified login already exists'],
  range_overlaps_existing_part: [409, 'The part overlaps a part that is already there'],
  session_expired: [410, 'The upload session has expired'],
  upload_failed: [410, 'The upload has failed'],
  length_required: [411, 'Length Required'],
  precondition_failed: [
    412,
    'The resource has been modified. Retrieve the resource again and retry',
  ],
  request_entity_too_large: [413, 'Request Entity Too Large'],
  unsupported_media_type: [415, 'Unsupported Media Type'],
  range_not_satisfiable: [416, 'Requested Range Not Satisfiable'],
  // 429, 5xx
  rate_limit_exceeded: [429, 'Request rate limit exceeded, please try again later'],
  user_too_many_concurrent_downloads: [429, 'This user is downloading too many zips at once'],
  enterprise_too_many_concurrent_downloads: [
    429,
    'This enterprise is downloading too many zips at once',
  ],
  internal_server_error: [500, 'Internal Server Error'],
  bad_gateway: [502, 'Bad Gateway'],
  unavailable: [503, 'Unavailable'],
  insufficient_storage: [507, 'Insufficient Storage'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** A code that Box uses in the `code` member of its error bodies (and our own `not_emulated`). */
export type BoxErrorCode = keyof typeof TABLE;

/** What one answer adds to the table's line for its code. */
export interface BoxErrorDetails {
  /** Instead of the table's status, where Box answers the same code with another one. */
  status?: number;
  /** Instead of the stock message. */
  message?: string;
  /** Box's `context_info`, sent as it is. */
  contextInfo?: unknown;
  /** Further headers of the answer, such as `Retry-After`. */
  headers?: Record<string, string>;
}

/** Thrown by any route to answer with Box's JSON error body. */
export class BoxError extends Error {
  override readonly name = 'BoxError';
  readonly code: BoxErrorCode;
  readonly status: number;
  readonly contextInfo: unknown;
  readonly headers: Record<string, string>;

  constructor(code: BoxErrorCode, details: BoxErrorDetails = {}) {
    // An answer, not a fault of the program: nobody reads its stack, and making one costs more than the request.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(details.message ?? TABLE[code][1]);
    Error.stackTraceLimit = limit;
    this.code = code;
    this.status = details.status ?? TABLE[code][0];
    this.contextInfo = details.contextInfo;
    this.headers = details.headers ?? {};
  }

  /** The body of the answer; `requestId` differs from the `box-request-id` header, as on Box. */
  toBody(requestId: string): Record<string, unknown> {
    return {
      type: 'error',
      status: this.status,
      code: this.code,
      ...(this.contextInfo === undefined ? {} : { context_info: this.contextInfo }),
      help_url: 'http://developers.box.com/docs/#errors',
      message: this.message,
      request_id: requestId,
    };
  }
}

/**
 * The 401 and 403 that Box answers with an empty body and a `WWW-Authenticate` header: a token that is missing,
 * bad or expired, and one whose scopes do not reach.
 */
export class ChallengeError extends Error {
  override readonly name = 'ChallengeError';
  readonly status: 401 | 403;
  readonly challenge: string;

  constructor(reason: keyof typeof CHALLENGES) {
    super(reason);
    [this.status, this.challenge] = CHALLENGES[reason];
  }
}

const CHALLENGES = {
  missing_token: [401, 'Bearer realm="Service"'],
  invalid_token: [
    401,
    'Bearer realm="Service", error="invalid_token", error_description="The access token provided is invalid."',
  ],
  insufficient_scope: [
    403,
    'Bearer realm="Service", error="insufficient_scope", error_description="The request requires higher privileges than provided by the access token."',
  ],
} as const satisfies Record<string, readonly [401 | 403, string]>;

/** One fault of a request's parameters, as Box lists them in `context_info.errors`. */
export interface ParameterFault {
  reason: 'missing_parameter' | 'invalid_parameter';
  name: string;
  message: string;
}

/** 400 `bad_request` with one entry per fault. */
export function badParameters(...faults: ParameterFault[]): BoxError {
  return new BoxError('bad_request', { contextInfo: { errors: faults } });
}

/**
 * 404 `not_found` that names the bad value in its role.
 *
 * @param role `folder`, `item`, `parent`, … : what the value was meant to be
 * @param value as Box shows it: `d_123` for a folder, `f_123` for a file
 */
export function notFound(role: string, value: string): BoxError {
  return new BoxError('not_found', {
    contextInfo: {
      errors: [
        {
          reason: 'invalid_parameter',
          name: role,
          message: `Invalid value '${value}'. '${role}' with value '${value}' not found`,
        },
      ],
    },
  });
}
