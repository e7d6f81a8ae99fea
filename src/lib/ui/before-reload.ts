/** Gives whether the page may be loaded anew without anything being lost; may keep it somewhere first. */
type Keeper = () => boolean | Promise<boolean>;

const keepers = new Set<Keeper>();

/**
 * Has `keep` called before a newer version of the app takes this page's place.
 * @returns what takes it back, for a component's end
 */
export function beforeReload(keep: Keeper): () => void {
	keepers.add(keep);
	return () => keepers.delete(keep);
}

/** Lets everybody keep what they have. True where nothing is lost by loading the page anew; never rejects. */
export async function keepWork(): Promise<boolean> {
	const kept = await Promise.allSettled([...keepers].map(async (keep) => keep()));
	return kept.every((each) => each.status === 'fulfilled' && each.value);
}
