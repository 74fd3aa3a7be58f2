/** A real S3-compatible server of somebody else's, with one bucket. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { type HttpFront, httpFront } from './http-front.ts';
import { whyNotSigned } from './s3-signature.ts';

export interface S3Server extends AsyncDisposable {
  readonly front: HttpFront;
  /** What has to be in the environment to be let in. */
  readonly env: Readonly<Record<string, string>>;
  /** Makes an object; a time is kept as rclone keeps it. */
  put(key: string, bytes: Uint8Array, modifiedMs?: number): Promise<void>;
  remove(key: string): Promise<void>;
}

export const BUCKET = 'bucket';

/** Who is let in by the front: the server itself looks at no signature. */
const KEYS = { keyId: 'key', secret: 'secret', region: 'us-east-1' };

export async function startS3(): Promise<S3Server> {
  const s3StorageDir = await mkdtemp(join(tmpdir(), 'boxhaul-s3-'));
  const server = await startFauxqs({ port: 0, logger: false, s3StorageDir });
  server.createBucket(BUCKET);
  const front = await httpFront(server.port, (request) => whyNotSigned(request, KEYS));
  const client = new S3Client({
    endpoint: server.address,
    region: KEYS.region,
    forcePathStyle: true,
    credentials: { accessKeyId: KEYS.keyId, secretAccessKey: KEYS.secret },
  });
  return {
    front,
    env: { AWS_ACCESS_KEY_ID: KEYS.keyId, AWS_SECRET_ACCESS_KEY: KEYS.secret },
    async put(key, bytes, modifiedMs) {
      const kept = modifiedMs !== undefined && { Metadata: { mtime: String(modifiedMs / 1000) } };
      const object = { Bucket: BUCKET, Key: key, ...kept };
      if (bytes.byteLength > PART_BYTES) await putInParts(client, object, bytes);
      else await client.send(new PutObjectCommand({ ...object, Body: bytes }));
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: key }));
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await front[Symbol.asyncDispose]();
      await server.stop();
      await rm(s3StorageDir, { recursive: true, force: true });
    },
  };
}

/** The server takes no more than this in one request. */
const PART_BYTES = 8 * 1024 * 1024;

async function putInParts(
  client: S3Client,
  object: { Bucket: string; Key: string; Metadata?: Record<string, string> },
  bytes: Uint8Array,
): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(object));
  const upload = { Bucket: object.Bucket, Key: object.Key, UploadId };
  const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
  for (let at = 0; at < bytes.byteLength; at += PART_BYTES) {
    const PartNumber = Parts.length + 1;
    const Body = bytes.subarray(at, at + PART_BYTES);
    const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
    Parts.push({ PartNumber, ETag });
  }
  await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
}
