import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

/**
 * Makes X.509 certificates (RFC 5280), of which the emulator needs just two: an authority, and one for its names.
 * That little DER is written here by hand; the library for it is larger than the emulator and needs polyfills.
 */

/** A certificate with its private key, both as PEM. */
export interface Certificate {
  certificate: string;
  privateKey: string;
}

/** Makes an authority that nobody knows yet, and a certificate that it signs for `hosts` (names, `*.` names, IPs). */
export function makeCertificates(hosts: readonly string[]): {
  authority: Certificate;
  server: Certificate;
} {
  const authorityKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const serverKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = 'Boxhaul emulator authority';
  const signed = (subject: string, publicKey: KeyObject, extensions: Buffer[]) =>
    certificate({ issuer, subject, publicKey, signWith: authorityKeys.privateKey }, [
      ...extensions,
      extension(OID.subjectKeyIdentifier, der(OCTET_STRING, keyIdentifier(publicKey))),
      extension(
        OID.authorityKeyIdentifier,
        sequence(der(0x80, keyIdentifier(authorityKeys.publicKey))),
      ),
    ]);
  return {
    authority: {
      certificate: signed(issuer, authorityKeys.publicKey, [
        extension(OID.basicConstraints, sequence(der(BOOLEAN, Buffer.of(0xff))), true),
        extension(OID.keyUsage, der(BIT_STRING, Buffer.of(1, 0b0000_0110)), true),
      ]),
      privateKey: pemOf(authorityKeys.privateKey),
    },
    server: {
      certificate: signed('Boxhaul emulator', serverKeys.publicKey, [
        extension(OID.keyUsage, der(BIT_STRING, Buffer.of(7, 0b1000_0000)), true),
        extension(OID.extendedKeyUsage, sequence(OID.serverAuth)),
        extension(OID.subjectAlternativeName, sequence(...hosts.map(alternativeName))),
      ]),
      privateKey: pemOf(serverKeys.privateKey),
    },
  };
}

interface CertificateParts {
  issuer: string;
  subject: string;
  publicKey: KeyObject;
  signWith: KeyObject;
}

/** A bit in the past, so that a client whose clock is slow takes it, and for a year. */
const DAY_MS = 86_400_000;

function certificate(parts: CertificateParts, extensions: Buffer[]): string {
  const algorithm = sequence(OID.ecdsaWithSha256);
  const now = Date.now();
  const body = sequence(
    der(0xa0, der(INTEGER, Buffer.of(2))),
    // A first byte of 1 to 127 keeps it positive and in its shortest form.
    der(INTEGER, Buffer.concat([Buffer.of(0x42), randomBytes(15)])),
    algorithm,
    name(parts.issuer),
    sequence(time(now - DAY_MS), time(now + 365 * DAY_MS)),
    name(parts.subject),
    parts.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, parts.signWith);
  const whole = sequence(body, algorithm, der(BIT_STRING, Buffer.of(0), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const [BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, UTF8_STRING] = [0x01, 0x02, 0x03, 0x04, 0x0c];
const [UTC_TIME, GENERALIZED_TIME, SEQUENCE, SET] = [0x17, 0x18, 0x30, 0x31];

const OID = {
  commonName: oid('550403'),
  subjectKeyIdentifier: oid('551d0e'),
  keyUsage: oid('551d0f'),
  subjectAlternativeName: oid('551d11'),
  basicConstraints: oid('551d13'),
  authorityKeyIdentifier: oid('551d23'),
  extendedKeyUsage: oid('551d25'),
  serverAuth: oid('2b06010505070301'),
  ecdsaWithSha256: oid('2a8648ce3d040302'),
};

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const length = content.length;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

function sequence(...contents: Uint8Array[]): Buffer {
  return der(SEQUENCE, ...contents);
}

function name(commonName: string): Buffer {
  return sequence(der(SET, sequence(OID.commonName, der(UTF8_STRING, Buffer.from(commonName)))));
}

function extension(id: Buffer, value: Buffer, isCritical = false): Buffer {
  const critical = isCritical ? [der(BOOLEAN, Buffer.of(0xff))] : [];
  return sequence(id, ...critical, der(OCTET_STRING, value));
}

function alternativeName(host: string): Buffer {
  return isIP(host) === 0 ? der(0x82, Buffer.from(host)) : der(0x87, addressBytes(host));
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [before = '', after] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [head, tail] = [groups(before), groups(after ?? '')];
  const zeros = new Array<string>(8 - head.length - tail.length).fill('0');
  const all = [...head, ...zeros, ...tail].map((group) => group.padStart(4, '0'));
  return Buffer.from(all.join(''), 'hex');
}

/** Years from 2050 on are written with four digits. */
function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\.\d+|[-:T]/g, '');
  return digits < '2050'
    ? der(UTC_TIME, Buffer.from(digits.slice(2)))
    : der(GENERALIZED_TIME, Buffer.from(digits));
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
