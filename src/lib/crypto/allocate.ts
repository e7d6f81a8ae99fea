/** Gives bytes to write to, with anything in them. What is sealed in great numbers takes them from the host's pool. */
export type Allocate = (size: number) => Uint8Array;

/** Bytes from the runtime, which work everywhere. */
export const allocate: Allocate = (size) => new Uint8Array(size);
