import { argon2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { BrowserContext } from '@playwright/test';
import { fromBase64url } from '../../src/lib/crypto/base64url.ts';
import { joinBytes } from '../../src/lib/crypto/bytes.ts';
import { hkdf } from '../../src/lib/crypto/hkdf.ts';
import { labels } from '../../src/lib/crypto/labels.ts';
import { toBase64url } from '../../src/lib/crypto/base64url.ts';
import type { ReadPin } from '../../src/lib/keys/held-pin.ts';
import type { Exchange } from '../stage/front.ts';
import type { Secret } from './spellings.ts';

/** Notes what key workers tell their pages when a PIN is read: the salt is otherwise nowhere but sealed on the device. */
export async function watchPins(context: BrowserContext): Promise<ReadPin[]> {
	const read: ReadPin[] = [];
	await context.exposeFunction('tellOfPin', (pin: ReadPin) => void read.push(pin));
	await context.addInitScript(() => {
		const listen = (worker: Worker): void =>
			worker.addEventListener('message', ({ data }: MessageEvent<{ answer?: ReadPin } | null>) => {
				const { answer } = data ?? {};
				if (answer?.verifier) void (window as unknown as { tellOfPin(pin: ReadPin): void }).tellOfPin(answer);
			});
		window.Worker = new Proxy(window.Worker, {
			construct(target, input: ConstructorParameters<typeof Worker>) {
				const worker = new target(...input);
				listen(worker);
				return worker;
			}
		});
	});
	return read;
}

/**
 * What of a PIN that was set must never leave the key worker (`never`; the PIN itself: never the page), and the server's
 * share of it, which travels and must not be kept.
 * @throws Error where the PIN is not the one that a request was made of
 */
export async function pinSecrets(
	exchanges: readonly Exchange[],
	pin: string,
	read: readonly ReadPin[]
): Promise<{ never: Secret[]; share: Secret }> {
	const put = exchanges.find(({ head }) => head.startsWith('PUT /api/keys/pin'));
	const { verifier } = JSON.parse(put?.body.toString() ?? '{}') as { verifier?: string };
	const told = read.find((one) => one.verifier === verifier);
	if (!put || !told) throw new Error('no PIN was set');
	const cost = { memory: 65_536, passes: 3, parallelism: 1, tagLength: 32 };
	const input = { message: Buffer.from(pin), nonce: fromBase64url(told.salt), ...cost };
	const stretched = new Uint8Array(await promisify(argon2)('argon2id', input));
	if (toBase64url(await hkdf(stretched, labels.pinVerifier)) !== verifier) throw new Error('another PIN was set');
	const share = fromBase64url((JSON.parse(put.answer.toString()) as { share: string }).share);
	const wrapKey = await hkdf(joinBytes(stretched, share), labels.pinWrap);
	return {
		never: [
			{ name: 'the PIN', value: pin },
			{ name: 'the stretched PIN', value: stretched },
			{ name: 'the wrap key of the PIN', value: wrapKey }
		],
		share: { name: 'the share of the PIN', value: share }
	};
}
