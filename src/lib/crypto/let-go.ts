let nowhere: MessagePort | undefined;

/**
 * Gives the memory of bytes back now. What is dropped waits for the collector, and each worker's lets tens of megabytes
 * pile up before it looks at memory that is not on its heap; what is handed over is gone, and there is nobody to take it.
 * `ArrayBuffer.transfer(0)`, by which the server does it, leaves it to the collector in Chromium: half a gigabyte for a file of
 * a quarter.
 * @param bytes that nobody needs any more, with all of the memory that they are in
 */
export function letGo({ buffer }: Uint8Array<ArrayBuffer>): void {
	if (!nowhere) {
		const { port1, port2 } = new MessageChannel();
		port2.close();
		nowhere = port1;
	}
	nowhere.postMessage(null, [buffer]);
}
