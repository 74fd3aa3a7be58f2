import { createPrivateKey, type KeyObject } from 'node:crypto';
import { InputError } from '../errors.ts';

/**
 * Opens the key of an app config: PKCS#8 or PKCS#1 PEM, encrypted or not.
 * @throws {InputError} `private_key`: wrong passphrase, none, or no RSA key; nothing of the key is repeated
 */
export function openPrivateKey(pem: string, passphrase: string | undefined): KeyObject {
  const key = opened(pem, passphrase);
  if (key.asymmetricKeyType === 'rsa') return key;
  throw wrongKey(`is a key of another kind (${key.asymmetricKeyType}): Box takes RSA keys`);
}

function opened(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase !== undefined && { passphrase }) });
  } catch (error) {
    const isEncrypted = /ENCRYPTED/.test(pem);
    if (isEncrypted && !passphrase) throw wrongKey('is encrypted, and there is no passphrase');
    if (isEncrypted) throw wrongKey('cannot be opened with the passphrase beside it');
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw wrongKey(`is not a PEM private key that can be read${code}`);
  }
}

function wrongKey(fault: string): InputError {
  return new InputError(`boxAppSettings.appAuth.privateKey ${fault}`, { code: 'private_key' });
}
