import { randomBytes } from 'node:crypto';
import type { Domain } from '../../src/lib/access/domains.ts';
import type { PutKeys } from '../../src/lib/api/keys.ts';
import type { RosterPost } from '../../src/lib/api/rosters.ts';
import { drawDomainKey, domainKeyHash } from '../../src/lib/crypto/domain-key.ts';
import { makeSigner } from '../../src/lib/crypto/ed25519.ts';
import type { Signer } from '../../src/lib/crypto/ed25519.ts';
import { sealGrant } from '../../src/lib/crypto/grant.ts';
import { drawIdentity, identityHash, publicIdentity } from '../../src/lib/crypto/identity.ts';
import type { PublicIdentity } from '../../src/lib/crypto/identity.ts';
import { foundRoster } from '../../src/lib/crypto/roster-changes.ts';
import type { Roster } from '../../src/lib/crypto/roster.ts';
import { rosterHash, signRoster } from '../../src/lib/crypto/signed-roster.ts';
import type { AcceptedRoster } from '../../src/lib/crypto/signed-roster.ts';
import { writeRoster } from '../../src/lib/crypto/write-roster.ts';
import type { Account, Client } from './client.ts';

export const b64u = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const random = (size: number): string => b64u(randomBytes(size));

/** What looks like an envelope of the user layer and was sealed with a key that nobody has: the server opens none. */
export function envelope(keyNumber: number, size = 300): string {
	const head = Buffer.from([1, 0x55, 0, 0, 0, 0]);
	head.writeUInt32BE(keyNumber, 2);
	return b64u(Buffer.concat([head, randomBytes(size)]));
}

export interface Self {
	identity: PublicIdentity;
	signer: Signer;
}

/** A new identity, with what signs for it. */
export async function drawSelf(): Promise<Self> {
	const seeds = drawIdentity();
	return { identity: await publicIdentity(seeds), signer: await makeSigner(seeds.sign) };
}

/** Somebody with user encryption, who signs and grants as a browser does. The account key is chance: no test opens it. */
export class EncryptedPerson {
	readonly client: Client;
	readonly account: Account;
	self: Self;
	readonly keys = new Map<string, ReturnType<typeof drawDomainKey>>();

	private constructor(client: Client, account: Account, self: Self) {
		this.client = client;
		this.account = account;
		this.self = self;
	}

	static async of(client: Client, account: Account): Promise<EncryptedPerson> {
		return new EncryptedPerson(client, account, await drawSelf());
	}

	/** A request under the person's token. */
	ask(method: string, path: string, body?: object): Promise<Response> {
		return this.client.ask(method, path, { body, token: this.account.token });
	}

	/** The body of a PUT of keys at a version, with a bundle of the same version. */
	put(version: number, more: Partial<PutKeys> = {}): PutKeys {
		const { kem, sign } = this.self.identity;
		return {
			version,
			slots: { password: { salt: random(16), params: [65_536, 3, 1], token: random(32), accountKey: random(60) } },
			identity: { kem: b64u(kem), sign: b64u(sign) },
			bundle: { version, sealed: envelope(0) },
			rosters: [],
			...more
		};
	}

	/** Turns user encryption on, with the first roster of each entity: health is being switched on there. */
	async turnOn(...entities: string[]): Promise<void> {
		const rosters = await Promise.all(entities.map((entity) => this.found(entity)));
		const answer = await this.ask('PUT', '/api/keys', this.put(1, { rosters }));
		if (!answer.ok) throw new Error(await answer.text());
	}

	/** The hash of the key of a generation, which is drawn when it is first asked for. */
	async keyHash(entity: string, domain: Domain, generation: number): Promise<string> {
		const name = `${entity} ${domain} ${generation}`;
		const key = this.keys.get(name) ?? drawDomainKey();
		this.keys.set(name, key);
		return b64u(await domainKeyHash({ entity, domain, generation }, key));
	}

	/** The first roster of an entity. */
	async found(entity: string): Promise<RosterPost> {
		const owner = { id: this.account.id, identity: b64u(await identityHash(this.self.identity)) };
		return this.sign(foundRoster(entity, owner, { health: await this.keyHash(entity, 'health', 1) }));
	}

	/** The newest roster of an entity, as the server gives it. */
	async newest(entity: string): Promise<AcceptedRoster> {
		const answer = await this.ask('GET', `/api/rosters?entity=${entity}`);
		const { rosters } = (await answer.json()) as { rosters: { bytes: string }[] };
		const bytes = new Uint8Array(Buffer.from(rosters.at(-1)?.bytes ?? '', 'base64url'));
		return { roster: JSON.parse(new TextDecoder().decode(bytes)) as Roster, hash: await rosterHash(bytes) };
	}

	/** A roster as it is posted, with a grant to oneself of every key in it that the person has. */
	async sign(roster: Roster): Promise<RosterPost> {
		const bytes = writeRoster(roster);
		const me = { id: this.account.id, identity: this.self.identity };
		const { entity } = roster;
		const grants: RosterPost['grants'] = [];
		for (const domain of Object.keys(roster.domains) as Domain[]) {
			for (const generation of Object.keys(roster.domains[domain]?.keys ?? {}).map(Number)) {
				const key = this.keys.get(`${entity} ${domain} ${generation}`);
				if (!key) continue;
				const grant = await sealGrant(roster, { use: 'member', domain, generation, key }, me, {
					...me,
					signer: this.self.signer
				});
				const { member, grantor } = grant;
				grants.push({
					entity,
					domain,
					generation,
					member,
					grantor,
					sealed: b64u(grant.sealed),
					signature: b64u(grant.signature)
				});
			}
		}
		const signature = b64u(await signRoster(bytes, this.self.signer));
		const { epoch, counter } = roster;
		return {
			entity,
			epoch,
			counter: String(counter),
			bytes: b64u(bytes),
			signature,
			signer: me.id,
			grants,
			emergency: []
		};
	}

	/** Posts a roster; gives the answer's status and the problem's type, if it is one. */
	async post(roster: RosterPost): Promise<string> {
		const answer = await this.ask('POST', '/api/rosters', roster);
		const { type = '' } = (await answer.json()) as { type?: string };
		return [answer.status, type.replace('/problems/', '')].join(' ').trim();
	}

	/** Puts back the beginning of this session, as if somebody had signed in anew, or long ago. Needs the tests' own SQL. */
	get session(): string {
		const claims = Buffer.from(this.account.token.split('.')[1] ?? '', 'base64url').toString();
		return (JSON.parse(claims) as { session_id: string }).session_id;
	}
}
