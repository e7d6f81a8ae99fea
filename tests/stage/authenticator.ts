import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What may be other than a good device and browser say it. */
export interface Said {
	challenge: string;
	origin: string;
	rpId: string;
	/** How often it has signed. */
	counter?: number;
	type?: string;
	/** Whether somebody touched it. */
	present?: boolean;
}

const text = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');

/** A device with one passkey: signs by ES256 as Web Authentication (W3C, section 6) has it, without the code under test. */
export class Authenticator {
	readonly id = text(randomBytes(32));
	readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	#counter = 0;

	/** What a browser answers to `navigator.credentials.create`, attestation `none`. */
	make({ type = 'webauthn.create', ...said }: Said) {
		const id = Buffer.from(this.id, 'base64url');
		const length = Buffer.from([0, id.length]);
		const data = Buffer.concat([this.#data(said, 0x40), Buffer.alloc(16), length, id, this.#publicKey()]);
		// {"fmt": "none", "attStmt": {}, "authData": data} (RFC 8949).
		const size = Buffer.from([0x58, data.length]);
		const head = Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex');
		const attestationObject = text(Buffer.concat([head, size, data]));
		const response = { clientDataJSON: text(client(type, said)), attestationObject, transports: ['usb'] };
		return { id: this.id, rawId: this.id, type: 'public-key', response };
	}

	/** What a browser answers to `navigator.credentials.get`. */
	show({ type = 'webauthn.get', counter, ...said }: Said) {
		this.#counter = counter ?? this.#counter + 1;
		const data = this.#data({ ...said, counter: this.#counter }, 0);
		const about = client(type, said);
		const signed = Buffer.concat([data, createHash('sha256').update(about).digest()]);
		const signature = text(sign('sha256', signed, this.#pair.privateKey));
		const response = { clientDataJSON: text(about), authenticatorData: text(data), signature };
		return { id: this.id, rawId: this.id, type: 'public-key', response };
	}

	/** Whose host, that somebody is there, and the counter. */
	#data({ rpId, counter = 0, present = true }: Pick<Said, 'rpId' | 'counter' | 'present'>, flags: number): Buffer {
		const count = Buffer.alloc(4);
		count.writeUInt32BE(counter);
		return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags | (present ? 1 : 0)]), count]);
	}

	/** COSE_Key of ES256 (RFC 9053, section 7.1.1). */
	#publicKey(): Buffer {
		const { x = '', y = '' } = this.#pair.publicKey.export({ format: 'jwk' });
		const [left, right] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
		return Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), left, Buffer.from('225820', 'hex'), right]);
	}
}

function client(type: string, { challenge, origin }: Pick<Said, 'challenge' | 'origin'>): string {
	return JSON.stringify({ type, challenge, origin, crossOrigin: false });
}
