/** Groups of a recovery code in which every symbol says something: the ninth is the check symbol alone. */
const GROUPS = 8;

/** Which two groups of a recovery code are asked for, counted from 0, in the order of reading; drawn anew each time. */
export function drawGroups(): [number, number] {
	const [one = 0, two = 0] = crypto.getRandomValues(new Uint32Array(2));
	const first = one % GROUPS;
	const second = (first + 1 + (two % (GROUPS - 1))) % GROUPS;
	return first < second ? [first, second] : [second, first];
}

/** Whether what was typed is that group of the code, as a person may write it: any case, O for 0, I and L for 1. */
export function isGroup(code: string, group: number, typed: string): boolean {
	const wanted = code.split('-')[group];
	return wanted !== undefined && wanted !== '' && plainly(typed) === plainly(wanted);
}

function plainly(text: string): string {
	const bare = text.replace(/[\s-]/g, '').toUpperCase();
	return bare.replaceAll('O', '0').replace(/[IL]/g, '1');
}
