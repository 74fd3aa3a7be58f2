/**
 * How a person names where files come from. Nothing is opened here, and no secret has a place in an address: it is
 * kept with the job and shown to everyone who looks at one.
 */
import { SourceError } from './source-error.ts';

/** A source, as its address describes it. */
export type SourceAddress =
  | { readonly kind: 'disk'; readonly path: string }
  | { readonly kind: 'manifest'; readonly path: string; readonly format: 'csv' | 'jsonl' }
  | SftpAddress
  | S3Address
  | WebDavAddress;

/** A folder or file on a server that is reached by SSH. */
export interface SftpAddress {
  readonly kind: 'sftp';
  /** A name of the network, or one that `~/.ssh/config` has for it. */
  readonly host: string;
  /** Absent of port and user: what `~/.ssh/config` says, else 22 and who one is here. */
  readonly port?: number;
  readonly user?: string;
  /** From the root of the server; from the user's own folder if it does not begin with a slash. */
  readonly path: string;
}

/** What in a bucket begins with a prefix, which is taken for a folder. */
export interface S3Address {
  readonly kind: 's3';
  readonly bucket: string;
  /** As it is in the bucket, nothing is decoded; empty for all of it. */
  readonly prefix: string;
}

/** A folder or file on a WebDAV server. */
export interface WebDavAddress {
  readonly kind: 'webdav';
  /** `http:` or `https:`, percent-encoded, without user and password. */
  readonly url: string;
  readonly user?: string;
}

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/**
 * Reads an address: `sftp://user@host:22/path`, `s3://bucket/prefix`, `davs://host/path` (or `dav+https://`; `dav://`
 * without TLS), a `.csv` or `.jsonl` file that lists files, or a path on this machine. As with a path, a folder is
 * meant under its own name, and with a slash at the end what is in it.
 *
 * @throws {SourceError} no such kind of address, a part of it is missing or wrong, or there is a password in it
 * @example
 * ```ts
 * import { readAddress } from '@boxhaul/migrate';
 *
 * const address = readAddress('sftp://ann@files.example.com/exports/2025/');
 * if (address.kind === 'sftp') console.log(address.host, address.path);
 * ```
 */
export function readAddress(text: string): SourceAddress {
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  switch (scheme) {
    case undefined:
      return onThisMachine(text);
    case 'sftp':
      return sftpAddress(text);
    case 's3':
      return s3Address(text);
    case 'davs':
    case 'dav+https':
      return webDavAddress(text, 'https:');
    case 'dav':
    case 'dav+http':
      return webDavAddress(text, 'http:');
    default:
      throw unknownScheme(scheme);
  }
}

function onThisMachine(path: string): SourceAddress {
  if (path === '') throw new SourceError('the source is empty', { ways: WAYS });
  const format = /\.(csv|jsonl|ndjson)$/i.exec(path)?.[1]?.toLowerCase();
  if (format === undefined) return { kind: 'disk', path };
  return { kind: 'manifest', path, format: format === 'csv' ? 'csv' : 'jsonl' };
}

/** Taken apart by hand: a file's name may hold `?` and `#`, which end the path of a URL. */
const SFTP = /^sftp:\/\/(?:([^@/]*)@)?(\[[0-9a-f:.]+\]|[^:/@[\]]+)(?::(\d+))?(\/.*)?$/is;

function sftpAddress(text: string): SftpAddress {
  refusePassword(text, 'BOXHAUL_SFTP_PASSWORD');
  const found = SFTP.exec(text);
  const port = found?.[3] === undefined ? undefined : Number(found[3]);
  if (!found?.[2] || (port !== undefined && (port < 1 || port > 65_535))) {
    throw new SourceError(`"${masked(text)}" is no SFTP address`, {
      ways: ['sftp://user@files.example.com/path, with :2222 behind the host for another port'],
    });
  }
  const user = decoded(found[1] ?? '', text);
  return {
    kind: 'sftp',
    host: found[2].replace(/^\[(.*)\]$/, '$1'),
    ...(port !== undefined && { port }),
    ...(user !== '' && { user }),
    path: fromHome(decoded(found[4] ?? '', text)),
  };
}

/** `/~/` is the user's own folder, as curl has it; so is an address that ends with the host. */
function fromHome(path: string): string {
  if (path === '' || path === '/~') return './';
  return path.startsWith('/~/') ? `./${path.slice(3)}` : path;
}

function s3Address(text: string): S3Address {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]*)\/?(.*)$/is.exec(text) ?? [];
  // A key with a slash in it ends what looks like the bucket.
  if (bucket === '' || /[:@]/.test(bucket)) {
    throw new SourceError(`"${masked(text)}" is no address of a bucket`, {
      details: bucket === '' ? ['it names none'] : ['keys do not belong into an address'],
      ways: [
        's3://bucket/prefix, with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or AWS_PROFILE',
      ],
    });
  }
  return { kind: 's3', bucket, prefix };
}

function webDavAddress(text: string, protocol: 'http:' | 'https:'): WebDavAddress {
  refusePassword(text, 'BOXHAUL_DAV_PASSWORD');
  const bare = text.replace(SCHEME, `${protocol}//`);
  const url = URL.parse(bare);
  if (url === null || `${url.search}${url.hash}` !== '') {
    throw new SourceError(`"${masked(text)}" is no WebDAV address`, {
      details: ['a path in it is percent-encoded: ? is %3F, # is %23, % is %25'],
      ways: ['davs://user@cloud.example.com/remote.php/dav/files/user/'],
    });
  }
  const user = decoded(url.username, text);
  url.username = '';
  return { kind: 'webdav', url: url.href, ...(user !== '' && { user }) };
}

/** Behind a colon that is not a port's; it may have any characters in it. */
const PASSWORD = /^[^:]+:\/\/(?!\[)[^/@]*:(?!\d+(?:\/|$)).*@/s;

function refusePassword(text: string, variable: string): void {
  if (!PASSWORD.test(text)) return;
  throw new SourceError(`there is a password in the address ${masked(text)}`, {
    details: ['an address is kept with the job, and shown by "boxhaul jobs" and "ps"'],
    ways: [`leave it out of the address, and: export ${variable}=…`],
  });
}

/** The address without what may be a secret. */
function masked(text: string): string {
  return text.replace(/^([^:]+:\/\/).*@/s, '$1…@');
}

function decoded(text: string, address: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new SourceError(`"${masked(address)}" has a % that is not followed by two digits`, {
      cause,
      ways: ['write a percent sign in a name as %25'],
    });
  }
}

const WAYS = [
  'sftp://user@host/path · s3://bucket/prefix · davs://host/path · list.csv · list.jsonl · a path on this machine',
];

function unknownScheme(scheme: string): SourceError {
  const isWeb = scheme === 'http' || scheme === 'https';
  return new SourceError(`files cannot be taken from "${scheme}://"`, {
    details: isWeb
      ? [`a WebDAV server's address begins with dav${scheme === 'https' ? 's' : ''}://`]
      : [],
    ways: isWeb
      ? ['single files from the web are listed in a manifest: source,target', ...WAYS]
      : WAYS,
  });
}
