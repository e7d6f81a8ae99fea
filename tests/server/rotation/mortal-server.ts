import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../stage/server.ts';
import type { TestServer } from '../../stage/server.ts';
import { raisedLimits } from '../../stage/shared-server.ts';
import { testDatabase } from '../test-database.ts';

/** The built server on PostgreSQL, which can be killed and started again on what is left. */
export class MortalServer {
	readonly databaseUrl: string;
	readonly url: string;
	kills = 0;
	readonly #folder: string;
	#server: TestServer;
	#up: Promise<void> = Promise.resolve();

	private constructor(server: TestServer, databaseUrl: string, folder: string) {
		[this.#server, this.url, this.databaseUrl, this.#folder] = [server, server.url, databaseUrl, folder];
	}

	static async start(): Promise<MortalServer> {
		const [databaseUrl, dataFolder] = [await testDatabase(), mkdtempSync(join(tmpdir(), 'arca-rotation-'))];
		return new MortalServer(await startServer({ dataFolder, databaseUrl, env: raisedLimits }), databaseUrl, dataFolder);
	}

	/** Kills it and starts it again, meanwhile nobody reaches it; one after another. */
	kill(): Promise<void> {
		this.#up = this.#up.then(async () => {
			this.kills++;
			await this.#server.kill9();
			const { databaseUrl, port } = { databaseUrl: this.databaseUrl, port: this.#server.port };
			this.#server = await startServer({ dataFolder: this.#folder, databaseUrl, env: raisedLimits, port });
		});
		return this.#up;
	}

	/** When it is there. */
	up(): Promise<void> {
		return this.#up;
	}

	/** Does something that needs it, and again where it was killed meanwhile. */
	async ask<T>(work: () => Promise<T>): Promise<T> {
		for (;;) {
			await this.#up;
			const { kills } = this;
			try {
				return await work();
			} catch (error) {
				if (this.kills === kills) throw error;
			}
		}
	}

	async stop(): Promise<void> {
		await this.#up;
		await this.#server.stop();
		rmSync(this.#folder, { recursive: true, force: true });
	}
}
