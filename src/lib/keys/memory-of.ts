/**
 * The memory of bytes, of a list of them, or of the `bytes` of a message, each once: `postMessage` hands it over, where it would
 * else be copied. Whoever posts keeps none of it. Any other message has none.
 */
export function memoryOf(message: unknown): ArrayBuffer[] {
	const pieces = new Set<ArrayBuffer>();
	for (const part of Array.isArray(message) ? (message as unknown[]) : [bytesOf(message)])
		if (part instanceof Uint8Array && part.buffer instanceof ArrayBuffer) pieces.add(part.buffer);
	return [...pieces];
}

function bytesOf(message: unknown): unknown {
	if (message instanceof Uint8Array) return message;
	return typeof message === 'object' && message !== null && 'bytes' in message ? message.bytes : undefined;
}
