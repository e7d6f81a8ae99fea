import type { Domain } from '../api/ids.ts';
import type { EntityCopy } from './entity-copy.ts';
import { layerOf } from './layers.ts';
import type { Layers } from './layers.ts';

/**
 * The domains with a user layer of which this device holds bodies under generations that are retired by now, or rows whose
 * key it did not have, each with its generations as text. Sealing a body anew makes no new sequence number, so only a pull
 * from the beginning brings it.
 */
export function domainsBehind(copy: EntityCopy, layers: Layers, domains: readonly Domain[]): [Domain, string][] {
	const layered = new Map(domains.map((domain) => [domain, layerOf(layers, copy.entity, domain)]));
	if (layered.values().every((layer) => layer === null)) return [];
	const behind = new Set<Domain>();
	for (const { domain, plain, unread, generation = 0 } of copy.rows.values()) {
		const layer = layered.get(domain);
		if (layer && (unread === 'no-key' || (plain && generation < layer.oldest))) behind.add(domain);
	}
	return [...behind].map((domain) => [domain, `${layered.get(domain)?.oldest} to ${layered.get(domain)?.current}`]);
}
