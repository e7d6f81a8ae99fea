import { readFileSync } from 'node:fs';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { makeSigner } from '../../../src/lib/crypto/ed25519.ts';
import type { Signer } from '../../../src/lib/crypto/ed25519.ts';
import type { PrivateIdentity, PublicIdentity } from '../../../src/lib/crypto/identity.ts';
import { readRoster } from '../../../src/lib/crypto/read-roster.ts';
import { rosterHash } from '../../../src/lib/crypto/signed-roster.ts';
import type { AcceptedRoster, SignedRoster } from '../../../src/lib/crypto/signed-roster.ts';

/** A person of the vectors. */
export interface Actor {
	id: string;
	identity: PublicIdentity;
	private: PrivateIdentity;
	/** The base64url of the identity's hash. */
	hash: string;
}

interface File {
	people: Record<string, Record<'id' | 'kem' | 'sign' | 'kemSeed' | 'signSeed' | 'hash', string>>;
	rosters: Record<string, { signer: string; text: string; signature: string; hash: string }>;
	successions: Record<string, string>;
}

function fileOf(name: string): File {
	return JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), 'utf8')) as File;
}

/** Bytes of hexadecimal, read by Node, in memory of their own. */
export function fromHexText(text: string): Bytes {
	return new Uint8Array(Buffer.from(text, 'hex'));
}

/** Who and what a vector file names. */
export class Cast {
	readonly #file: File;

	constructor(name: string) {
		this.#file = fileOf(name);
	}

	get names(): string[] {
		return Object.keys(this.#file.people);
	}

	actor(name: string): Actor {
		const person = this.#file.people[name];
		if (!person) throw new Error(`nobody is called ${name}`);
		const hex = (of: 'kem' | 'sign' | 'kemSeed' | 'signSeed'): Bytes => fromHexText(person[of]);
		return {
			id: person.id,
			identity: { kem: hex('kem'), sign: hex('sign') },
			private: { kem: hex('kemSeed'), sign: hex('signSeed') },
			hash: Buffer.from(person.hash, 'hex').toString('base64url')
		};
	}

	async signer(name: string): Promise<Signer> {
		return makeSigner(this.actor(name).private.sign);
	}

	succession(name: string): Bytes {
		const statement = this.#file.successions[name];
		if (statement === undefined) throw new Error(`no succession is called ${name}`);
		return fromHexText(statement);
	}

	/** A roster as it is sent: who signed is named by the person's id. */
	signed(name: string): SignedRoster {
		const { signer, text, signature } = this.#roster(name);
		return { bytes: new TextEncoder().encode(text), signature: fromHexText(signature), signer: this.actor(signer).id };
	}

	/** A roster as if it had been accepted. */
	async accepted(name: string): Promise<AcceptedRoster> {
		const { bytes } = this.signed(name);
		return { roster: readRoster(bytes), hash: await rosterHash(bytes) };
	}

	#roster(name: string): File['rosters'][string] {
		const roster = this.#file.rosters[name];
		if (!roster) throw new Error(`no roster is called ${name}`);
		return roster;
	}
}
