/** Where answers and requests depart from Box's document beyond scripts/box-spec/corrections.ts, and rightly so. */
import type { Document, Schema } from '../../scripts/box-spec/document.ts';

interface Correction {
  /** The place, what the document says there, and what Box does. */
  readonly why: string;
  readonly mend: (document: Document) => void;
}

const CORRECTIONS: readonly Correction[] = [
  {
    why: '#classifications: 200, where the same URL is 201 for every other template',
    mend: ({ paths }) => {
      const { responses } = found(paths['/metadata_templates/schema#classifications']?.post);
      responses[201] = found(responses[200]);
    },
  },
  canBeNull(
    'found without a shared link',
    'SearchResultWithSharedLink',
    'accessible_via_shared_link',
  ),
  canBeNull('invited, and without an account (FACTS 22)', 'Collaboration', 'accessible_by'),
  canBeNull('a preflight need not give one (FACTS 11)', 'UploadUrl', 'upload_token'),
  canBeNull('seen through a shared link (FACTS 20)', 'WebLink', 'parent'),
  canBeNull('a version that was never in the trash', 'FileVersion', 'trashed_by'),
  canBeNull('a version that was never restored', 'FileVersion', 'restored_by'),
  canBeNull('invited, and not answered yet', 'Collaboration', 'acknowledged_at'),
  canBeNull('a task without an end', 'Task', 'due_at'),
  canBeNull('an assignment that is not done', 'TaskAssignment', 'completed_at'),
  canBeNull('an assignment of which nobody was reminded', 'TaskAssignment', 'reminded_at'),
  canBeNull('not met through a shared link', 'RecentItem', 'interaction_shared_link'),
  canBeNull('a lock without an end', 'File--Full', 'lock', 'expired_at'),
  canBeNull('a lock without an end', 'File--Full', 'lock', 'expires_at'),
  {
    why: 'a restored folder: an address as text, where it is the same object as in any folder (FACTS 18)',
    mend: ({ components: { schemas } }) => {
      const properties = found(found(schemas.TrashFolderRestored).properties);
      properties.folder_upload_email = property(found(schemas.Folder), 'folder_upload_email');
    },
  },
  {
    why: 'POST /comments: `tagged_message` comes instead of `message`, or both do (FACTS 24)',
    mend: ({ paths }) => {
      const body = found(found(paths['/comments']?.post).requestBody);
      found(body.content['application/json']).schema.required = ['item'];
    },
  },
  {
    why: 'POST /oauth2/token: a code is exchanged with the redirect it was asked for, and PKCE (FACTS 8.2)',
    mend: ({ components: { schemas } }) => {
      const properties = found(found(schemas.PostOAuth2Token).properties);
      Object.assign(properties, {
        redirect_uri: { type: 'string' },
        code_verifier: { type: 'string' },
      });
    },
  },
  takes('/events', 'options', 'stream_type', 'the stream to wait for (FACTS 33)'),
  takes('/collaborations/{collaboration_id}', 'put', 'fields', 'honoured everywhere (FACTS 36)'),
  takes('/web_links/{web_link_id}', 'put', 'fields', 'honoured everywhere (FACTS 36)'),
  {
    why: 'GET /search: either side of `size_range` may be empty (FACTS 28)',
    mend: ({ paths }) => {
      const range = found(paths['/search']?.get).parameters?.find(
        (parameter) => 'name' in parameter && parameter.name === 'size_range',
      );
      if (!range || !('schema' in range)) throw new Error('there is no size_range');
      range.schema.items = { type: 'string' };
    },
  },
];

/** The document leaves out a parameter of the query. */
function takes(path: string, method: string, name: string, why: string): Correction {
  return {
    why: `${method.toUpperCase()} ${path}: \`${name}\`, ${why}`,
    mend: ({ paths }) => {
      const operation = found(paths[path]?.[method]);
      operation.parameters = [
        ...(operation.parameters ?? []),
        { name, in: 'query', schema: { type: 'string' } },
      ];
    },
  };
}

/** The document has something there always; Box has null where there is nothing to tell. */
function canBeNull(why: string, name: string, ...path: string[]): Correction {
  return {
    why: `${name}.${path.join('.')}: null, ${why}`,
    mend: ({ components: { schemas } }) => {
      const schema = path.reduce(property, found(schemas[name]));
      // Beside a `$ref` nothing counts.
      const { $ref } = schema;
      Object.assign(schema, { nullable: true, ...($ref && { allOf: [{ $ref }] }) });
      delete schema.$ref;
    },
  };
}

/** A property of a schema, or of one that it is made of. */
function property(schema: Schema, name: string): Schema {
  const own = schema.properties?.[name];
  if (own) return own;
  const part = schema.allOf?.find((one) => one.properties?.[name] ?? one.allOf);
  return property(found(part), name);
}

/** Makes all of them, in place. @throws when a place is not there any more */
export function correctAnswers(document: Document): void {
  for (const { why, mend } of CORRECTIONS) {
    try {
      mend(document);
    } catch (cause) {
      throw new Error(`The correction does not fit: ${why}`, { cause });
    }
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing is there');
  return value;
}
