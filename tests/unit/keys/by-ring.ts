// Bodies of one domain through a keyring, as the page's side of the worker gives and takes them.
import type { Record as RecordRow } from '../../../src/lib/api/record.ts';
import { recordJson } from '../../../src/lib/crypto/record-plain.ts';
import * as columns from '../../../src/lib/keys/columns.ts';
import type { Keyring } from '../../../src/lib/keys/keyring.ts';
import type { BodyToOpen, SealedBody, Unread } from '../../../src/lib/keys/record-keys.ts';
import { HOME } from './unlocked.ts';

const at = { entity: HOME, domain: 'health' } as const;

export async function sealBy(
	ring: Keyring,
	bodies: readonly { id: string; rev: string; json: string }[]
): Promise<SealedBody[]> {
	const toSeal = bodies.map((body) => ({ ...body, json: recordJson(JSON.parse(body.json)) }));
	return columns.sealedBodies(await ring.seal({ ...at, ...columns.jsonColumns(toSeal) }));
}

export async function openBy(
	ring: Keyring,
	rows: readonly BodyToOpen[]
): Promise<({ ok: true; json: string; author: string } | { ok: false; why: Unread })[]> {
	const opened = columns.openedBodies(await ring.open({ ...at, ...columns.bodyColumns(rows) }));
	return opened.map((one) => (one.ok ? { ok: true, json: JSON.stringify(one.plain), author: one.author } : one));
}

export async function resealBy(ring: Keyring, rows: readonly RecordRow[]): Promise<columns.ResealedBody[]> {
	return columns.resealedBodies(rows, await ring.reseal({ ...at, ...columns.resealColumns(rows) }));
}
