import type { KeysAnswer } from '../../../src/lib/api/keys.ts';
import { fromBase64url, readBase64url, toBase64url, writeBase64url } from '../../../src/lib/crypto/base64url.ts';
import { passwordBytes } from '../../../src/lib/crypto/root-key.ts';
import type { KeyClient } from '../../../src/lib/keys/key-client.ts';
import type { NewKeys, Opener } from '../../../src/lib/keys/key-verbs.ts';
import { startKeys } from '../../../src/lib/keys/start-keys.ts';

declare global {
	var keysPage: KeysPage;
}

const user = '00000000-0000-4000-8000-0000000000a1';
const entity = '00000000-0000-4000-8000-0000000000e1';

/** How a call ended: its answer, or the code of its error. */
type Ended<T> = { answer: T } | { code: string };

/** Real key workers in a real browser, for a test to ask. */
class KeysPage {
	#deaths = 0;

	/** Turns user encryption on in a worker of its own. */
	turnOn(password: string): Promise<Ended<NewKeys>> {
		return this.#with((keys) => {
			const bytes = passwordBytes(password);
			return keys.call('turnOn', { user, password: bytes, entities: [entity] }, [bytes.buffer]);
		});
	}

	/** Unlocks what was turned on, and seals and opens a text. */
	unlock({ put }: NewKeys, by: { password: string } | { recoveryCode: string }): Promise<Ended<(string | null)[]>> {
		const { slots, identity, version } = put;
		const served: KeysAnswer = { version, slots, identity, at: '2026-01-01T00:00:00.000Z', reset: null };
		const opener: Opener = 'password' in by ? { password: passwordBytes(by.password) } : by;
		return this.#with(async (keys) => {
			await keys.call('unlock', { user, keys: served, bundle: put.bundle, by: opener });
			await keys.takeLocal({ kept: [] });
			const [sealed = new Uint8Array()] = await keys.sealLocal([{ name: 'a', text: 'kept' }]);
			return keys.openLocal([{ name: 'a', sealed }]);
		});
	}

	/** The codes of calls that wait while their worker is ended, and of one after that. */
	async closedInBetween(): Promise<string[]> {
		const keys = startKeys(() => undefined);
		const password = passwordBytes('whatever');
		const waiting = [keys.call('turnOn', { user, password, entities: [] }), keys.sealLocal([{ name: 'a', text: 'b' }])];
		keys.close();
		const ended = await Promise.all([...waiting, keys.sealLocal([])].map((call) => codeOf(call)));
		return ended;
	}

	/** How a worker ends whose code does not arrive. */
	async neverStarted(): Promise<{ code: string; deaths: number }> {
		this.#deaths = 0;
		const ended = await this.#with((keys) => keys.sealLocal([]));
		return { code: 'code' in ended ? ended.code : '', deaths: this.#deaths };
	}

	/** What the runtime's own base64url and ours make of the same bytes and texts: where they differ. */
	differences(texts: readonly string[]): string[] {
		const read = (by: (text: string) => Uint8Array, text: string): string => {
			try {
				return by(text).join();
			} catch (error) {
				return (error as { code?: string }).code ?? String(error);
			}
		};
		const written = Array.from({ length: 300 }, (_, size) => crypto.getRandomValues(new Uint8Array(size)));
		const wrong = written.filter((bytes) => toBase64url(bytes) !== writeBase64url(bytes)).map((bytes) => bytes.join());
		const given = [...texts, ...written.map(writeBase64url)];
		return [...wrong, ...given.filter((text) => read(fromBase64url, text) !== read(readBase64url, text))];
	}

	async #with<T>(work: (keys: KeyClient) => Promise<T>): Promise<Ended<T>> {
		const keys = startKeys(() => this.#deaths++);
		try {
			return { answer: await work(keys) };
		} catch (error) {
			return { code: (error as { code?: string }).code ?? String(error) };
		} finally {
			keys.close();
		}
	}
}

async function codeOf(call: Promise<unknown>): Promise<string> {
	return call.then(
		() => 'answered',
		(error: unknown) => (error as { code?: string }).code ?? String(error)
	);
}

globalThis.keysPage = new KeysPage();
