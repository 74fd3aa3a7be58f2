import type { HostKind } from '../weather/faults.ts';

/** A request's path as rules and counts speak of it: without Box's prefixes, the query and a trailing slash. */
export function plainPath(url: string): string {
  const end = url.search(/[?#]/);
  const path = (end === -1 ? url : url.slice(0, end)).replace(/^\/\/+/, '/');
  return withoutPrefix(path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);
}

/**
 * A route's pattern in one spelling: no prefix, every id `:id`.
 *
 * @example plainPattern('/2.0/files/:fileId/versions/:versionId') // '/files/:id/versions/:id'
 */
export function plainPattern(pattern: string): string {
  return withoutPrefix(
    pattern.replace(/::|:[A-Za-z_]+/g, (piece) => (piece === '::' ? ':' : ':id')),
  );
}

function withoutPrefix(path: string): string {
  return path.startsWith('/2.0/') ? path.slice('/2.0'.length) : path;
}

/** An address as the API's host has it: that of uploads, and the older one of tokens, put `/api` before it. */
export function withoutApi(url: string): string {
  return /^\/api\/(?:2\.0|oauth2)\//.test(url) ? url.slice('/api'.length) : url;
}

/** Which of Box's hosts serves a request, by its method and plain path. */
export function hostKindOf(method: string, path: string): HostKind {
  if (path.startsWith('/oauth2/')) return 'oauth';
  if (path.startsWith('/d/') || path.startsWith('/shared/static/')) return 'download';
  if (/^\/(zip_downloads|internal_files)\/.*\/content(\/|$)/.test(path)) return 'download';
  if (isUpload(method, path)) return 'upload';
  return 'api';
}

/** Whether a request carries contents, or is about an upload session. */
function isUpload(method: string, path: string): boolean {
  if (!path.startsWith('/files/')) return false;
  if (method === 'POST' && path.endsWith('/content')) return true;
  return path.includes('/upload_sessions');
}
