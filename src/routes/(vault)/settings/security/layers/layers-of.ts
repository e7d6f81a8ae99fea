import type { Domain } from '$lib/access/domains.ts';
import type { SeenLayers } from '$lib/vault/look-at-layers.ts';
import { m } from '$messages';
import { layerState } from '../layer-state.ts';
import type { DomainLayer } from '$lib/keys/record-keys.ts';

export type LayerName = 'sign-in' | 'rows' | 'storage' | 'disk' | 'system' | 'user' | 'device';

/**
 * `holds`; `partly`: there, and more could be; `open`: not there; `broken`: it should be and is not; `unknown`: nobody
 * can say from here.
 */
export type LayerStanding = 'holds' | 'partly' | 'open' | 'broken' | 'unknown';

export interface Layer {
	readonly name: LayerName;
	readonly state: LayerStanding;
	/** What that was found by, sentence by sentence. */
	readonly facts: readonly (() => string)[];
}

/** What the vault itself knows. */
export interface KnownLayers {
	readonly entities: readonly { id: string; domains: readonly Domain[] }[];
	readonly sync: { readonly lasting: boolean };
	readonly encryption: {
		readonly state: string;
		readonly keptHere: boolean;
		domainLayer(entity: string, domain: Domain): DomainLayer | null;
		/** Null where it is not known whether the entity has a roster. */
		members(entity: string): readonly unknown[] | null;
	};
}

/**
 * The seven layers from the outermost to the innermost. None is said to hold without something that was seen: what was
 * not asked yet, or could not be asked, is unknown.
 */
export function layersOf(seen: SeenLayers | null, known: KnownLayers): Layer[] {
	return [signIn(seen), rows(seen), storage(seen), disk, system(seen), user(known), device(known)];
}

const disk: Layer = { name: 'disk', state: 'unknown', facts: [m.layer_disk_unknown] };

const unasked = (seen: SeenLayers | null) => (seen === null ? m.layer_being_asked : m.layer_not_asked);

function signIn(seen: SeenLayers | null): Layer {
	const name = 'sign-in';
	if (!seen?.signIn) return { name, state: 'unknown', facts: [unasked(seen)] };
	return seen.signIn === 'second-step'
		? { name, state: 'holds', facts: [m.layer_sign_in_two] }
		: { name, state: 'partly', facts: [m.layer_sign_in_one] };
}

function rows(seen: SeenLayers | null): Layer {
	const name = 'rows';
	if (!seen?.rows) return { name, state: 'unknown', facts: [unasked(seen)] };
	return seen.rows === 'refused'
		? { name, state: 'holds', facts: [m.layer_rows_refused] }
		: { name, state: 'broken', facts: [m.layer_rows_given] };
}

function storage(seen: SeenLayers | null): Layer {
	const name = 'storage';
	if (!seen?.storage) return { name, state: 'unknown', facts: [unasked(seen)] };
	return seen.storage === 'refused'
		? { name, state: 'holds', facts: [m.layer_storage_refused] }
		: { name, state: 'broken', facts: [m.layer_storage_given] };
}

function system(seen: SeenLayers | null): Layer {
	const name = 'system';
	if (!seen?.system) return { name, state: 'unknown', facts: [unasked(seen)] };
	return seen.system === 'sealed'
		? { name, state: 'holds', facts: [m.layer_system_sealed] }
		: { name, state: 'broken', facts: [m.layer_system_readable] };
}

function user({ encryption, entities }: KnownLayers): Layer {
	const name = 'user';
	if (encryption.state === 'off') return { name, state: 'open', facts: [m.layer_user_off] };
	if (encryption.state !== 'open') return { name, state: 'unknown', facts: [m.layer_not_asked] };
	if (entities.some(({ id }) => encryption.members(id) === null))
		return { name, state: 'unknown', facts: [m.layer_not_asked] };
	const states = entities.flatMap(({ id, domains }) => domains.map((domain) => encryption.domainLayer(id, domain)));
	const sealed = states.filter((layer) => layer !== null).length;
	const counted = (): string => m.layer_user_on({ count: sealed, total: states.length });
	if (sealed === 0) return { name, state: 'open', facts: [counted] };
	const moving = states.some((layer) => ['switching', 'two'].includes(layerState(layer)));
	const facts = moving ? [counted, m.layer_user_moving] : [counted];
	return { name, state: sealed === states.length && !moving ? 'holds' : 'partly', facts };
}

function device({ encryption, sync }: KnownLayers): Layer {
	const name = 'device';
	if (!sync.lasting) return { name, state: 'holds', facts: [m.layer_device_nothing] };
	if (encryption.state !== 'open')
		return { name, state: 'partly', facts: [m.layer_device_sealed, m.layer_device_copy] };
	return encryption.keptHere
		? { name, state: 'partly', facts: [m.layer_device_sealed, m.layer_device_kept] }
		: { name, state: 'holds', facts: [m.layer_device_sealed, m.layer_device_asked] };
}
