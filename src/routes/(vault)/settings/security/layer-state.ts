import type { DomainLayer } from '$lib/keys/record-keys.ts';

/**
 * How a domain stands by the accepted roster: without a user layer; being switched on, so that bodies without one are
 * still there; with two generations alive, so that bodies are still being sealed anew; under one.
 */
export type LayerState = 'none' | 'switching' | 'two' | 'one';

export function layerState(layer: DomainLayer | null): LayerState {
	if (!layer) return 'none';
	if (layer.oldest === 0) return 'switching';
	return layer.oldest < layer.current ? 'two' : 'one';
}
