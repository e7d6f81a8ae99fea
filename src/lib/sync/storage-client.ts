import { SIGNED_FOR } from '../api/plain-objects.ts';
import { ApiError, readProblem } from './api-error.ts';

export interface StorageClientOptions {
	/** The access token; with `fresh`, a newly refreshed one. */
	accessToken(fresh?: boolean): Promise<string>;
	/** Where Supabase's storage interface is (`…/storage/v1`), and the key of the app. */
	place(): Promise<{ url: string; apikey: string }>;
	fetch?: typeof fetch;
}

/** An address by which whoever has it reads one object, until a moment in milliseconds since 1970. */
export interface SignedUrl {
	url: string;
	until: number;
}

/** The objects of the bucket `plain`, at the Supabase origin; row-level security decides about each request. */
export interface StorageClient {
	/**
	 * Stores an object where nothing is.
	 * @param name as `plainName` gives it
	 * @throws ApiError, as the others do: with status 409 where something is there already
	 */
	put(name: string, bytes: Uint8Array<ArrayBuffer>, type: string): Promise<void>;
	/** Signs an object for 2 hours. */
	sign(name: string): Promise<SignedUrl>;
	/** The bytes that a signed URL names. */
	read(url: string): Promise<Uint8Array<ArrayBuffer>>;
	/** Deletes an object, where it may be deleted. */
	remove(name: string): Promise<void>;
}

/** A URL is taken for spent a minute before it is. */
const MARGIN = 60;
const ANSWER_WITHIN = 60_000;

/** Makes the client; it asks in the form that hosted Supabase and the forwarder of the embedded backend both take. */
export function createStorageClient(options: StorageClientOptions): StorageClient {
	const ask = options.fetch ?? ((input, init) => fetch(input, init));

	async function send(url: string, init: RequestInit): Promise<Response> {
		const signal = AbortSignal.timeout(ANSWER_WITHIN);
		try {
			return await ask(url, { ...init, signal, cache: 'no-store', credentials: 'omit' });
		} catch {
			throw new ApiError('sync/unreachable', 0);
		}
	}

	/** A request of the person; asks once for a new token where the one of now is not taken. */
	async function request(method: string, path: string, body: BodyInit, type: string): Promise<Response> {
		const { url, apikey } = await options.place();
		const attempt = async (fresh: boolean) => {
			const headers = { apikey, authorization: `Bearer ${await options.accessToken(fresh)}`, 'content-type': type };
			return send(`${url}/object/${path}`, { method, headers, body });
		};
		const first = await attempt(false);
		const answer = first.status === 401 ? await attempt(true) : first;
		if (!answer.ok) throw await readProblem(answer);
		return answer;
	}

	return {
		async put(name, bytes, type) {
			await request('POST', `plain/${name}`, bytes, type);
		},
		async sign(name) {
			const until = Date.now() + (SIGNED_FOR - MARGIN) * 1000;
			const body = JSON.stringify({ expiresIn: SIGNED_FOR });
			const answer: unknown = await (await request('POST', `sign/plain/${name}`, body, 'application/json')).json();
			const { signedURL } = (answer ?? {}) as { signedURL?: unknown };
			// A URL of another object would be shown for this one.
			if (typeof signedURL !== 'string' || !signedURL.startsWith(`/object/sign/plain/${name}?`))
				throw new ApiError('sync/bad-answer', 200);
			return { url: `${(await options.place()).url}${signedURL}`, until };
		},
		async read(url) {
			const answer = await send(url, {});
			if (!answer.ok) throw await readProblem(answer);
			return new Uint8Array(await answer.arrayBuffer());
		},
		async remove(name) {
			await request('DELETE', 'plain', JSON.stringify({ prefixes: [name] }), 'application/json');
		}
	};
}
