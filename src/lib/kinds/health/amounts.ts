/** What medicines are counted and given in: plain words, and UCUM codes where there are some. */
export const amountUnits: readonly string[] = [
	...['tablet', 'capsule', 'mL', 'drop', 'puff', 'sachet', 'patch', 'dose'],
	...['[iU]', 'mg', 'g', 'ug']
];
