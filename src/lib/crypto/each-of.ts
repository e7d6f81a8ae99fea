/** So many calls are under way at once: enough to keep the runtime's threads busy, few enough to hold in memory. */
const underWay = 128;

/** What becomes of each value, in order, where the work is WebCrypto's. The first that fails fails the whole. */
export async function eachOf<Value, Result>(
	values: readonly Value[],
	become: (value: Value, at: number) => Promise<Result> | Result
): Promise<Result[]> {
	const results: Result[] = [];
	for (let at = 0; at < values.length; at += underWay)
		results.push(...(await Promise.all(values.slice(at, at + underWay).map((value, row) => become(value, at + row)))));
	return results;
}
