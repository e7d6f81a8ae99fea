import { createHmac } from 'node:crypto';
import type { Account, Client } from './client.ts';

/** The code of a time step, made without the code under test (RFC 6238, RFC 4226; SHA-1, six digits). */
export function codeOf(secret: string, step: number): string {
	const message = Buffer.alloc(8);
	message.writeBigUInt64BE(BigInt(step));
	const digest = createHmac('sha1', fromBase32(secret)).update(message).digest();
	const at = (digest.at(-1) ?? 0) & 15;
	return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** The time step of this moment. */
export const stepNow = (): number => Math.floor(Date.now() / 30_000);

/** A code that is none of the three that are taken now. */
export function wrongCode(secret: string): string {
	const right = [-2, -1, 0, 1, 2].map((off) => codeOf(secret, stepNow() + off));
	return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code)) ?? '';
}

/** Turns two-step verification on: the account's session has shown the code of this moment; what it takes to show others. */
export async function turnOn(client: Client, { token }: Pick<Account, 'token'>) {
	const { secret } = await client.must<{ secret: string; uri: string }>('POST', '/api/two-factor/enroll', { token });
	const body = { code: codeOf(secret, stepNow()) };
	const { codes } = await client.must<{ codes: string[] }>('POST', '/api/two-factor/confirm', { body, token });
	return { secret, codes };
}

/** Another session of the account, which has shown nothing yet. */
export async function anotherSession(client: Client, { email, password }: Account): Promise<string> {
	const answer = (await (await client.signIn(email, password)).json()) as { access_token: string };
	return answer.access_token;
}

/** RFC 4648, section 6. */
function fromBase32(text: string): Buffer {
	const bits = [...text].map((letter) =>
		'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')
	);
	return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
