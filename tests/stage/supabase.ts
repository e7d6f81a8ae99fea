import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { startPostgres } from './postgres.ts';
import { raisedLimits } from './shared-server.ts';

/** A Supabase project at an origin of its own: see run-supabase.ts for what it is and where it differs. */
export interface SupabaseProject {
	url: string;
	/** Its database, as the owner reaches it. */
	databaseUrl: string;
	/** Signs its access tokens. */
	jwtSecret: string;
	/** What Arca's server needs in its environment to stand before it. */
	env: { [name: string]: string };
	/** Takes the oldest code mailed to an address that was not taken yet; waits for it. */
	takeCode(email: string): Promise<string>;
	stop(): Promise<void>;
}

/**
 * Starts one on an empty database of the tests' PostgreSQL, or of one that goes with it.
 * @param realtime whether its Realtime answers, or takes connections and stays silent
 * @param provider where the GitHub is that people may sign in with; none where it is not said
 */
export async function startSupabase(
	realtime: 'answers' | 'silent' = 'answers',
	provider?: string
): Promise<SupabaseProject> {
	const postgres = await startPostgres();
	const databaseUrl = await postgres.createDatabase();
	const port = await freePort();
	const url = `http://localhost:${port}`;
	const jwtSecret = randomBytes(48).toString('base64url');
	const publishableKey = `sb_publishable_${randomBytes(24).toString('base64url')}`;
	const child = fork(fileURLToPath(new URL('./run-supabase.ts', import.meta.url)), {
		silent: true,
		env: {
			...process.env,
			PORT: String(port),
			DATABASE_URL: databaseUrl,
			JWT_SECRET: jwtSecret,
			PUBLISHABLE_KEY: publishableKey,
			SITE_URL: url,
			REALTIME: realtime,
			...(provider ? { GITHUB_URL: provider } : {})
		}
	});
	// Lite prints every statement that the database refused, which here is what tests ask for.
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (printed += part.toString()));
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const mailbox = new Mailbox();
	await new Promise<void>((resolve, reject) => {
		child.on('message', (told) => {
			if (told === 'ready') resolve();
			else mailbox.add(told as Mailed);
		});
		void ended.then(() => reject(new Error(`the Supabase project ended before it was ready:\n${printed}`)));
	});
	const systemKey = `1:${randomBytes(32).toString('base64')}`;
	return {
		url,
		databaseUrl,
		jwtSecret,
		env: { ...raisedLimits, SUPABASE_URL: url, SUPABASE_PUBLISHABLE_KEY: publishableKey, ARCA_SYSTEM_KEYS: systemKey },
		takeCode: (email) => mailbox.take(email),
		async stop() {
			child.kill('SIGTERM');
			await ended;
			await postgres.stop();
		}
	};
}

interface Mailed {
	to: string;
	code: string;
}

/** Codes that came and tests that wait for one. */
class Mailbox {
	readonly #arrived: Mailed[] = [];
	readonly #waiting: { to: string; take: (code: string) => void }[] = [];

	add(mailed: Mailed): void {
		const index = this.#waiting.findIndex(({ to }) => to === mailed.to);
		if (index < 0) this.#arrived.push(mailed);
		else this.#waiting.splice(index, 1)[0]?.take(mailed.code);
	}

	take(email: string): Promise<string> {
		const index = this.#arrived.findIndex(({ to }) => to === email);
		const found = index < 0 ? undefined : this.#arrived.splice(index, 1)[0];
		if (found) return Promise.resolve(found.code);
		return new Promise((take) => this.#waiting.push({ to: email, take }));
	}
}
