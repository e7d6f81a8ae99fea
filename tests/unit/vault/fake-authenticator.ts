import { createHmac, randomBytes } from 'node:crypto';
import { vi } from 'vitest';

/** An authenticator of the device, as the browser gives it to pages. What it does may be played as one pleases. */
export class FakeAuthenticator {
	readonly secrets = new Map<string, Buffer>();
	/** Credentials that it was told are of no use any more. */
	readonly forgotten: string[] = [];
	/** Has none that verifies people. */
	none = false;
	prf: 'at once' | 'when asked' | 'zeros' | 'none' = 'when asked';
	/** What the person, and the authenticator, do when one is asked for. */
	person: 'verified' | 'refuses' | 'only there' = 'verified';
	asked = 0;

	constructor() {
		vi.stubGlobal('PublicKeyCredential', {
			isUserVerifyingPlatformAuthenticatorAvailable: () => Promise.resolve(!this.none),
			signalUnknownCredential: ({ credentialId }: { credentialId: string }) => {
				this.secrets.delete(credentialId);
				return Promise.resolve(void this.forgotten.push(credentialId));
			}
		});
		vi.stubGlobal('location', { hostname: 'localhost' });
		vi.stubGlobal('navigator', {
			locks: navigator.locks,
			credentials: {
				create: ({ publicKey }: CredentialCreationOptions) => this.#create(publicKey),
				get: ({ publicKey }: CredentialRequestOptions) => this.#get(publicKey)
			}
		});
	}

	#ask(verification: unknown): ArrayBuffer {
		this.asked++;
		if (verification !== 'required') throw new TypeError('the user is to be verified');
		if (this.person === 'refuses') throw new DOMException('', 'NotAllowedError');
		return Uint8Array.from({ length: 37 }, (_, at) => (at === 32 ? (this.person === 'verified' ? 5 : 1) : 0)).buffer;
	}

	async #create(options?: PublicKeyCredentialCreationOptions): Promise<object> {
		const data = await Promise.resolve().then(() => this.#ask(options?.authenticatorSelection?.userVerification));
		const id = randomBytes(16);
		this.secrets.set(id.toString('base64url'), randomBytes(32));
		return {
			rawId: new Uint8Array(id).buffer,
			response: { getAuthenticatorData: () => data },
			getClientExtensionResults: () => ({
				prf:
					this.prf === 'none'
						? undefined
						: { enabled: true, ...(this.prf === 'at once' && this.#give(id, options?.extensions)) }
			})
		};
	}

	async #get(options?: PublicKeyCredentialRequestOptions): Promise<object> {
		const authenticatorData = await Promise.resolve().then(() => this.#ask(options?.userVerification));
		const id = Buffer.from((options?.allowCredentials?.[0]?.id ?? new Uint8Array()) as Uint8Array);
		if (!this.secrets.has(id.toString('base64url'))) throw new DOMException('', 'NotAllowedError');
		const given = this.#give(id, options?.extensions);
		return { response: { authenticatorData }, getClientExtensionResults: () => ({ prf: given }) };
	}

	#give(id: Buffer, extensions?: AuthenticationExtensionsClientInputs): object {
		const salt = extensions?.prf?.eval?.first as Uint8Array;
		const secret = this.secrets.get(id.toString('base64url')) ?? '';
		const output = createHmac('sha256', secret).update(salt).digest();
		return { results: { first: this.prf === 'zeros' ? new ArrayBuffer(32) : new Uint8Array(output).buffer } };
	}
}
