// What a PIN must be. The server allows five tries: what most people would try first is refused.

/** Why a PIN is refused: not 6 to 12 digits, or among those that are tried first. */
export type PinProblem = 'digits' | 'easy';

/** A PIN as it is judged and derived from: NFKC, which makes digits of any width the same. */
const normalized = (pin: string): string => pin.normalize('NFKC');

/**
 * What is wrong with a new PIN, null where nothing is.
 * @param pin as typed.
 */
export function pinProblem(pin: string): PinProblem | null {
	const digits = normalized(pin);
	if (!/^[0-9]{6,12}$/.test(digits)) return 'digits';
	return isRun(digits) || isRepeated(digits) || isDate(digits) ? 'easy' : null;
}

/** Each digit one more, or one less, than the one before; 0 follows 9. */
function isRun(digits: string): boolean {
	const steps = [...digits].slice(1).map((digit, at) => (Number(digit) - Number(digits[at]) + 10) % 10);
	return steps.every((step) => step === 1) || steps.every((step) => step === 9);
}

/** One to four digits over and over. */
function isRepeated(digits: string): boolean {
	return [1, 2, 3, 4].some(
		(size) => size * 2 <= digits.length && digits === digits.slice(0, size).repeat(12).slice(0, digits.length)
	);
}

/** A day from 1900 to 2099 in eight digits: year first or last, month and day in either order. */
function isDate(digits: string): boolean {
	const year = '(?:19|20)[0-9]{2}';
	const [month, day] = ['(?:0[1-9]|1[0-2])', '(?:0[1-9]|[12][0-9]|3[01])'];
	return new RegExp(`^(?:${year}${month}${day}|${month}${day}${year}|${day}${month}${year})$`).test(digits);
}
