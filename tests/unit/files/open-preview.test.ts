import { expect, test } from 'vitest';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { openPreview } from '../../../src/lib/forms/files/open-preview.ts';
import { letters } from '../../factories/pictures.ts';

const MiB = 1024 * 1024;

/** The parts of a file; what was asked of it is told by `asked`, and whether it was let go of. */
function parts(all: readonly (Bytes | Error)[]) {
	const told = { asked: 0, letGo: false };
	const read = async function* (): AsyncGenerator<Bytes> {
		try {
			for (const part of all) {
				told.asked++;
				if (part instanceof Error) throw part;
				yield await Promise.resolve(part);
			}
		} finally {
			told.letGo = true;
		}
	};
	return { told, read };
}

test('of a file that is damaged in the middle nothing is shown, whatever came before', async () => {
	const { told, read } = parts([letters('%PDF-1.7'), new Error('damaged'), letters('more')]);
	await expect(openPreview(10 * MiB, read())).rejects.toThrow('damaged');
	expect(told).toEqual({ asked: 2, letGo: true });
	const whole = parts([letters('%PDF-1.7'), letters(' more')]);
	expect(await openPreview(10 * MiB, whole.read())).toMatchObject({ as: 'pdf', bytes: letters('%PDF-1.7 more') });
});

test('what a file is, its bytes say', async () => {
	const png = await openPreview(8, parts([letters('\x89PNG\r\n\x1a\n')]).read());
	expect(png.as === 'image' && png.blob.type).toBe('image/png');
	const sound = await openPreview(8, parts([letters('OggS....')]).read());
	expect(sound.as === 'audio' && sound.blob.type).toBe('audio/ogg');
	expect(await openPreview(5, parts([letters('words')]).read())).toEqual({ as: 'text', text: 'words' });
	for (const other of ['<svg/>', '<!doctype html>', 'PK\x03\x04', '\x7fELF\x02\x01'])
		expect(await openPreview(9, parts([letters(other)]).read()), other).toEqual({ as: 'none', why: 'kind' });
	expect(await openPreview(0, parts([]).read())).toEqual({ as: 'text', text: '' });
});

test('of a file that is not shown no more is read than tells it', async () => {
	const film = parts([letters('\0\0\0\x18ftypmp42'), letters('more')]);
	expect(await openPreview(8 * MiB, film.read())).toEqual({ as: 'none', why: 'kind' });
	expect(film.told).toEqual({ asked: 1, letGo: true });
	const large = parts([letters('%PDF-1.7')]);
	expect(await openPreview(65 * MiB, large.read())).toEqual({ as: 'none', why: 'large' });
	expect(large.told.asked).toBe(0);
});
