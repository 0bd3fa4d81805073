import { webcrypto } from 'node:crypto';

/** Encrypts with AES-GCM, to base64. What was encrypted for one name decrypts for that name alone. */
export interface Vault {
  readonly encrypt: (text: string, name: string) => Promise<string>;
  /** The text; `undefined` for what this key did not encrypt for this name. */
  readonly decrypt: (sealed: string, name: string) => Promise<string | undefined>;
}

const nonceLength = 12;

/** Opens a vault with a key of 32 bytes in base64, such as `openssl rand -base64 32` prints. */
export async function openVault(base64: string): Promise<Vault> {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== 32) throw new TypeError('STORE_KEY: expected 32 bytes in base64');
  const key = await webcrypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
  const parameters = (nonce: Uint8Array, name: string) => ({
    name: 'AES-GCM',
    iv: nonce,
    additionalData: Buffer.from(name),
  });
  return {
    async encrypt(text, name) {
      const nonce = webcrypto.getRandomValues(new Uint8Array(nonceLength));
      const sealed = await webcrypto.subtle.encrypt(
        parameters(nonce, name),
        key,
        Buffer.from(text),
      );
      return Buffer.concat([nonce, Buffer.from(sealed)]).toString('base64');
    },
    async decrypt(sealed, name) {
      const bytes = Buffer.from(sealed, 'base64');
      const nonce = bytes.subarray(0, nonceLength);
      try {
        const text = await webcrypto.subtle.decrypt(
          parameters(nonce, name),
          key,
          bytes.subarray(nonceLength),
        );
        return Buffer.from(text).toString();
      } catch {
        return undefined;
      }
    },
  };
}
