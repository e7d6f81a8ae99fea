import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Seals the password of a sign-up that waits, so that the server's memory alone does not hold it (AES-256-GCM).
 * @param claim 32 random bytes in base64url, for this one password: the browser keeps it, the server does not.
 * @returns nonce (12 bytes), tag (16 bytes), the sealed text.
 */
export function sealPassword(password: string, claim: string, email: string): Buffer {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', Buffer.from(claim, 'base64url'), nonce);
	cipher.setAAD(Buffer.from(email));
	const sealed = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/**
 * Opens it again.
 * @throws Error when it was sealed under another claim or for another address.
 */
export function openPassword(sealed: Buffer, claim: string, email: string): string {
	const decipher = createDecipheriv('aes-256-gcm', Buffer.from(claim, 'base64url'), sealed.subarray(0, 12));
	decipher.setAAD(Buffer.from(email));
	decipher.setAuthTag(sealed.subarray(12, 28));
	return decipher.update(sealed.subarray(28), undefined, 'utf8') + decipher.final('utf8');
}
