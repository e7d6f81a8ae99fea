import { KeyDesk } from './key-desk.ts';
import type { KeyCall } from './key-line.ts';
import { Keyring } from './keyring.ts';
import { argon2 } from './load-argon2.ts';
import { memoryOf } from './memory-of.ts';

// Every key is here and nowhere else: who ends this worker has locked the vault.
const desk = new KeyDesk(new Keyring(argon2));

addEventListener('message', ({ data }: MessageEvent<KeyCall>) => {
	void desk
		.handle(data)
		.then((reply) => postMessage(reply, { transfer: 'answer' in reply ? memoryOf(reply.answer) : [] }));
});
