import { type AnsweringHost, InputError } from './errors.ts';
import type { ResolvedHosts } from './options.ts';
import type { BoxHost, BoxRequest, QueryValue } from './request.ts';

/** Where one exchange goes, and how it may be spoken of. */
export interface Address {
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  /** Without host and without secrets: for errors and logs. */
  readonly shown: string;
  readonly host: AnsweringHost;
}

/**
 * Query parameters whose values tell no secret. Values of all others are hidden, as upload URLs and shared
 * links carry keys in parameters of many names.
 */
const HARMLESS = new Set(
  (
    'fields limit offset marker usemarker sort direction recursive version stream_position stream_type ' +
    'created_after created_before filter_term user_type role status scope force notify external_app_user_id ' +
    'query type ancestor_folder_ids file_extensions content_types mdfilters trash_content created_at_range ' +
    'updated_at_range deleted_at_range size_range owner_user_ids recent_updater_user_ids deleted_user_ids ' +
    'include_recent_shared_links'
  ).split(' '),
);

/**
 * Where a request goes: a path under its host's base, or a whole URL that Box handed out.
 * @throws {InputError} a whole URL that is not on Box's hosts: it would be sent the access token, unless the request
 *   is anonymous
 */
export function addressOf(request: BoxRequest, hosts: ResolvedHosts): Address {
  const host = request.host ?? 'api';
  const query = queryText(request.query);
  if (request.path.startsWith('/')) {
    const base = hosts[host];
    const path = `${base.prefix}${request.path}`;
    return {
      origin: base.origin,
      path: path + joined(path, query),
      shown: shownPath(request.path + joined(request.path, query)),
      host,
    };
  }
  const url = URL.parse(request.path);
  const isOpen = request.isAnonymous === true && /^https?:$/.test(url?.protocol ?? '');
  if (!url || !(isOpen || isTrusted(url, hosts, host))) {
    throw new InputError(
      'a request must name a path ("/folders/0") or a URL on Box’s own hosts, and this one is on ' +
        `${url?.host || 'none'}`,
      { code: 'untrusted_host' },
    );
  }
  const path = url.pathname + url.search;
  // A download host that wants the token refuses as the API does: its address is no key that may have run out.
  const answering = host === 'download' && !request.isAnonymous ? 'api' : host;
  const whole = path + joined(path, query);
  return { origin: url.origin, path: whole, shown: shownPath(path), host: answering };
}

/**
 * Where a redirect of the API leads: a download host, which gets no token. Its path is a key in itself, so
 * what is shown is the path that was asked for.
 * @returns undefined for what must not be followed: no URL, or one that leaves TLS
 */
export function redirectAddress(location: string | undefined, from: Address): Address | undefined {
  const url = location === undefined ? null : URL.parse(location, from.origin + from.path);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  if (from.origin.startsWith('https:') && url.protocol !== 'https:') return undefined;
  return {
    origin: url.origin,
    path: url.pathname + url.search,
    shown: from.shown,
    host: 'download',
  };
}

/** A path and query with every value hidden that could be a key. */
export function shownPath(path: string): string {
  const [pathname = '', query] = path.split('?', 2);
  if (!query) return pathname;
  const shown = query.split('&').map((pair) => {
    const [name = ''] = pair.split('=', 1);
    return HARMLESS.has(name) ? pair : `${name}=[hidden]`;
  });
  return `${pathname}?${shown.join('&')}`;
}

/** What of an address must not be repeated, should an answer echo it: every value that `shown` hides. */
export function secretsIn({ path, host }: Address): string[] {
  const [pathname = '', query = ''] = path.split('?', 2);
  const values = [...new URLSearchParams(query)].flatMap(([name, value]) =>
    HARMLESS.has(name) ? [] : [value],
  );
  return host === 'download' ? [pathname, ...values] : values;
}

function isTrusted(url: URL, hosts: ResolvedHosts, host: BoxHost): boolean {
  if (url.username || url.password) return false;
  if (url.origin === hosts.api.origin || url.origin === hosts.upload.origin) return true;
  // Most of what a download host has is had by a key in its address; only who asks for `download` means to show the
  // token there.
  if (host === 'download' && url.origin === hosts.download.origin) return true;
  // Upload sessions name zone hosts (upload-las.app.box.com); they count only where Box itself is the other side.
  const domains = host === 'download' ? ['.box.com', '.boxcloud.com'] : ['.box.com'];
  const isBoxItself = hosts.api.origin === 'https://api.box.com';
  return (
    isBoxItself &&
    url.protocol === 'https:' &&
    domains.some((domain) => url.hostname.endsWith(domain))
  );
}

function queryText(query: Readonly<Record<string, QueryValue>> | undefined): string {
  let text = '';
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    const words = typeof value === 'object' ? value.join(',') : String(value);
    text += `${text && '&'}${encodeURIComponent(name)}=${encodeURIComponent(words).replaceAll('%2C', ',')}`;
  }
  return text;
}

function joined(path: string, query: string): string {
  if (!query) return '';
  return (path.includes('?') ? '&' : '?') + query;
}
