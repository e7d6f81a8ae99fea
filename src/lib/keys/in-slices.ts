/**
 * What goes over in one message ends with a quarter of the rows, but no fewer and no more than these, or with so many
 * characters or bytes. Of few the worker is to have the first early; of many, a message costs as much as twenty rows.
 */
const [FEWEST, MOST, LENGTH] = [128, 512, 512 * 1024];

/**
 * Messages under way at once: the worker has the next one when it is done with one. More only keep more in its memory,
 * which it then walks through again and again to collect what is not in use: a tenth of its time.
 */
const UNDER_WAY = 2;

/**
 * Sends rows to the worker in slices: it works on one while this page writes the next, and none keeps the page busy for
 * long, however many rows there are.
 * @param write a row as it goes over
 * @param lengthOf characters or bytes of what was written
 * @returns what became of each, in order; the first slice that fails fails the whole
 */
export async function inSlices<Row, Written, Result>(
	rows: readonly Row[],
	write: (row: Row) => Written,
	lengthOf: (written: Written) => number,
	send: (slice: Written[]) => Promise<readonly Result[]>
): Promise<Result[]> {
	const results: (readonly Result[])[] = [];
	const slices = cut(rows, write, lengthOf);
	let count = 0;
	const lane = async (): Promise<void> => {
		for (let next = slices.next(); !next.done; next = slices.next()) {
			const at = count++;
			results[at] = await send(next.value);
		}
	};
	await Promise.all(Array.from({ length: UNDER_WAY }, lane));
	return results.flat();
}

/** At least one slice: also without a row the worker is asked, which may be gone. */
function* cut<Row, Written>(
	rows: readonly Row[],
	write: (row: Row) => Written,
	lengthOf: (written: Written) => number
): Generator<Written[], undefined> {
	const most = Math.min(MOST, Math.max(FEWEST, Math.ceil(rows.length / 4)));
	let [slice, length]: [Written[], number] = [[], 0];
	for (const row of rows) {
		const written = write(row);
		slice.push(written);
		length += lengthOf(written);
		if (slice.length < most && length < LENGTH) continue;
		yield slice;
		[slice, length] = [[], 0];
	}
	if (slice.length > 0 || rows.length === 0) yield slice;
	return undefined;
}
