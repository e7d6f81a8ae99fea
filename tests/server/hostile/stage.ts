import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import type { Sql } from 'postgres';
import { startServer } from '../../stage/server.ts';
import type { TestServer } from '../../stage/server.ts';
import { raisedLimits } from '../../stage/shared-server.ts';
import { Client } from '../client.ts';
import type { Account } from '../client.ts';
import { parseSystemKeys, SystemLayer } from '../../../src/lib/server/system-layer/index.ts';
import { testDatabase } from '../test-database.ts';
import { HostileDevice, PASSWORD } from './device.ts';
import type { DeviceOptions } from './device.ts';

/** What the database has of a person's records and keys, in the order in which rows point at each other. */
const TABLES = ['heads', 'records', 'record_history', 'identities', 'user_keys', 'bundles', 'rosters', 'key_grants'];

/** A real server, and whoever owns its database: no trigger or policy stands in their way. */
export class HostileStage {
	readonly server: TestServer;
	readonly sql: Sql;
	readonly #client: Client;

	private constructor(server: TestServer, sql: Sql, client: Client) {
		[this.server, this.sql, this.#client] = [server, sql, client];
	}

	static async open(): Promise<HostileStage> {
		const databaseUrl = await testDatabase();
		const server = await startServer({ databaseUrl, env: raisedLimits });
		const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
		return new HostileStage(server, sql, await Client.of(server.url));
	}

	async close(): Promise<void> {
		await this.sql.end();
		await this.server.stop();
	}

	device(account: Account, options?: DeviceOptions): HostileDevice {
		return new HostileDevice(this.server.url, account, options);
	}

	/** Somebody who turned user encryption on, on a device that knows all of it, with one record of health. */
	async turnedOn(): Promise<{ ana: Account; entity: string; device: HostileDevice; recoveryCode: string }> {
		const ana = await this.#client.signUp();
		const entity = await this.#client.createEntity(ana);
		const device = this.device(ana);
		const { recoveryCode } = await device.encryption.turnOn(PASSWORD);
		await device.encryption.resume();
		await device.open(entity);
		await device.save('before');
		await device.sync.sync();
		return { ana, entity, device, recoveryCode };
	}

	/** The layer of this server, whose keys were given away. */
	get systemLayer(): SystemLayer {
		const keys = readFileSync(join(this.server.dataFolder, 'keys', 'system-keys'), 'utf8');
		return new SystemLayer(parseSystemKeys(keys.trim()));
	}

	/** Does something to the database, past every trigger. */
	async tamper(work: (act: postgres.TransactionSql) => Promise<unknown>): Promise<void> {
		await this.sql.begin(async (act) => {
			await act`set local session_replication_role = replica`;
			await work(act);
		});
	}

	/** Keeps what the database has now; gives what sets it back to that, without a word. */
	async remember(): Promise<() => Promise<void>> {
		await this.sql`drop schema if exists backup cascade`;
		await this.sql`create schema backup`;
		for (const name of TABLES) await this.sql`create table backup.${this.sql(name)} as table public.${this.sql(name)}`;
		return () =>
			this.tamper(async (act) => {
				for (const name of TABLES) {
					await act`delete from public.${act(name)}`;
					await act`insert into public.${act(name)} select * from backup.${act(name)}`;
				}
			});
	}
}
