import { toBase64url } from './base64url.ts';
import type { Bytes } from './bytes.ts';
import { identityHash } from './identity.ts';
import type { PublicIdentity } from './identity.ts';
import { readSuccession } from './succession.ts';

/** What a client was served, and itself knows, of one person's identities. */
export interface KnownPerson {
	/** As the server gave them: worth nothing until a roster or a pin names their hash. */
	identities: readonly PublicIdentity[];
	/** Statements by which one of these identities passes on to another, as the server gave them. */
	successions?: readonly Bytes[];
	/** The hash of the identity that this client compared with the person, or that is its own (base64url). */
	confirmed?: string;
}

interface Traced {
	/** Public identities by the base64url of their hash. */
	byHash: Map<string, PublicIdentity>;
	/** From the hash of an identity to those that it passed on to. */
	heirs: Map<string, Set<string>>;
	confirmed: string | undefined;
}

/** The identities of people, and what leads from one to another. */
export class People {
	readonly #traced: ReadonlyMap<string, Traced>;

	private constructor(traced: ReadonlyMap<string, Traced>) {
		this.#traced = traced;
	}

	/**
	 * Hashes what was served and reads the succession statements. One that does not hold is passed over: it proves
	 * nothing, and who served it must not be able to stop a client by adding it.
	 * @param known by the person's id.
	 */
	static async of(known: Iterable<readonly [string, KnownPerson]>): Promise<People> {
		const traced = new Map<string, Traced>();
		for (const [id, person] of known) traced.set(id, await trace(id, person));
		return new People(traced);
	}

	/** The public identity of that hash, if it is one of this person's that were served. */
	identity(id: string, hash: string): PublicIdentity | undefined {
		return this.#traced.get(id)?.byHash.get(hash);
	}

	/** Whether this client compared that identity with the person, or it is its own. */
	isConfirmed(id: string, hash: string): boolean {
		return this.#traced.get(id)?.confirmed === hash;
	}

	/**
	 * The hashes of every identity that may stand in the place of one: those it passed on to by statements that hold,
	 * the one that was confirmed, and those that this one passed on to.
	 */
	followers(id: string, hash: string): ReadonlySet<string> {
		const person = this.#traced.get(id);
		const found = new Set<string>();
		const reach = (from: string): void => {
			for (const heir of person?.heirs.get(from) ?? []) {
				if (found.has(heir)) continue;
				found.add(heir);
				reach(heir);
			}
		};
		reach(hash);
		if (person?.confirmed !== undefined) {
			found.add(person.confirmed);
			reach(person.confirmed);
		}
		return found;
	}
}

async function trace(id: string, { identities, successions = [], confirmed }: KnownPerson): Promise<Traced> {
	const byHash = new Map<string, PublicIdentity>();
	const heirs = new Map<string, Set<string>>();
	for (const identity of identities) byHash.set(toBase64url(await identityHash(identity)), identity);
	let waiting = [...successions];
	// A statement is read once the identity that it is from is known, in whatever order they were served.
	for (let before = Infinity; waiting.length < before;) {
		before = waiting.length;
		const later: Bytes[] = [];
		for (const statement of waiting) {
			const from = toBase64url(statement.subarray(0, 32));
			const old = byHash.get(from);
			if (!old) {
				later.push(statement);
				continue;
			}
			const heir = await readSuccession(id, old, statement).catch(() => undefined);
			if (!heir) continue;
			const hash = toBase64url(await identityHash(heir));
			byHash.set(hash, heir);
			heirs.set(from, (heirs.get(from) ?? new Set()).add(hash));
		}
		waiting = later;
	}
	return { byHash, heirs, confirmed };
}
