import { fromBase64url } from '../crypto/base64url.ts';
import { serverConfig } from './session/server-config.ts';
import { session } from './session.svelte.ts';

/** What was found by asking, now and from here; null: it could not be asked. */
export interface SeenLayers {
	/** How the person's session was signed in, as its token says. */
	readonly signIn: 'password' | 'second-step' | null;
	/** What the database gives to somebody without a session. */
	readonly rows: 'refused' | 'given' | null;
	/** What the store of files gives to somebody without a session. */
	readonly storage: 'refused' | 'given' | null;
	/** What the database itself holds of that record; of any of the person's, or of an entity, where none was named. */
	readonly system: 'sealed' | 'readable' | null;
	/** The envelope that lies there, if it is one. */
	readonly stored: Uint8Array | null;
}

/** A record by its place. */
export interface RecordPlace {
	readonly entity: string;
	readonly id: string;
}

/** The first two bytes of an envelope of the system layer: version 1, S. */
const SYSTEM = [0x01, 0x53];

/** Asks the backend as nobody and as oneself; nothing of it is kept. Never rejects. */
export async function lookAtLayers(record?: RecordPlace): Promise<SeenLayers> {
	const [signIn, rows, storage, body] = await Promise.all([
		secondStep().catch(() => null),
		asNobody('/rest/v1/records?select=id&limit=1').catch(() => null),
		asNobody('/storage/v1/bucket').catch(() => null),
		storedBody(record).catch(() => null)
	]);
	const stored = body === null ? null : envelopeOf(body);
	return { signIn, rows, storage, system: body === null ? null : stored ? 'sealed' : 'readable', stored };
}

/** A token says by which assurance its session was opened: `aal2` is a second step. */
async function secondStep(): Promise<SeenLayers['signIn']> {
	const [, claims = ''] = (await session.accessToken()).split('.');
	const { aal } = JSON.parse(new TextDecoder().decode(fromBase64url(claims))) as { aal?: unknown };
	return aal === 'aal2' ? 'second-step' : 'password';
}

/** A page without rows and a refusal are the same to whoever asks: nothing. */
async function asNobody(path: string): Promise<'refused' | 'given'> {
	const { status, found } = await ask(path);
	return status < 400 && found.length > 0 ? 'given' : 'refused';
}

/** The text that the database holds as a body; null where it gives none. */
async function storedBody(record?: RecordPlace): Promise<string | null> {
	const token = await session.accessToken();
	const asked = record
		? [`records?select=body&entity_id=eq.${record.entity}&id=eq.${record.id}`]
		: ['records?select=body&body=not.is.null&limit=1', 'entities?select=body&limit=1'];
	for (const query of asked) {
		const { status, found } = await ask(`/rest/v1/${query}`, token);
		if (status >= 400) return null;
		const [row] = found as { body?: unknown }[];
		if (typeof row?.body === 'string') return row.body;
	}
	return null;
}

/** The bytes of an envelope of the system layer; null for anything else. */
function envelopeOf(body: string): Uint8Array | null {
	try {
		const bytes = fromBase64url(body);
		return SYSTEM.every((byte, place) => bytes[place] === byte) ? bytes : null;
	} catch {
		return null;
	}
}

/** One question to the backend, past the thin server where the backend has an address of its own. */
async function ask(path: string, token?: string): Promise<{ status: number; found: unknown[] }> {
	const { supabaseUrl, publishableKey } = await serverConfig();
	const url = new URL(supabaseUrl.replace(/\/$/, '') + path, location.origin);
	const headers = { apikey: publishableKey, ...(token && { authorization: `Bearer ${token}` }) };
	const answer = await fetch(url, { headers, credentials: 'omit', cache: 'no-store' });
	if (answer.status >= 500 || answer.status === 429) throw new Error(`not answered: ${answer.status}`);
	const found: unknown = await answer.json().catch(() => []);
	return { status: answer.status, found: Array.isArray(found) ? found : [] };
}
