import { webcrypto } from 'node:crypto';

/** Encrypts with AES-GCM. What was encrypted for one name decrypts for that name alone. */
export interface Vault {
  readonly encrypt: (text: string, name: string) => Promise<Uint8Array>;
  readonly decrypt: (bytes: Uint8Array, name: string) => Promise<string>;
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
      return Buffer.concat([nonce, Buffer.from(sealed)]);
    },
    async decrypt(bytes, name) {
      const nonce = bytes.subarray(0, nonceLength);
      const sealed = bytes.subarray(nonceLength);
      return Buffer.from(
        await webcrypto.subtle.decrypt(parameters(nonce, name), key, sealed),
      ).toString();
    },
  };
}
