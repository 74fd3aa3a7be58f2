/** `s3://`: what lies in a bucket of Amazon's or of whoever speaks the same, as the origin of an upload. */
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Address } from '../address.ts';
import { nameMeant, type OpenOrigin, openFarOrigin } from '../far-origin.ts';
import { SourceError } from '../source-error.ts';
import { S3Tree } from './s3-tree.ts';

export interface S3Options {
  /** The server, if it is not Amazon's. @default AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL or the profile's */
  readonly endpoint?: string;
  /** Whether the bucket is a part of the path, and not of the host's name. @default true with an endpoint */
  readonly pathStyle?: boolean;
  readonly region?: string;
  /** What AWS_… variables say; a profile's files are found by them as well. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @throws {SourceError} nothing is there, or nobody who has these keys is let in */
export async function openS3Origin(
  { bucket, prefix }: S3Address,
  options: S3Options,
  signal: AbortSignal,
): Promise<OpenOrigin> {
  const library = await import('@aws-sdk/client-s3');
  const config = configOf(options);
  const client = new library.S3Client(config);
  // Two servers may have buckets of one name, and files in them of one name, size and ETag.
  const server = typeof config.endpoint === 'string' ? `${config.endpoint} ` : '';
  const tree = new S3Tree(`${server}s3://${bucket}/`, bucket, { client, library });
  const start = { path: prefix, name: nameMeant(prefix), words: `s3://${bucket}/${prefix}` };
  return openFarOrigin(tree, start, signal);
}

/** Who hangs up on a silent line goes on where it broke. */
const SILENCE_MS = 60_000;

function configOf(options: S3Options): S3ClientConfig {
  const { env } = options;
  const endpoint = endpointIn(options.endpoint ?? env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL);
  const region = options.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  const credentials = keysIn(env);
  return {
    ...(endpoint !== undefined && { endpoint, region: region ?? 'us-east-1' }),
    ...(region !== undefined && { region }),
    ...(credentials && { credentials }),
    forcePathStyle: options.pathStyle ?? endpoint !== undefined,
    requestHandler: { connectionTimeout: 15_000, socketTimeout: SILENCE_MS },
    // Not all servers know the newer checksums; contents are proven against Box.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestChecksumCalculation: 'WHEN_REQUIRED',
  };
}

/** @throws {SourceError} it is no address of a server, or there is a password in it */
function endpointIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (text.includes('@')) {
    throw new SourceError('there is a password in the address of the bucket’s server', {
      ways: ['leave it out, and: export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…'],
    });
  }
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return text;
  throw new SourceError(`"${text}" is no address of a server`, {
    ways: [`--s3-endpoint https://${text.replace(/^[a-z]*:\/\//i, '')}`],
  });
}

/** Where they are not there, the library looks for a profile, a role of the machine and so on. */
function keysIn(env: S3Options['env']): S3ClientConfig['credentials'] {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey) return undefined;
  const sessionToken = env.AWS_SESSION_TOKEN;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}
