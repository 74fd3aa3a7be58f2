import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';

/** What a download URL gives. */
export interface Download {
  sha1: string;
  sizeBytes: number;
  name: string;
}

const signatureBytes = 16;

/**
 * The secret part of a download URL: it says by itself what it gives and until when, and is signed,
 * so that it needs no other token and any process with the same store can serve it.
 */
export function signDownload(download: Download, expiresAt: number, secret: KeyObject): string {
  const { sha1, sizeBytes, name } = download;
  const payload = Buffer.from(`${expiresAt} ${sha1} ${sizeBytes} ${name}`);
  return Buffer.concat([signatureOf(payload, secret), payload]).toString('base64url');
}

/** Reads a token back; `undefined` when it is not ours or its time is over. */
export function openDownload(
  token: string,
  nowSeconds: number,
  secret: KeyObject,
): Download | undefined {
  const bytes = Buffer.from(token, 'base64url');
  const payload = bytes.subarray(signatureBytes);
  const signature = bytes.subarray(0, signatureBytes);
  if (signature.length < signatureBytes) return undefined;
  if (!timingSafeEqual(signature, signatureOf(payload, secret))) return undefined;
  const match = /^(\d+) ([0-9a-f]{40}) (\d+) (.*)$/s.exec(payload.toString());
  const [, expiresAt, sha1, sizeBytes, name] = match ?? [];
  if (sha1 === undefined || name === undefined || Number(expiresAt) <= nowSeconds) return undefined;
  return { sha1, sizeBytes: Number(sizeBytes), name };
}

function signatureOf(payload: Buffer, secret: KeyObject): Buffer {
  return createHmac('sha256', secret).update(payload).digest().subarray(0, signatureBytes);
}
