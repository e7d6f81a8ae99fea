/** A number as the decimal it is written as: `units / 10 ** places`. */
interface Decimal {
	readonly units: bigint;
	readonly places: number;
}

/**
 * An integer times a number, or divided by it, to the nearest integer and half away from zero; exact for the decimal that
 * the number is written as.
 * @param by finite; not 0 where it divides
 * @param shift by how many powers of ten the result is larger
 */
export function scaled(whole: bigint, by: number, { divide = false, shift = 0 } = {}): bigint {
	const { units, places } = decimalOf(by);
	const up = 10n ** BigInt(Math.max(shift, 0));
	const down = 10n ** BigInt(Math.max(-shift, 0));
	const scale = 10n ** BigInt(places);
	return divide ? rounded(whole * scale * up, units * down) : rounded(whole * units * up, scale * down);
}

function decimalOf(value: number): Decimal {
	const [mantissa = '0', exponent = '0'] = String(value).split('e');
	const [whole = '0', fraction = ''] = mantissa.split('.');
	const places = fraction.length - Number(exponent);
	const units = BigInt(whole + fraction);
	return places >= 0 ? { units, places } : { units: units * 10n ** BigInt(-places), places: 0 };
}

function rounded(dividend: bigint, divisor: bigint): bigint {
	const negative = dividend < 0n !== divisor < 0n;
	const [a, b] = [dividend, divisor].map((each) => (each < 0n ? -each : each)) as [bigint, bigint];
	const nearest = (2n * a + b) / (2n * b);
	return negative ? -nearest : nearest;
}
