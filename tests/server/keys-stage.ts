import postgres from 'postgres';
import { startMailServer } from '../stage/mail-server.ts';
import type { MailServer } from '../stage/mail-server.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import { EncryptedPerson } from './encrypted-person.ts';
import { testDatabase } from './test-database.ts';
import { confirmedAccount } from './waiting-browser.ts';

interface Opened {
	mail: MailServer;
	server: TestServer;
	client: Client;
	sql: postgres.Sql;
}

/** A server that writes letters, its database, and people with confirmed addresses. */
export class KeysStage {
	#opened: Opened | null = null;
	#people = 0;

	async open(): Promise<Opened> {
		const mail = await startMailServer();
		const databaseUrl = await testDatabase();
		const server = await startServer({ databaseUrl, env: { ...raisedLimits, ARCA_SMTP_URL: mail.url } });
		const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
		return (this.#opened = { mail, server, client: await Client.of(server.url), sql });
	}

	async close(): Promise<void> {
		const { mail, server, sql } = this.#it;
		await sql.end();
		await server.stop();
		await mail.stop();
	}

	/** Somebody who signed up just now and will have user encryption. */
	async person(): Promise<EncryptedPerson> {
		const { client, mail } = this.#it;
		const account = await confirmedAccount(client, mail, `ana-${++this.#people}@example.org`, '198.51.100.1');
		return EncryptedPerson.of(client, { ...account, refreshToken: '' });
	}

	/** The next letter, with the lines joined that the mail format broke. */
	async letter(): Promise<{ to: string; text: string }> {
		const { to, text } = await this.#it.mail.next();
		return { to, text: text.replace(/=\r?\n/g, '') };
	}

	/** Makes a person's session as old as that. */
	async signedInAgo({ session }: EncryptedPerson, interval: string): Promise<void> {
		await this.#it.sql`update auth.sessions set created_at = now() - ${interval}::interval where id = ${session}`;
	}

	get #it(): Opened {
		if (!this.#opened) throw new Error('the stage is not open');
		return this.#opened;
	}
}

/** The status of an answer and what it says. */
export async function said(
	answer: Promise<Response>
): Promise<{ status: number; type: string; [member: string]: unknown }> {
	const got = await answer;
	const body = got.status === 204 ? {} : ((await got.json()) as { type?: string });
	return { ...body, status: got.status, type: (body.type ?? '').replace('/problems/', '') };
}
