import { BackupError } from './backup-error.ts';

/** Tar files are made of blocks of so many bytes. */
export const BLOCK = 512;

/** The end of a tar file: two blocks of zeros. */
export const TAR_END = new Uint8Array(2 * BLOCK);

/**
 * The block before a file in a tar file, in the ustar form of POSIX.1-2001, which every `tar` reads.
 * @param name with slashes, at most 255 bytes; longer than 100 it must have a slash where it can be parted.
 * @param size of the file in bytes, below 8 GiB.
 * @param at seconds since 1970.
 * @throws BackupError `backup/name` when the name does not fit.
 */
export function tarHeader(name: string, size: number, at: number): Buffer {
	const [prefix, rest] = partName(name);
	const block = Buffer.alloc(BLOCK);
	block.write(rest, 0);
	block.write('0000600\0', 100);
	block.write('0000000\0', 108);
	block.write('0000000\0', 116);
	block.write(`${octal(size, 11)}\0`, 124);
	block.write(`${octal(at, 11)}\0`, 136);
	block.write(' '.repeat(8), 148);
	block.write('0', 156);
	block.write('ustar\u000000', 257);
	block.write(prefix, 345);
	block.write(`${octal(checksumOf(block), 6)}\0 `, 148);
	return block;
}

/** The zeros that fill a file's last block. */
export function tarPadding(size: number): Uint8Array {
	return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

/** The sum of a header's bytes; those of the sum itself (148 to 155) count as spaces. */
export function checksumOf(block: Uint8Array): number {
	return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);
}

function octal(number: number, digits: number): string {
	return Math.floor(number).toString(8).padStart(digits, '0');
}

/** The two fields of a name: up to 155 bytes, a slash, and up to 100. */
function partName(name: string): [string, string] {
	const bytes = (text: string) => Buffer.byteLength(text);
	if (bytes(name) <= 100) return ['', name];
	for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
		const [prefix, rest] = [name.slice(0, at), name.slice(at + 1)];
		if (bytes(prefix) <= 155 && bytes(rest) <= 100 && rest) return [prefix, rest];
	}
	throw new BackupError('backup/name', `The name of a stored file is too long for an archive: ${name}`);
}
