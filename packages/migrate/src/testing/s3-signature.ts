/**
 * Whether a request to S3 is signed as Amazon has it, which servers for tests do not look at. Written from Amazon's page,
 * and not with its library, which makes the signatures.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface S3Keys {
  readonly keyId: string;
  readonly secret: string;
  readonly region: string;
}

const SIGNED =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/((\d{8})\/([^/]+)\/s3\/aws4_request), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** What has to be signed beside whatever else was. */
const DUE = ['host', 'x-amz-content-sha256', 'x-amz-date'];

/** For so long a signature counts. */
const VALID_MS = 15 * 60_000;

/** @returns Amazon's code of what is wrong with it, if anything is */
export function whyNotSigned(
  { method = '', url = '', headers }: IncomingMessage,
  { keyId, secret, region }: S3Keys,
): string | undefined {
  const header = (name: string) => String(headers[name] ?? '');
  const found = SIGNED.exec(header('authorization'));
  if (!found) return 'AccessDenied';
  const [, id, scope = '', day = '', place = '', names = '', signature] = found;
  if (id !== keyId) return 'InvalidAccessKeyId';
  const time = header('x-amz-date');
  if (place !== region || !time.startsWith(day)) return 'AuthorizationHeaderMalformed';
  if (Math.abs(msOf(time) - Date.now()) > VALID_MS) return 'RequestTimeTooSkewed';
  const signed = names.split(';');
  if (DUE.some((name) => !signed.includes(name))) return 'AccessDenied';
  const [path = '', query = ''] = url.split('?');
  const request = [
    method,
    path,
    sorted(query),
    ...signed.map((name) => `${name}:${header(name).trim().replace(/ +/g, ' ')}`),
    '',
    names,
    header('x-amz-content-sha256'),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n');
  const steps = [day, region, 's3', 'aws4_request', toSign];
  const due = steps.reduce<string | Buffer>((key, text) => hmac(key, text), `AWS4${secret}`);
  return signature === (due as Buffer).toString('hex') ? undefined : 'SignatureDoesNotMatch';
}

/** `20250102T030405Z` */
function msOf(time: string): number {
  return Date.parse(
    time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
}

/** The query by its names, each encoded as Amazon has it. */
function sorted(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
