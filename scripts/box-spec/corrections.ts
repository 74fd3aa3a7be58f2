/**
 * Where Box's document of 2024 is known to differ from what Box does. Each correction says what it expects to
 * find, so that one which Box has meanwhile made itself is noticed.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Document } from './document.ts';

/** A place in the document: the names that lead to it. */
type Place = readonly (string | number)[];

interface Correction {
  /** What Box does. */
  readonly why: string;
  readonly at: Place;
  readonly change: (current: unknown) => unknown;
}

const SCHEMAS: Place = ['components', 'schemas'];
const FILE_FULL: Place = [...SCHEMAS, 'File--Full', 'allOf', 1, 'properties'];
const EVENT: Place = [...SCHEMAS, 'Event', 'properties'];
const CONFLICT: Place = [...SCHEMAS, 'ConflictError', 'allOf', 1, 'properties'];
const REPRESENTATION: Place = ['representations', 'allOf', 0, 'properties', 'entries', 'items'];
const COMMIT = '/files/upload_sessions/{upload_session_id}/commit';
const text = { type: 'string' };
const idOf = { type: 'object', properties: { id: text }, required: ['id'] };
const time = { type: 'string', format: 'date-time' };
const fields = { name: 'fields', in: 'query', schema: { type: 'array', items: text } };
const header = (name: string) => ({ name, in: 'header', schema: text });
const pathId = (name: string) => ({ name, in: 'path', required: true, schema: text });

const linkRequired = (wrong: boolean) => [
  'url',
  ...(wrong ? ['accessed'] : []),
  'effective_access',
  'effective_permission',
  'is_password_enabled',
  'download_count',
  'preview_count',
];

const CORRECTIONS: readonly Correction[] = [
  ...['File', 'Folder', 'WebLink'].map((name) =>
    replace(
      'the field of a shared link is called `access`',
      [...SCHEMAS, name, 'allOf', 1, 'properties', 'shared_link', 'allOf', 0, 'required'],
      linkRequired(true),
      linkRequired(false),
    ),
  ),
  ...['File--Base', 'File--Mini'].map((name) =>
    replace('a file that is there is not null', [...SCHEMAS, name, 'nullable'], true, false),
  ),
  replace(
    'revoking takes the token and who asks',
    [...SCHEMAS, 'PostOAuth2Revoke', 'required'],
    ['grant_type'],
    ['token', 'client_id', 'client_secret'],
  ),
  replace(
    'a restriction names its segments only in its fuller forms',
    [...SCHEMAS, 'ShieldInformationBarrierSegmentRestriction--Base', 'required'],
    ['shield_information_barrier_segment', 'restricted_segment'],
    [],
  ),
  add('both spellings of the time were seen', [...FILE_FULL, 'lock', 'allOf', 0, 'properties'], {
    expires_at: time,
  }),
  replace(
    'a representation can fail',
    [...FILE_FULL, ...REPRESENTATION, 'properties', 'status', 'properties', 'state', 'enum'],
    ['success', 'viewable', 'pending', 'none'],
    ['success', 'viewable', 'pending', 'none', 'error'],
  ),
  open('codes of errors are an open set', [...SCHEMAS, 'ClientError', 'properties', 'code']),
  open('events of unknown types come', [...EVENT, 'event_type', 'allOf', 0]),
  change(
    'uploads are told of one conflict as an object, folders of many as an array',
    [...CONFLICT, 'context_info', 'properties', 'conflicts'],
    (list) => ({ oneOf: [list, { $ref: '#/components/schemas/FileConflict' }] }),
  ),

  answers('a new version is 201', '/files/{file_id}/content', 'post', '200', ['201']),
  answers('both were seen', '/web_links', 'post', '200', ['200', '201']),
  ...['/files/{file_id}', '/folders/{folder_id}'].map((item) =>
    answers('reading metadata is 200', `${item}/metadata/{scope}/{template_key}`, 'get', '201', [
      '200',
    ]),
  ),
  add('a range is 206', ['paths', '/files/{file_id}/content', 'get', 'responses'], {
    206: { content: { 'application/octet-stream': { schema: { type: 'string' } } } },
  }),

  replace(
    'a new version keeps its name unless it is given one',
    [...form('/files/{file_id}/content'), 'attributes', 'required'],
    ['name'],
    [],
  ),
  add(
    'a description may come with a new file',
    [...form('/files/content'), 'attributes', 'properties'],
    { description: text },
  ),
  replace(
    'a lock is told by `access`',
    [...json('/files/{file_id}', 'put'), 'lock', 'required'],
    ['type'],
    [],
  ),
  replace(
    'somebody is invited by login',
    [...json('/invites', 'post'), 'actionable_by', 'required'],
    ['id'],
    ['login'],
  ),
  add('the times of a file’s content can be set', json('/files/{file_id}', 'put'), {
    content_created_at: time,
    content_modified_at: time,
  }),
  add(
    'needed to move a collaborated subfolder to a private one',
    json('/folders/{folder_id}', 'put'),
    { owned_by: idOf },
  ),
  add('a commit gives the new file its attributes', json(COMMIT, 'post'), {
    attributes: {
      type: 'object',
      properties: {
        name: text,
        description: text,
        content_created_at: time,
        content_modified_at: time,
      },
    },
  }),
  addParameters('`fields` shapes the answer', COMMIT, 'post', fields),
  addParameters('`fields` shapes the answer', '/events', 'get', fields),
  open('events of unknown types can be asked for', [
    'paths',
    '/events',
    'get',
    'parameters',
    3,
    'schema',
    'items',
  ]),
  addParameters('conditions count', '/web_links/{web_link_id}', 'get', header('if-none-match')),
  add('what was not modified is 304', ['paths', '/web_links/{web_link_id}', 'get', 'responses'], {
    304: {},
  }),
  addParameters('conditions count', '/web_links/{web_link_id}', 'put', header('if-match')),
  addParameters('conditions count', '/web_links/{web_link_id}', 'delete', header('if-match')),
  ...scopes('/files/{file_id}/metadata/{scope}/{template_key}', 1, [
    'get',
    'post',
    'put',
    'delete',
  ]),
  ...scopes('/folders/{folder_id}/metadata/{scope}/{template_key}', 1, [
    'get',
    'post',
    'put',
    'delete',
  ]),
  ...scopes('/metadata_templates/{scope}/{template_key}/schema', 0, ['get', 'put', 'delete']),

  add('Box’s SDK copies web links', ['paths'], {
    '/web_links/{web_link_id}/copy': {
      post: {
        operationId: 'post_web_links_id_copy',
        tags: ['Web links'],
        parameters: [pathId('web_link_id'), fields],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { parent: idOf, name: text },
                required: ['parent'],
              },
            },
          },
        },
        responses: {
          201: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/WebLink' } } },
          },
        },
      },
    },
  }),
  add('new versions have a preflight too', ['paths', '/files/{file_id}/content'], {
    options: {
      operationId: 'options_files_id_content',
      tags: ['Uploads'],
      parameters: [pathId('file_id')],
      requestBody: {
        content: {
          'application/json': {
            schema: { type: 'object', properties: { name: text, size: { type: 'integer' } } },
          },
        },
      },
      responses: {
        200: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/UploadUrl' } } },
        },
      },
    },
  }),
];

/** Operations that only the corrections know: Box's SDKs or guides tell of them. */
export const UNDOCUMENTED: readonly string[] = [
  'OPTIONS /files/{file_id}/content',
  'POST /web_links/{web_link_id}/copy',
];

/**
 * Makes all corrections, in place.
 * @param isPart the document may leave out whole paths and schemas; what would correct them is passed over
 * @throws when one does not find what it corrects
 */
export function correct(document: Document, { isPart = false } = {}): void {
  for (const { why, at, change } of CORRECTIONS) {
    if (isPart && isLeftOut(document, at)) continue;
    const holder = at.slice(0, -1).reduce<unknown>((value, name) => member(value, name), document);
    const last = at.at(-1) ?? '';
    if (typeof holder !== 'object' || holder === null) throw stale(why, at);
    try {
      Reflect.set(holder, last, change(member(holder, last)));
    } catch (error) {
      throw stale(why, at, error);
    }
  }
}

function isLeftOut(document: Document, at: Place): boolean {
  const whole = at.slice(0, at[0] === 'paths' ? 2 : 3);
  return (
    at.length > whole.length &&
    whole.reduce<unknown>((value, name) => member(value, name), document) === undefined
  );
}

/** The members of a JSON body. */
function json(path: string, method: string): Place {
  return [...schemaOf(path, method, 'application/json'), 'properties'];
}

/** The parts of an upload form. */
function form(path: string): Place {
  return [...schemaOf(path, 'post', 'multipart/form-data'), 'properties'];
}

function schemaOf(path: string, method: string, type: string): Place {
  return ['paths', path, method, 'requestBody', 'content', type, 'schema'];
}

function change(why: string, at: Place, make: (current: object) => unknown): Correction {
  return {
    why,
    at,
    change(current) {
      if (typeof current !== 'object' || current === null) throw new Error('nothing is there');
      return make(current);
    },
  };
}

function replace(why: string, at: Place, expected: unknown, becomes: unknown): Correction {
  return {
    why,
    at,
    change(current) {
      if (!isDeepStrictEqual(current, expected)) throw new Error('something else is there');
      return becomes;
    },
  };
}

function add(why: string, at: Place, members: Record<string, unknown>): Correction {
  return change(why, at, (current) => {
    const taken = Object.keys(members).find((name) => name in current);
    if (taken !== undefined) throw new Error(`${taken} is there already`);
    return { ...current, ...members };
  });
}

function addParameters(why: string, path: string, method: string, parameter: object): Correction {
  return change(why, ['paths', path, method, 'parameters'], (current) => [
    ...(Array.isArray(current) ? current : []),
    parameter,
  ]);
}

/** Answers under another status, or under two. */
function answers(
  why: string,
  path: string,
  method: string,
  documented: string,
  statuses: readonly string[],
): Correction {
  return change(why, ['paths', path, method, 'responses'], (current) => {
    const { [documented]: answer, ...others } = current as Record<string, unknown>;
    if (answer === undefined) throw new Error(`${documented} is not there`);
    return { ...Object.fromEntries(statuses.map((status) => [status, answer])), ...others };
  });
}

/** Lets other texts stand beside the ones that the document lists. */
function open(why: string, at: Place): Correction {
  return change(why, at, (current) => {
    if (!('enum' in current)) throw new Error('no list is there');
    return { ...current, format: 'open' };
  });
}

/** @param index which parameter of the path the scope is */
function scopes(path: string, index: number, methods: readonly string[]): Correction[] {
  return methods.map((method) =>
    open('a scope can name its enterprise: enterprise_123', [
      'paths',
      path,
      method,
      'parameters',
      index,
      'schema',
    ]),
  );
}

function member(value: unknown, name: string | number): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function stale(why: string, at: Place, cause?: unknown): Error {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new Error(`the correction at ${at.join(' › ')} (${why}) does not fit${reason}`, { cause });
}
