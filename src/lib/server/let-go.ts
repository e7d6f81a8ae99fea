import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives the memory of bytes back now. What is dropped waits for the collector, and here tens of megabytes pile up before it
 * looks at memory that is not on its heap. What shares its memory with others stays.
 * @param bytes that nobody needs any more and nobody is still writing out of: they are empty afterwards; whoever had them
 * before may have let go of them already
 */
export function letGo({ buffer, byteLength }: Uint8Array): void {
	if (buffer instanceof ArrayBuffer && !buffer.detached && byteLength === buffer.byteLength) buffer.transfer(0);
}

/**
 * Gives back what starting left behind: the embedded database is unpacked from two hundred megabytes, which the collector
 * does not look for before there is as much again. Node lends its collector to whoever asks for it by a flag.
 */
export function letGoOfStart(): void {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	setFlagsFromString('--no-expose-gc');
	collect();
}
