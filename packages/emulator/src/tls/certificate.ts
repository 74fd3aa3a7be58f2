import { generateKeyPair, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import forge from 'node-forge';

/** A certificate with its private key, both as PEM. */
export interface Certificate {
  certificate: string;
  privateKey: string;
}

/** Certificates begin this long ago, so that a client whose clock is slow takes them, and last a year. */
const DAY_MS = 86_400_000;

/** Makes an authority that nobody knows yet, and a certificate that it signs for `hosts` (names, `*.` names, IPs). */
export async function makeCertificates(
  hosts: readonly string[],
): Promise<{ authority: Certificate; server: Certificate }> {
  const [authorityKeys, serverKeys] = await Promise.all([newKeys(), newKeys()]);
  const issuer = commonName('Boxhaul emulator authority');
  const authority = signed(issuer, issuer, authorityKeys.publicKey, authorityKeys.privateKey, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  const subject = commonName('Boxhaul emulator');
  const server = signed(subject, issuer, serverKeys.publicKey, authorityKeys.privateKey, [
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: hosts.map(alternativeName) },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: identifierOf(authority) },
  ]);
  return {
    authority: {
      certificate: forge.pki.certificateToPem(authority),
      privateKey: authorityKeys.privateKey,
    },
    server: { certificate: forge.pki.certificateToPem(server), privateKey: serverKeys.privateKey },
  };
}

/** RSA, because node-forge signs with nothing else; the keys are Node's, whose making takes no JavaScript. */
function newKeys(): Promise<{ publicKey: string; privateKey: string }> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function signed(
  subject: forge.pki.CertificateField[],
  issuer: forge.pki.CertificateField[],
  publicKey: string,
  signWith: string,
  extensions: object[],
): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // A first byte of 1 to 127 keeps the number positive and in its shortest form.
  certificate.serialNumber = `42${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(Date.now() - DAY_MS);
  certificate.validity.notAfter = new Date(Date.now() + 365 * DAY_MS);
  certificate.setSubject(subject);
  certificate.setIssuer(issuer);
  certificate.setExtensions(extensions);
  certificate.sign(forge.pki.privateKeyFromPem(signWith), forge.md.sha256.create());
  return certificate;
}

function commonName(value: string): forge.pki.CertificateField[] {
  return [{ name: 'commonName', value }];
}

function identifierOf(certificate: forge.pki.Certificate): string {
  return certificate.generateSubjectKeyIdentifier().getBytes();
}

/** A subject alternative name as RFC 5280 tells them apart: 2 is a DNS name, 7 an address. */
function alternativeName(
  host: string,
): { type: number; value: string } | { type: number; ip: string } {
  return isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host };
}
