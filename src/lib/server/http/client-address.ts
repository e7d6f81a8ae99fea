import { isIPv6 } from 'node:net';

/**
 * The part of an address that limits go by: an IPv4 address, or the network (/64) of an IPv6 address, of which one
 * person has 2^64.
 * @param bits how long a network of IPv6 is named: a multiple of 16.
 */
export function addressPrefix(address: string, bits = 64): string {
	const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
	if (!isIPv6(plain)) return plain;
	const [head = '', tail] = plain.toLowerCase().split('::');
	const groups = head ? head.split(':') : [];
	if (tail !== undefined) {
		const after = tail ? tail.split(':') : [];
		while (groups.length + after.length < 8) groups.push('0');
		groups.push(...after);
	}
	return `${groups
		.slice(0, bits / 16)
		.map((group) => group.replace(/^0+(?=.)/, ''))
		.join(':')}::/${bits}`;
}
