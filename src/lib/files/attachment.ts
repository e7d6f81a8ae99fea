/**
 * The Content-Disposition of a file that is saved under a name (RFC 6266, RFC 8187): in plain letters for what reads no
 * more, and whole beside it.
 */
export function attachment(name: string): string {
	const safe = fileName(name);
	const plain = safe.normalize('NFKD').replace(/[^\x20-\x7e]|["\\%]/g, (letter) => (/\p{M}/u.test(letter) ? '' : '_'));
	const whole = encodeURIComponent(safe).replace(
		/['()*]/g,
		(letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`
	);
	return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** A name that can be a file's on any system: no path, no control or direction marks, at most 200 characters. */
export function fileName(name: string): string {
	const bare = name
		.toWellFormed()

		.replace(/[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]/g, '_')
		.replace(/^[.\s]+|[.\s]+$/g, '');
	if (bare === '') return 'file';
	const letters = [...bare];
	const end = bare.length - bare.lastIndexOf('.');
	// What is cut is the middle: the ending says what opens it.
	if (letters.length <= 200) return bare;
	const kept = end <= 12 ? letters.slice(-end) : [];
	return [...letters.slice(0, 200 - kept.length), ...kept].join('');
}
