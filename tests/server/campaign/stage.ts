import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { startServer } from '../../stage/server.ts';
import type { TestServer } from '../../stage/server.ts';
import { raisedLimits } from '../../stage/shared-server.ts';
import { Client } from '../client.ts';
import type { Account } from '../client.ts';
import { EncryptedPerson } from '../encrypted-person.ts';
import { testDatabase } from '../test-database.ts';

/** What happened on the way, to see that a campaign was one. */
export interface Counts {
	acts: number;
	conflicts: number;
	pageKills: number;
	serverKills: number;
	lostRequests: number;
	lostAnswers: number;
	delayed: number;
	repeated: number;
	clockJumps: number;
	/** Histories in which a domain got a user layer and a new key. */
	layered: number;
	/** Bodies sealed anew, and changes that met a newer key than they were sealed with. */
	resealed: number;
	stale: number;
}

/** One server on PostgreSQL for all histories, which can be killed and started again on what is left. */
export class Stage {
	readonly counts: Counts;
	readonly account: Account;
	readonly client: Client;
	/** The same person, with user encryption on: who signs rosters. */
	readonly person: EncryptedPerson;
	readonly #start: () => Promise<TestServer>;
	readonly #folder: string;
	#server: TestServer;
	#up: Promise<void> = Promise.resolve();
	#token: Promise<string>;

	private constructor(
		server: TestServer,
		start: () => Promise<TestServer>,
		folder: string,
		client: Client,
		person: EncryptedPerson
	) {
		this.#server = server;
		this.#start = start;
		this.#folder = folder;
		this.client = client;
		this.person = person;
		this.account = person.account;
		this.#token = Promise.resolve(person.account.token);
		this.counts = {
			acts: 0,
			conflicts: 0,
			pageKills: 0,
			serverKills: 0,
			lostRequests: 0,
			lostAnswers: 0,
			delayed: 0,
			repeated: 0,
			clockJumps: 0,
			layered: 0,
			resealed: 0,
			stale: 0
		};
	}

	static async open(): Promise<Stage> {
		const dataFolder = mkdtempSync(join(tmpdir(), 'arca-campaign-'));
		const databaseUrl = await testDatabase();
		const first = await startServer({ dataFolder, databaseUrl, env: raisedLimits });
		await allowManyEntities(databaseUrl);
		const start = () => startServer({ dataFolder, databaseUrl, env: raisedLimits, port: first.port });
		const client = await Client.of(first.url);
		const person = await EncryptedPerson.of(client, await client.signUp());
		await person.turnOn();
		return new Stage(first, start, dataFolder, client, person);
	}

	get url(): string {
		return this.#server.url;
	}

	async accessToken(fresh?: boolean): Promise<string> {
		if (fresh) {
			const { email, password } = this.account;
			this.#token = this.client.signIn(email, password).then(async (answer) => {
				const { access_token: token } = (await answer.json()) as { access_token: string };
				return (this.account.token = token);
			});
		}
		return this.#token;
	}

	/** Kills the server and starts it again, meanwhile nobody reaches it; one after another. */
	killServer(): Promise<void> {
		this.#up = this.#up.then(async () => {
			this.counts.serverKills++;
			await this.#server.kill9();
			this.#server = await this.#start();
		});
		return this.#up;
	}

	/** When the server is there. */
	up(): Promise<void> {
		return this.#up;
	}

	/** Asks the server for the test itself, and again where it was killed meanwhile. */
	async ask<T>(work: (token: string) => Promise<T>): Promise<T> {
		for (;;) {
			await this.#up;
			const kills = this.counts.serverKills;
			try {
				return await work(await this.accessToken());
			} catch (error) {
				if (this.counts.serverKills === kills) throw error;
			}
		}
	}

	async close(): Promise<void> {
		await this.#up;
		await this.#server.stop();
		rmSync(this.#folder, { recursive: true, force: true });
	}
}

/** One person makes as many entities here as there are histories; the database lets nobody make so many in a day. */
async function allowManyEntities(databaseUrl: string): Promise<void> {
	const sql = postgres(databaseUrl, { max: 1 });
	await sql`update app_private.limits set value = 100000 where name in ('entities_per_person', 'drawn_ids_per_day')`;
	await sql.end();
}
