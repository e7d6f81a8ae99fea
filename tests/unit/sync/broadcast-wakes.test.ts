import { afterEach, expect, test, vi } from 'vitest';
import { broadcastWakes } from '../../../src/lib/sync/broadcast-wakes.ts';
import { uuid } from './changes.ts';

type Message = [string | null, string | null, string, string, { access_token?: string; config?: { private: boolean } }];

/** The other end of the library's socket, in its place. */
class FakeSocket extends EventTarget {
	static opened: FakeSocket[] = [];
	readonly CONNECTING = 0;
	readonly OPEN = 1;
	readonly CLOSING = 2;
	readonly CLOSED = 3;
	readonly protocol = '';
	readyState = 0;
	readonly url: string;
	readonly sent: Message[] = [];
	onopen: ((event: Event) => void) | null = null;
	onmessage: ((event: MessageEvent) => void) | null = null;
	onclose: ((event: CloseEvent) => void) | null = null;
	onerror: ((event: Event) => void) | null = null;

	constructor(url: string | URL) {
		super();
		this.url = String(url);
		FakeSocket.opened.push(this);
	}
	open(): void {
		this.readyState = 1;
		this.onopen?.(new Event('open'));
	}
	send(text: string): void {
		this.sent.push(JSON.parse(text) as Message);
	}
	close(): void {
		this.readyState = 3;
		this.onclose?.(new Event('close') as CloseEvent);
	}
	say(message: unknown[]): void {
		this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(message) }));
	}
	/** The joins that were asked for, newest last. */
	joins(): Message[] {
		return this.sent.filter(([, , , event]) => event === 'phx_join');
	}
	answer([join, ref, topic]: Message, status: 'ok' | 'error'): void {
		this.say([join, ref, topic, 'phx_reply', { status, response: {} }]);
	}
}

let end: () => void = () => undefined;
afterEach(() => {
	end();
	FakeSocket.opened = [];
	vi.useRealTimers();
});

/** Listens to two domains through a fake socket. */
async function listen(accessToken = () => Promise.resolve('a token')) {
	const woken = vi.fn();
	const entity = uuid(1);
	end = broadcastWakes({
		...{ url: 'https://project.example/', publishableKey: 'sb_publishable_x', entity },
		...{ domains: ['health', 'finances'] as const, accessToken, transport: FakeSocket }
	})(woken);
	const socket = await vi.waitFor(() => {
		const [opened] = FakeSocket.opened;
		if (!opened) throw new Error('no socket');
		return opened;
	});
	return { socket, woken, topic: (domain: string) => `realtime:records:${entity}:${domain}` };
}

test('each domain is joined on a private channel; the token travels inside, the public key in the address', async () => {
	const { socket, topic } = await listen();
	expect(socket.url).toBe('wss://project.example/realtime/v1/websocket?apikey=sb_publishable_x&vsn=2.0.0');
	socket.open();
	expect(socket.joins().map(([, , joined]) => joined)).toEqual([topic('health'), topic('finances')]);
	for (const [, , , , payload] of socket.joins())
		expect(payload).toMatchObject({ access_token: 'a token', config: { private: true } });
});

test('it wakes when it begins to listen and at each word of the database, and no more once it was ended', async () => {
	const { socket, woken, topic } = await listen();
	socket.open();
	const [health, finances] = socket.joins();
	expect(woken).toHaveBeenCalledTimes(0);
	for (const join of [health, finances]) if (join) socket.answer(join, 'ok');
	await vi.waitFor(() => expect(woken).toHaveBeenCalledTimes(2));
	const told = [
		finances?.[0],
		null,
		topic('finances'),
		'broadcast',
		{ type: 'broadcast', event: 'changed', payload: {} }
	];
	socket.say(told);
	expect(woken).toHaveBeenCalledTimes(3);
	socket.say([finances?.[0], null, topic('finances'), 'broadcast', { type: 'broadcast', event: 'other', payload: {} }]);
	expect(woken).toHaveBeenCalledTimes(3);
	end();
	socket.say(told);
	expect(woken).toHaveBeenCalledTimes(3);
});

test('a project that refuses its channels is left alone after a few times', async () => {
	vi.useFakeTimers();
	const { socket, woken } = await listen();
	socket.open();
	for (let refused = 0; refused < 40; refused++) {
		for (const join of socket.joins().slice(refused * 2, refused * 2 + 2)) socket.answer(join, 'error');
		await vi.advanceTimersByTimeAsync(20_000);
	}
	expect(socket.joins()).toHaveLength(10);
	expect(woken).not.toHaveBeenCalled();
});

test('a socket that cannot be had is tried again with growing waits, and nothing is thrown', async () => {
	vi.useFakeTimers();
	const { woken } = await listen();
	const tries: number[] = [];
	for (let second = 0; second < 600; second++) {
		FakeSocket.opened.filter(({ readyState }) => readyState === 0).forEach((socket) => socket.close());
		await vi.advanceTimersByTimeAsync(1000);
		tries.push(FakeSocket.opened.length);
	}
	expect(tries[9]).toBeGreaterThan(2);
	expect(tries.at(-1)).toBeLessThan(14);
	expect(woken).not.toHaveBeenCalled();
});

test('where no token can be had, no socket is opened, and nothing is thrown', async () => {
	const asked = vi.fn(() => Promise.reject(new Error('offline')));
	const [refused] = await Promise.allSettled([listen(asked)]);
	expect(asked).toHaveBeenCalledTimes(1);
	expect(refused.status).toBe('rejected');
	expect(FakeSocket.opened).toEqual([]);
});
