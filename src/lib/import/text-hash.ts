/** 64 bits of FNV-1a over two differently seeded halves, as 16 hex digits. Not for secrets: it stays inside sealed bodies. */
export function textHash(text: string): string {
	let low = 0x811c9dc5;
	let high = 0xcbf29ce4;
	for (let index = 0; index < text.length; index += 1) {
		const unit = text.charCodeAt(index);
		low = Math.imul(low ^ unit, 0x01000193);
		high = Math.imul(high ^ unit ^ (low >>> 15), 0x85ebca6b);
	}
	return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
