import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import type { PasskeyOptions } from '../../src/lib/api/passkeys.ts';
import { Authenticator } from '../stage/authenticator.ts';
import { claimsOf } from '../stage/tokens.ts';
import { expense } from './client.ts';
import type { Account, Client } from './client.ts';
import { EncryptedPerson, envelope } from './encrypted-person.ts';
import { addPasskey, askPasskey } from './passkey-steps.ts';
import { anotherSession, codeOf, stepNow, turnOn } from './two-step.ts';

/** What a request says: the parameters of path and query by name, and a body. */
export interface Asked {
	params?: { [name: string]: string };
	body?: object;
	/** Whose request it is, where it is not Ana's. */
	token?: string;
}

export interface GoodRequests {
	/** Whose requests they are, unless one says otherwise. */
	ana: Account;
	/** For each route what a good request says. */
	good: { [operation: string]: () => Asked | Promise<Asked> };
	/** The session of somebody with two-step verification, which has shown nothing. */
	outside: string;
	/** Turns that person's two-step verification off, on, or has it wait for its first code; gives a code. */
	withSecondStep: (state: 'off' | 'waiting' | 'on') => Promise<string>;
}

const PIN_VERIFIER = 'A'.repeat(43);

/** What good requests lean on, made anew: people, an entity with user encryption, rows and files as each asks for them. */
export async function goodRequests(client: Client, sql: postgres.Sql): Promise<GoodRequests> {
	const ana = await client.signUp();
	const entity = await client.createEntity(ana);
	const person = await EncryptedPerson.of(client, ana);
	await person.turnOn(entity);
	const bea = await client.signUp();
	await turnOn(client, bea);
	const outside = await anotherSession(client, bea);
	let toGo = '';

	const good: GoodRequests['good'] = {
		health: () => ({}),
		config: () => ({}),
		openapi: () => ({}),
		listEntities: () => ({}),
		createEntity: () => ({ body: { kind: 'household', name: 'Casa', values: { street: 'Mayor 1' } } }),
		updateEntity: async () => {
			const { entities } = await client.must<{ entities: { id: string; rev: string }[] }>('GET', '/api/entities', {
				token: ana.token
			});
			const base = entities.find(({ id }) => id === entity)?.rev ?? '';
			return { params: { id: entity }, body: { base, kind: 'person', name: 'Ana', values: {} } };
		},
		deleteEntity: async () => ({ params: { id: await entityToGo() } }),
		pullRecords: () => ({ body: { entity, after: { finances: '0' }, limit: 10 } }),
		pushRecords: () => ({ body: { entity, changes: [expense()] } }),
		readHistory: async () => {
			const change = expense();
			await client.push(ana, entity, [change]);
			return { params: { entity, id: change.id } };
		},
		listStaleContents: () => ({ params: { entity, domain: 'health' } }),
		openContent: () => ({ body: { entity, domain: 'finances', file: randomUUID() } }),
		getContent: async () => ({ params: { id: await openContent() } }),
		releaseContent: async () => ({ params: { id: await openContent() } }),
		putPart: async () => ({ params: { id: await openContent(), n: '0' }, body: new Uint8Array(10) }),
		getPart: async () => ({ params: { id: await contentOf(10), n: '0' } }),
		completeContent: async () => ({ params: { id: await contentOf(10) }, body: { parts: 1, bytes: 10 } }),
		getKeys: () => ({}),
		putKeys: async () => {
			const version = (await client.must<{ version: number }>('GET', '/api/keys', { token: ana.token })).version + 1;
			return { body: person.put(version, { rosters: [await nextRoster()] }) };
		},
		eraseKeptKeys: () => ({}),
		askReset: () => ({}),
		cancelReset: () => ({}),
		putPin: () => ({ body: { verifier: PIN_VERIFIER } }),
		tryPin: async () => {
			await client.must('PUT', '/api/keys/pin', { body: { verifier: PIN_VERIFIER }, token: ana.token });
			return { body: { verifier: PIN_VERIFIER } };
		},
		removePin: () => ({}),
		getBundle: () => ({}),
		putBundle: async () => {
			const { version } = await client.must<{ version: number }>('GET', '/api/bundle', { token: ana.token });
			return { body: { version: version + 1, sealed: envelope(0) } };
		},
		listIdentities: () => ({ params: { user: ana.id } }),
		listRosters: () => ({ params: { entity, epoch: '1', from: '1' } }),
		postRoster: async () => ({ body: await nextRoster() }),
		listGrants: () => ({ params: { entity } }),
		postGrants: async () => ({ body: { entity, grants: (await nextRoster()).grants } }),
		listSessions: () => ({}),
		revokeOtherSessions: () => ({}),
		revokeSession: async () => {
			const other = (await (await client.signIn(ana.email, ana.password)).json()) as { access_token: string };
			return { params: { id: claimsOf(other.access_token).session_id } };
		},
		setSessionRules: () => ({ body: { idle: 86_400, age: null } }),
		reportViolation: () => ({
			body: { 'csp-report': { 'violated-directive': 'script-src', 'blocked-uri': 'inline' } }
		}),
		noteExport: () => ({ body: { entity, domain: 'finances' as const } }),
		howSessionEnded: () => ({ body: { session: randomUUID() } }),
		getTwoFactor: () => ({ token: bea.token }),
		enrollTwoFactor: async () => {
			await withSecondStep('off');
			return { token: bea.token };
		},
		confirmTwoFactor: async () => ({ token: bea.token, body: { code: await withSecondStep('waiting') } }),
		verifyTwoFactor: async () => ({ token: bea.token, body: { code: await withSecondStep('on') } }),
		recoverTwoFactor: async () => {
			await withSecondStep('on');
			const asked = { token: bea.token };
			const { codes } = await client.must<{ codes: string[] }>('POST', '/api/two-factor/regenerate', asked);
			return { ...asked, body: { recoveryCode: codes[0] } };
		},
		renewRecoveryCodes: async () => {
			await withSecondStep('on');
			return { token: bea.token };
		},
		disableTwoFactor: async () => ({ token: bea.token, body: { code: await withSecondStep('on') } }),
		enrollPasskey: async () => {
			await withSecondStep('on');
			return { token: bea.token };
		},
		addPasskey: async () => {
			await withSecondStep('on');
			const key = new Authenticator();
			const asked = { token: bea.token };
			const options = await client.must<PasskeyOptions>('POST', '/api/two-factor/passkeys/options', asked);
			const { challenge } = options;
			const made = key.make({ challenge, origin: client.url, rpId: options.rp.id });
			return { ...asked, body: { name: 'key', made } };
		},
		renamePasskey: async () => ({ ...(await withPasskey()), body: { name: 'Phone' } }),
		removePasskey: () => withPasskey(),
		askPasskey: async () => {
			await withPasskey();
			return { token: bea.token };
		},
		verifyPasskey: async () => {
			const { key } = await withPasskey();
			const { challenge, rpId } = await askPasskey(client, bea.token);
			return { token: bea.token, body: key.show({ challenge, origin: client.url, rpId }) };
		},
		listStale: () => ({ body: { entity, domain: 'health', below: 1 } }),
		resealRecords: () => {
			const body = { id: randomUUID(), rev: '1', from: 0, to: 1, sealed: envelope(1) };
			return { body: { entity, domain: 'health', bodies: [body] } };
		}
	};

	/** Bea with two-step verification off, on, or waiting for its first code, which is given. */
	async function withSecondStep(state: 'off' | 'waiting' | 'on'): Promise<string> {
		await sql`select app.forget_second_step(${bea.id})`;
		if (state === 'off') return '';
		const { secret } = await client.must<{ secret: string }>('POST', '/api/two-factor/enroll', { token: bea.token });
		const code = codeOf(secret, stepNow());
		if (state === 'waiting') return code;
		await client.must('POST', '/api/two-factor/confirm', { token: bea.token, body: { code } });
		await sql`update app_private.totp_secrets set last_step = 0`;
		return codeOf(secret, stepNow());
	}

	/** Bea with an app and a passkey. */
	async function withPasskey() {
		await withSecondStep('on');
		const key = new Authenticator();
		await addPasskey(client, client.url, bea.token, key);
		const asked = { token: bea.token };
		const { named } = await client.must<{ named: { id: string }[] }>('GET', '/api/two-factor', asked);
		return { ...asked, key, params: { id: named[0]?.id ?? '' } };
	}

	/** The roster after the newest one, in which nothing changes. */
	async function nextRoster() {
		const { roster, hash } = await person.newest(entity);
		return person.sign({ ...roster, counter: roster.counter + 1, prev: hash });
	}

	async function openContent(): Promise<string> {
		const body = { entity, domain: 'finances', file: randomUUID() };
		return (await client.must<{ id: string }>('POST', '/api/contents', { body, token: ana.token })).id;
	}

	/** A content of one part. */
	async function contentOf(size: number): Promise<string> {
		const id = await openContent();
		await client.must('PUT', `/api/contents/${id}/parts/0`, { body: new Uint8Array(size), token: ana.token });
		return id;
	}

	/** An entity that a request may delete: the one before, where it is still there, since a person may not draw ids without end. */
	async function entityToGo(): Promise<string> {
		const { entities } = await client.must<{ entities: { id: string }[] }>('GET', '/api/entities', {
			token: ana.token
		});
		toGo = entities.find(({ id }) => id === toGo)?.id ?? (await client.createEntity(ana, 'to go'));
		return toGo;
	}

	return { ana, good, outside, withSecondStep };
}
