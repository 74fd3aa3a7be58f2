/**
 * What a WebDAV server answers when it is asked what is somewhere: a list of addresses, and of each what it is. Read
 * strictly, since a list that was cut off is a folder with fewer files in it.
 * @see https://www.rfc-editor.org/rfc/rfc4918#section-13
 */
import { unescape as decoded } from 'node:querystring';
import { XMLParser } from 'fast-xml-parser';

/** Something that a server tells of. */
export interface Described {
  /** The names in its address from the server's root on, decoded. */
  readonly names: readonly string[];
  /** What it is; undefined where the server does not say. */
  readonly properties?: Properties;
}

/** As the server wrote them. */
export interface Properties {
  readonly isFolder: boolean;
  readonly sizeBytes?: number;
  readonly modified?: string;
  readonly created?: string;
  /** With its quotes. */
  readonly etag?: string;
}

interface Response {
  readonly href?: unknown;
  readonly propstat?: readonly { readonly prop?: unknown; readonly status?: unknown }[];
}

const XML = new XMLParser({
  removeNSPrefix: true,
  // A name of digits is a name.
  parseTagValue: false,
  // What was told by number, such as &#39;.
  htmlEntities: true,
  isArray: (name) => name === 'response' || name === 'propstat',
});

/** @throws `Error`: it is not such an answer, or not all of one */
export function readMultistatus(text: string): Described[] {
  const multistatus = parsed(text);
  if (multistatus === undefined) throw new Error('the server’s answer is no list of what is there');
  const { response = [] } = (multistatus || {}) as { response?: readonly Response[] };
  return response.map(({ href, propstat = [] }) => {
    const there = propstat.find(({ status }) => /^HTTP\/[\d.]+ 2\d\d\b/.test(String(status)));
    const properties = there && propertiesIn(there.prop);
    return { names: namesIn(String(href)), ...(properties && { properties }) };
  });
}

function parsed(text: string): unknown {
  try {
    return (XML.parse(text, true) as { multistatus?: unknown }).multistatus;
  } catch (cause) {
    throw new Error('the server’s answer is cut off, or no XML', { cause });
  }
}

/** Not all servers know UTF-8, or escape a percent sign. */
function namesIn(href: string): string[] {
  const path = href.trim().replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
  return path
    .split('/')
    .filter((name) => name !== '')
    .map((name) => decoded(name));
}

function propertiesIn(prop: unknown): Properties {
  const values = (prop || {}) as Readonly<Record<string, unknown>>;
  const text = (name: string) => {
    const value = values[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const { resourcetype } = values;
  const length = text('getcontentlength') ?? '';
  const modified = text('getlastmodified');
  const created = text('creationdate');
  const etag = text('getetag');
  return {
    isFolder:
      typeof resourcetype === 'object' && resourcetype !== null && 'collection' in resourcetype,
    ...(/^\d{1,15}$/.test(length) && { sizeBytes: Number(length) }),
    ...(modified !== undefined && { modified }),
    ...(created !== undefined && { created }),
    ...(etag !== undefined && { etag }),
  };
}
