import { createSecretKey } from 'node:crypto';
import { expect } from 'vitest';
import { openInPlace, sealInPlace } from '../../../src/lib/crypto/aes-gcm.ts';
import type { CryptoErrorCode } from '../../../src/lib/crypto/crypto-error.ts';
import type { Header, Layer } from '../../../src/lib/crypto/envelope.ts';
import { padText, unpadText } from '../../../src/lib/crypto/padded-text.ts';
import { pad, paddedSize, unpad } from '../../../src/lib/crypto/padding.ts';
import type { Place, Purpose } from '../../../src/lib/crypto/place.ts';
import { readSystemPlain } from '../../../src/lib/crypto/record-plain.ts';
import { EntityKeys } from '../../../src/lib/server/system-layer/entity-keys.ts';
import { parseSystemKeys, SystemLayer } from '../../../src/lib/server/system-layer/index.ts';
import { accountRunners } from './account-runners.ts';
import { openCachePage, sealCachePage } from './cache-page-runners.ts';
import { grantRunners } from './grant-runners.ts';
import { identityRunners } from './identity-runners.ts';
import { implementations } from './implementations.ts';
import { invitationRunners } from './invitation-runners.ts';
import { partRunners } from './part-runners.ts';
import { recordRunners } from './record-runners.ts';
import { expectLaterRefusal, expectRefusal } from './refusals.ts';
import { rosterRunners } from './roster-runners.ts';
import { bytes, number, text, vectorNamed } from './vectors.ts';
import type { Vector } from './vectors.ts';

type Runner = (vector: Vector) => void;
type LaterRunner = (vector: Vector) => Promise<void>;

const hex = (of: Uint8Array): string => Buffer.from(of).toString('hex');

function placeOf(vector: Vector): Place {
	return {
		purpose: text(vector, 'purpose') as Purpose,
		entity: text(vector, 'entity'),
		domain: text(vector, 'domain'),
		object: text(vector, 'object'),
		revision: BigInt(text(vector, 'revision'))
	};
}

function headerOf(vector: Vector): Header {
	return { layer: text(vector, 'layer') as Layer, keyNumber: number(vector, 'keyNumber') };
}

function layerOf(vector: Vector): SystemLayer {
	const keys = Object.entries(vector['systemKeys'] as Record<string, string>);
	const entries = keys.map(([id, key]) => `${id}:${Buffer.from(key, 'hex').toString('base64')}`);
	return new SystemLayer(parseSystemKeys(entries.join(',')));
}

/**
 * Runs an opening: what is to be refused is refused with the code, and then the right one opens, so that the refusal is
 * not that of a lock which nothing opens.
 */
function opening(code: CryptoErrorCode, file: string, right: string, open: (vector: Vector) => unknown): Runner {
	return (vector) => {
		const good = vector.expect === 'refuse' ? vectorNamed(file, right) : vector;
		if (vector.expect === 'refuse') expectRefusal(code, () => open(vector));
		expect(open(good)).toEqual(good.expect);
	};
}

const cannotOpen = (file: string, right: string, open: (vector: Vector) => unknown): Runner =>
	opening('crypto/cannot-open', file, right, open);

/** The envelope by WebCrypto, as the browser seals it. */
async function webKey(vector: Vector): Promise<CryptoKey> {
	const raw = new Uint8Array(bytes(vector, 'key'));
	return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

const sealEnvelopes: LaterRunner = async (vector) => {
	const [content, once] = [new Uint8Array(bytes(vector, 'plain')), new Uint8Array(bytes(vector, 'nonce'))];
	const byWeb = await sealInPlace(await webKey(vector), headerOf(vector), placeOf(vector), content, once);
	expect(hex(byWeb)).toBe(vector.expect);
	for (const { seal, open } of implementations) {
		const [key, plain, nonce] = [bytes(vector, 'key'), bytes(vector, 'plain'), bytes(vector, 'nonce')];
		const envelope = seal(key, headerOf(vector), placeOf(vector), nonce, plain);
		expect(hex(envelope)).toBe(vector.expect);
		expect(hex(open(key, headerOf(vector), placeOf(vector), envelope))).toBe(hex(plain));
	}
};

const sealSystemLayer: Runner = (vector) => {
	const keyNumber = number(vector, 'keyNumber');
	const expected = vector.expect as { key: string; envelope: string };
	const key = new EntityKeys(createSecretKey(bytes(vector, 'systemKey'))).of(text(vector, 'entity'));
	expect(key?.export().toString('hex')).toBe(expected.key);
	for (const { seal } of implementations) {
		const envelope = seal(
			Buffer.from(expected.key, 'hex'),
			{ layer: 'S', keyNumber },
			placeOf(vector),
			bytes(vector, 'nonce'),
			bytes(vector, 'plain')
		);
		expect(hex(envelope)).toBe(expected.envelope);
	}
	const layer = layerOf({ ...vector, systemKeys: { [keyNumber]: text(vector, 'systemKey') } });
	expect(hex(layer.open(placeOf(vector), Buffer.from(expected.envelope, 'hex')))).toBe(text(vector, 'plain'));
	// And what the layer itself seals there, under a nonce of its own, opens there.
	const plain = bytes(vector, 'plain');
	expect(hex(layer.open(placeOf(vector), layer.seal(placeOf(vector), plain)))).toBe(hex(plain));
};

function readKeys(vector: Vector): unknown {
	const { active, keys } = parseSystemKeys(text(vector, 'text'));
	return { active, keys: Object.fromEntries([...keys].map(([id, key]) => [id, key.export().toString('hex')])) };
}

/** What runs the vectors of a file, by their `do`. */
export const runners: Record<string, Record<string, Runner | LaterRunner>> = {
	padding: {
		size: (vector) => expect(paddedSize(number(vector, 'length'))).toBe(vector.expect),
		pad: (vector) => expect(hex(pad(bytes(vector, 'json')))).toBe(vector.expect),
		unpad: cannotOpen('padding', 'opens', (vector) => hex(unpad(bytes(vector, 'padded'))))
	},
	envelope: {
		seal: sealEnvelopes,
		open: async (vector) => {
			const openByWeb = async (given: Vector) =>
				openInPlace(await webKey(given), headerOf(given), placeOf(given), new Uint8Array(bytes(given, 'envelope')));
			if (vector.expect === 'refuse') await expectLaterRefusal('crypto/cannot-open', openByWeb(vector));
			else expect(hex(await openByWeb(vector))).toBe(vector.expect);
			for (const { open } of implementations) {
				cannotOpen('envelope', 'opens', (given) =>
					hex(open(bytes(given, 'key'), headerOf(given), placeOf(given), bytes(given, 'envelope')))
				)(vector);
			}
		}
	},
	'system-layer': {
		seal: sealSystemLayer,
		open: cannotOpen('system-layer', 'opens', (vector) =>
			hex(layerOf(vector).open(placeOf(vector), bytes(vector, 'envelope')))
		),
		keys: opening('crypto/system-keys', 'system-layer', 'one key', readKeys)
	},
	...accountRunners,
	...identityRunners,
	'cache-page': { seal: sealCachePage, open: openCachePage },
	grant: grantRunners,
	invitation: invitationRunners,
	part: partRunners,
	roster: rosterRunners,
	record: {
		...recordRunners,
		'system-plain': (vector) => {
			const plain = padText(text(vector, 'json'));
			expect(hex(plain)).toBe(vector.expect);
			expect(unpadText(plain)).toBe(text(vector, 'json'));
		},
		'read-system-plain': cannotOpen('record', 'system layer only, opens', (vector) =>
			readSystemPlain(bytes(vector, 'plain'))
		)
	}
};
