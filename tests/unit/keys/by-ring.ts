// Bodies of one domain through a keyring, as the page's side of the worker gives and takes them.
import type { Record as RecordRow } from '../../../src/lib/api/record.ts';
import * as columns from '../../../src/lib/keys/columns.ts';
import type { Keyring } from '../../../src/lib/keys/keyring.ts';
import type { BodyToOpen, SealedBody } from '../../../src/lib/keys/record-keys.ts';
import { HOME } from './unlocked.ts';

const at = { entity: HOME, domain: 'health' } as const;

export async function sealBy(ring: Keyring, bodies: readonly columns.JsonToSeal[]): Promise<SealedBody[]> {
	return columns.sealedBodies(await ring.seal({ ...at, ...columns.jsonColumns(bodies) }));
}

export async function openBy(ring: Keyring, rows: readonly BodyToOpen[]): Promise<columns.OpenedJson[]> {
	return columns.openedJsons(await ring.open({ ...at, ...columns.bodyColumns(rows) }));
}

export async function resealBy(ring: Keyring, rows: readonly RecordRow[]): Promise<columns.ResealedBody[]> {
	return columns.resealedBodies(rows, await ring.reseal({ ...at, ...columns.resealColumns(rows) }));
}
