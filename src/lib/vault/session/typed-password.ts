/** A MAC of the sign-in password that was typed in this visit, under a key that no script can read and no page outlives. */
let typed: { key: CryptoKey; mac: ArrayBuffer } | null = null;

/** Remembers, for as long as this page lives, what the sign-in password is, without keeping the password. */
export async function noteTyped(password: string): Promise<void> {
	const made = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
	typed = { key: made, mac: await crypto.subtle.sign('HMAC', made, bytesOf(password)) };
}

/**
 * Whether a text is the sign-in password that was typed in this visit. The encryption password must be another one, and
 * trying to sign in with it would give it to the server: so nothing is said where nobody typed the former.
 */
export async function isTypedPassword(text: string): Promise<boolean> {
	return typed !== null && crypto.subtle.verify('HMAC', typed.key, typed.mac, bytesOf(text));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(text);
}
