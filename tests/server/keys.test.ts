import type postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { identityHash } from '../../src/lib/crypto/identity.ts';
import { followRoster, moveIdentity, rotate } from '../../src/lib/crypto/roster-changes.ts';
import { writeSuccession } from '../../src/lib/crypto/succession.ts';
import type { Client } from './client.ts';
import { b64u, drawSelf, EncryptedPerson, envelope } from './encrypted-person.ts';
import { KeysStage, said } from './keys-stage.ts';

const stage = new KeysStage();
let client: Client;
let sql: postgres.Sql;
let ana: EncryptedPerson;
let entity: string;

beforeAll(async () => {
	({ client, sql } = await stage.open());
});
beforeEach(async () => {
	ana = await stage.person();
	entity = await client.createEntity(ana.account);
});
afterAll(() => stage.close());

const letter = () => stage.letter();
const keys = () => said(ana.ask('GET', '/api/keys'));
/** What is said where user encryption is off: that there are no keys, and nothing else. */
const none = { status: 200, type: '', version: 0 };
const put = (...args: Parameters<EncryptedPerson['put']>) => said(ana.ask('PUT', '/api/keys', ana.put(...args)));
const signedInAgo = (interval: string) => stage.signedInAgo(ana, interval);
const turnOn = async () => {
	await ana.turnOn(entity);
	expect((await letter()).to).toBe(ana.account.email);
};

describe('turning user encryption on', () => {
	test('stores the keys, the bundle under the system layer, the identity and the first roster, and gives them back', async () => {
		expect(await keys()).toEqual(none);
		const wanted = ana.put(1, { rosters: [await ana.found(entity)] });
		const { slots, identity, bundle } = wanted;
		expect(await said(ana.ask('PUT', '/api/keys', wanted))).toMatchObject({ status: 200, version: 1, slots, identity });
		expect(await keys()).toMatchObject({ status: 200, version: 1, slots, identity, reset: null });
		expect(await said(ana.ask('GET', '/api/bundle'))).toMatchObject(bundle);
		const [stored] = await sql`select body from bundles where user_id = ${ana.account.id}`;
		expect(stored?.body).toMatch(/^AVM/);
		expect(stored?.body).not.toContain(bundle.sealed.slice(20, 60));
		const known = await said(ana.ask('GET', `/api/identities?user=${ana.account.id}`));
		expect(known).toMatchObject({ identities: [identity], successions: [] });
		const { roster } = await ana.newest(entity);
		expect(roster).toMatchObject({ entity, counter: 1, domains: { health: { oldest: 0, current: 1 } } });
		expect(await said(ana.ask('GET', `/api/grants?entity=${entity}`))).toMatchObject({
			grants: [{ entity, domain: 'health', generation: 1, member: ana.account.id, grantor: ana.account.id }]
		});
		await letter();
	});

	test('row 40: is not done with a stolen session, and the owner is told of what was done', async () => {
		await signedInAgo('301 seconds');
		expect(await put(1)).toMatchObject({ status: 403, type: 'keys/fresh-sign-in' });
		expect(await keys()).toEqual(none);
		await signedInAgo('290 seconds');
		expect((await put(1)).status).toBe(200);
		const { to, text } = await letter();
		expect(to).toBe(ana.account.email);
		expect(text).toContain('was turned on');
	});

	test.each([
		['of the system layer', () => envelope(0).replace(/^AVU/, 'AVM')],
		['of a generation', () => envelope(1)],
		['that is too short', () => envelope(0, 20)]
	])('refuses a bundle with an envelope %s, and then keeps nothing', async (_, sealed) => {
		const answer = await put(1, { bundle: { version: 1, sealed: sealed() } });
		expect(answer).toMatchObject({ status: 422, errors: [{ pointer: '#/sealed' }] });
		expect(await keys()).toEqual(none);
	});

	test('refuses a roster that another signed, and then keeps nothing', async () => {
		const foreign = await EncryptedPerson.of(client, ana.account);
		const answer = await put(1, { rosters: [await foreign.found(entity)] });
		expect(answer).toMatchObject({ status: 422, errors: [{ pointer: '#/rosters/0/signature' }] });
		expect(await keys()).toEqual(none);
	});
});

describe('replacing keys', () => {
	beforeEach(turnOn);
	const moved = async () =>
		moveIdentity(followRoster(await ana.newest(entity)), ana.account.id, b64u(await identityHash(ana.self.identity)));

	test('is done by one of two devices at once; the other gets what is there', async () => {
		const answers = await Promise.all([put(2), put(2)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
		const [done, late] = answers[0]?.status === 200 ? answers : [...answers].reverse();
		expect(late).toMatchObject({ type: 'keys/conflict', current: { version: 2, slots: done?.slots } });
		expect((await letter()).to).toBe(ana.account.email);
	});

	test('needs a sign-in of the last five minutes, and is told by mail in both languages', async () => {
		await signedInAgo('301 seconds');
		expect(await put(2)).toMatchObject({ status: 403, type: 'keys/fresh-sign-in' });
		await signedInAgo('290 seconds');
		expect((await put(2)).status).toBe(200);
		const { to, text } = await letter();
		expect(to).toBe(ana.account.email);
		expect(text).toContain('encryption password');
		expect(text).toMatch(/contrase/);
	});

	test('with another identity needs a statement that both identities signed', async () => {
		const old = ana.self;
		ana.self = await drawSelf();
		expect(await put(2)).toMatchObject({ status: 403, type: 'keys/not-due' });
		const stranger = await drawSelf();
		const forged = await writeSuccession(ana.account.id, { ...old, signer: stranger.signer }, ana.self, Date.now());
		const wrong = { status: 422, errors: [{ pointer: '#/succession' }] };
		expect(await put(2, { succession: b64u(forged) })).toMatchObject(wrong);
		const ofAnother = await writeSuccession(entity, old, ana.self, Date.now());
		expect(await put(2, { succession: b64u(ofAnother) })).toMatchObject(wrong);
		const right = b64u(await writeSuccession(ana.account.id, old, ana.self, Date.now()));
		expect((await put(2, { succession: right, rosters: [await ana.sign(await moved())] })).status).toBe(200);
		const known = await said(ana.ask('GET', `/api/identities?user=${ana.account.id}`));
		expect(known).toMatchObject({ successions: [right] });
		expect(known.identities).toHaveLength(2);
		expect((await letter()).to).toBe(ana.account.email);
	});

	test('brings the rosters of the new identity along, or nothing changes', async () => {
		const old = ana.self;
		ana.self = await drawSelf();
		const next = await moved();
		const succession = b64u(await writeSuccession(ana.account.id, old, ana.self, Date.now()));
		const late = await ana.sign({ ...next, counter: 3 });
		const refused = { status: 409, type: 'roster/conflict' };
		expect(await put(2, { succession, rosters: [late] })).toMatchObject(refused);
		expect(await put(2, { succession })).toMatchObject(refused);
		expect((await keys()).version).toBe(1);
		expect((await put(2, { succession, rosters: [await ana.sign(next)] })).status).toBe(200);
		expect((await said(ana.ask('GET', `/api/grants?entity=${entity}`))).grants).toHaveLength(2);
		await letter();
	});

	test('keeps the keys and the bundle before, until they are erased, a day later at the soonest', async () => {
		const before = await keys();
		await put(2);
		await put(3, { bundle: { version: 3, sealed: envelope(0) } });
		expect(await said(ana.ask('GET', '/api/keys?version=1'))).toEqual(before);
		expect(await said(ana.ask('GET', '/api/bundle?keys=2'))).toMatchObject({ version: 2 });
		expect((await ana.ask('DELETE', '/api/keys/kept')).status).toBe(204);
		expect(await said(ana.ask('GET', '/api/keys?version=1'))).toEqual(before);
		await sql`alter table user_keys disable trigger keep`;
		await sql`update user_keys set at = at - interval '1 day' where user_id = ${ana.account.id}`;
		await sql`alter table user_keys enable trigger keep`;
		expect((await ana.ask('DELETE', '/api/keys/kept')).status).toBe(204);
		expect(await said(ana.ask('GET', '/api/keys?version=1'))).toMatchObject({ status: 404, type: 'keys/none' });
		expect((await keys()).version).toBe(3);
		for (let letters = 0; letters < 2; letters++) expect((await letter()).to).toBe(ana.account.email);
	});

	test('does not pass over a bundle that another device put meanwhile', async () => {
		const sealed = envelope(0);
		expect((await said(ana.ask('PUT', '/api/bundle', { version: 2, sealed }))).status).toBe(200);
		const late = { status: 409, type: 'bundle/conflict', current: { version: 2, sealed } };
		expect(await said(ana.ask('PUT', '/api/bundle', { version: 2, sealed: envelope(0) }))).toMatchObject(late);
		expect(await put(2, { bundle: { version: 2, sealed: envelope(0) } })).toMatchObject(late);
		expect((await keys()).version).toBe(1);
	});
});

describe('a reset without the encryption password', () => {
	beforeEach(turnOn);
	const due = () =>
		sql`update key_resets set asked_at = now() - interval '24 hours', due_at = now() where user_id = ${ana.account.id}`;

	test('waits for 24 hours, is told by mail, and begins a new chain of rosters', async () => {
		const asked = await said(ana.ask('POST', '/api/keys/reset'));
		expect(Date.parse(String(asked.due)) - Date.parse(String(asked.asked))).toBe(24 * 60 * 60 * 1000);
		const { to, text } = await letter();
		expect(to).toBe(ana.account.email);
		expect(text).toContain(String(asked.due).slice(0, 10));
		expect(text).toMatch(/restable/);
		const { roster } = await ana.newest(entity);
		ana.self = await drawSelf();
		expect(await put(2)).toMatchObject({ status: 403, type: 'keys/not-due' });
		await due();
		await signedInAgo('1 hour');
		expect(await put(2)).toMatchObject({ status: 403, type: 'keys/fresh-sign-in' });
		await signedInAgo('0');
		const members = roster.members.map((member) => ({ ...member, identity: '' }));
		for (const member of members) member.identity = b64u(await identityHash(ana.self.identity));
		// Of the old key she knows what the old roster says of it, and no more.
		ana.keys.clear();
		const begun = { ...roster, members, epoch: 2, counter: 1, prev: null };
		const anew = rotate(begun, 'health', await ana.keyHash(entity, 'health', 2));
		expect((await put(2, { rosters: [await ana.sign(anew)] })).status).toBe(200);
		expect(await ana.newest(entity)).toMatchObject({
			roster: { epoch: 2, counter: 1, domains: { health: { current: 2 } } }
		});
		expect(await keys()).toMatchObject({ version: 2, reset: null });
		const [kept] = await sql`select extract(day from kept_until - now())::int as days from user_keys
			where user_id = ${ana.account.id} and version = 1`;
		expect(kept?.days).toBe(364);
		await letter();
	});

	test('is cancelled from any session of the person', async () => {
		await ana.ask('POST', '/api/keys/reset');
		await letter();
		const again = await client.signIn(ana.account.email, ana.account.password);
		const { access_token: token } = (await again.json()) as { access_token: string };
		// It is a device that was not seen before.
		await letter();
		expect((await client.ask('DELETE', '/api/keys/reset', { token })).status).toBe(204);
		await due();
		ana.self = await drawSelf();
		expect(await put(2)).toMatchObject({ status: 403, type: 'keys/not-due' });
	});

	test('with a stolen session: nothing is replaced, erased, overwritten or made useless, and the owner is told', async () => {
		await signedInAgo('1 hour');
		const before = [await keys(), await said(ana.ask('GET', `/api/grants?entity=${entity}`))];
		const thief = await EncryptedPerson.of(client, ana.account);
		const steal = async (method: string, path: string, body?: object) => (await thief.ask(method, path, body)).status;
		expect(await steal('PUT', '/api/keys', thief.put(2))).toBe(403);
		expect(await steal('DELETE', '/api/keys/kept')).toBe(403);
		const { roster, hash } = await ana.newest(entity);
		const spoiled = await ana.sign({ ...roster, counter: 2, prev: hash });
		expect(await thief.post({ ...spoiled, signature: (await thief.found(entity)).signature })).toBe(
			'422 request/invalid'
		);
		const planted = spoiled.grants.map((grant) => ({ ...grant, sealed: b64u(Buffer.alloc(1168, 7)) }));
		await steal('POST', '/api/grants', { entity, grants: planted });
		expect([await keys(), await said(ana.ask('GET', `/api/grants?entity=${entity}`))]).toEqual(before);
		expect(await steal('PUT', '/api/bundle', { version: 2, sealed: envelope(0) })).toBe(200);
		expect((await said(ana.ask('GET', '/api/bundle?version=1'))).status).toBe(200);
		expect(await steal('POST', '/api/keys/reset')).toBe(200);
		expect((await letter()).to).toBe(ana.account.email);
	});
});
