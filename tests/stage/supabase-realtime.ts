import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import postgres from 'postgres';
import { acceptSocket } from './text-socket.ts';
import type { TextSocket } from './text-socket.ts';

/** What Realtime has in a project's database, and a word to this one whenever a message is committed. */
export async function realtimeSchema(): Promise<string> {
	return `${await readFile(new URL('../../supabase/tests/realtime.psql', import.meta.url), 'utf8')}
		create function realtime.watch() returns trigger language plpgsql as $$ begin
			perform pg_notify('realtime', json_build_array(new.topic, new.event, new.payload, new.private)::text);
			return null;
		end $$;
		grant execute on function realtime.watch() to public;
		create trigger watch after insert on realtime.messages for each row when (new.event is not null)
			execute function realtime.watch();`;
}

/** The part of a Supabase project that answers at /realtime/v1/websocket. */
export interface Realtime {
	/** Takes over a connection that wants to be a socket. */
	upgrade(request: IncomingMessage, stream: Duplex): void;
	close(): Promise<void>;
}

/** A message of Phoenix's second protocol: the reference of the join, its own, topic, event, payload. */
type Message = [string | null, string | null, string, string, Record<string, unknown>];

/**
 * Plays Supabase Realtime as far as broadcasts from the database on private channels go (Supabase docs, "Realtime
 * protocol" and "Realtime Authorization"): who joins is asked of the policies of realtime.messages, with a row of the
 * topic that is taken back; what was committed there goes to those who joined.
 */
export async function startRealtime(databaseUrl: string, jwtSecret: string, publishableKey: string): Promise<Realtime> {
	const sql = postgres(databaseUrl, { max: 2, onnotice: () => undefined });
	/** Who listens to a topic: the socket, and what the message to it begins with. */
	const listeners = new Map<string, Map<TextSocket, string | null>>();
	const send = (socket: TextSocket, message: Message) => socket.send(JSON.stringify(message));

	await sql.listen('realtime', (text) => {
		const [topic, event, payload, isPrivate] = JSON.parse(text) as [string, string, object, boolean];
		if (!isPrivate) return;
		for (const [socket, join] of listeners.get(topic) ?? [])
			send(socket, [join, null, `realtime:${topic}`, 'broadcast', { type: 'broadcast', event, payload }]);
	});

	async function mayListen(token: unknown, topic: string): Promise<boolean> {
		const claims = readClaims(String(token), jwtSecret);
		if (!claims) return false;
		return sql
			.begin(async (one) => {
				const [probe] = await one<{ id: string }[]>`
					insert into realtime.messages (topic, extension) values (${topic}, 'broadcast') returning id`;
				// The last is for auth.uid() of lite, which reads nothing else; Supabase's takes it from the claims.
				await one`select set_config('role', ${claims.role}, true), set_config('realtime.topic', ${topic}, true),
					set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
					set_config('request.jwt.claim.sub', ${claims.sub}, true)`;
				const found = await one`select from realtime.messages where id = ${probe?.id ?? ''}`;
				throw new Taken(found.length === 1);
			})
			.catch((error: unknown) => {
				if (error instanceof Taken) return error.seen;
				throw error;
			});
	}

	async function answer(socket: TextSocket, [join, ref, topic, event, payload]: Message): Promise<void> {
		const name = topic.replace(/^realtime:/, '');
		const reply = (status: 'ok' | 'error', response: object) =>
			send(socket, [join, ref, topic, 'phx_reply', { status, response }]);
		if (event === 'heartbeat') reply('ok', {});
		else if (event === 'phx_join') {
			const { private: isPrivate } = payload.config as { private: boolean };
			if (!isPrivate || !(await mayListen(payload.access_token, name)))
				return reply('error', { reason: 'Unauthorized' });
			listeners.set(name, (listeners.get(name) ?? new Map<TextSocket, string | null>()).set(socket, join));
			reply('ok', { postgres_changes: [] });
		} else if (event === 'access_token' && !(await mayListen(payload.access_token, name))) {
			listeners.get(name)?.delete(socket);
			send(socket, [join, null, topic, 'phx_close', {}]);
		} else if (event === 'phx_leave') {
			listeners.get(name)?.delete(socket);
			reply('ok', {});
			send(socket, [join, ref, topic, 'phx_close', {}]);
		}
	}

	return {
		upgrade(request, stream) {
			const { pathname, searchParams } = new URL(request.url ?? '', 'http://project');
			const asked = [pathname, searchParams.get('apikey'), searchParams.get('vsn')].join(' ');
			if (asked !== `/realtime/v1/websocket ${publishableKey} 2.0.0`) return void stream.destroy();
			const gone = () => listeners.forEach((sockets) => sockets.delete(socket));
			const socket = acceptSocket(
				request,
				stream,
				(text) => void answer(socket, JSON.parse(text) as Message).catch(() => socket.end()),
				gone
			);
		},
		close: () => sql.end({ timeout: 1 })
	};
}

/** Takes a transaction back and says what it saw. */
class Taken extends Error {
	readonly seen: boolean;
	constructor(seen: boolean) {
		super('taken back');
		this.seen = seen;
	}
}

interface Claims {
	sub: string;
	role: string;
	exp: number;
}

/** The claims of a token of this project that has not run out. */
function readClaims(token: string, secret: string): Claims | undefined {
	const [header, body = '', signature] = token.split('.');
	if (createHmac('sha256', secret).update(`${header}.${body}`).digest('base64url') !== signature) return undefined;
	const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
	return claims.exp * 1000 > Date.now() ? claims : undefined;
}
