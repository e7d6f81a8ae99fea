import { createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A stand-in for a mail server, on loopback: it takes whatever is sent to it and hands it to the test. */
export interface MailServer {
	/** What `ARCA_SMTP_URL` is to be. */
	url: string;
	/** The next message that comes in, from whom and to whom, as it went over the wire. */
	next(): Promise<{ from: string; to: string; text: string }>;
	stop(): Promise<void>;
}

type Mail = Awaited<ReturnType<MailServer['next']>>;

/** The letters about sign-ins, for tests that sign in and wait for others. */
export const SIGN_INS = /^Subject: Arca: (?:wrong passwords|a new device)/m;

/**
 * Starts one on a free port. It speaks as much SMTP (RFC 5321) as a sender without TLS and password needs.
 * @param aside what it takes and hands to nobody
 */
export async function startMailServer(aside?: RegExp): Promise<MailServer> {
	const arrived: Mail[] = [];
	const waiting: ((mail: Mail) => void)[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		converse(socket, (mail) => {
			if (aside?.test(mail.text)) return;
			const take = waiting.shift();
			if (take) take(mail);
			else arrived.push(mail);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	return {
		url: `smtp://127.0.0.1:${port}`,
		next() {
			const mail = arrived.shift();
			return mail ? Promise.resolve(mail) : new Promise((resolve) => waiting.push(resolve));
		},
		stop() {
			for (const socket of sockets) socket.destroy();
			return new Promise((resolve) => server.close(() => resolve()));
		}
	};
}

/** One sender's conversation. */
function converse(socket: Socket, deliver: (mail: Mail) => void): void {
	let buffer = '';
	let mail: Mail = { from: '', to: '', text: '' };
	let inData = false;
	const say = (line: string) => socket.write(`${line}\r\n`);
	say('220 stand-in ESMTP');
	socket.setEncoding('latin1');
	socket.on('error', () => socket.destroy());
	socket.on('data', (part: string) => {
		buffer += part;
		for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
			const line = buffer.slice(0, end);
			buffer = buffer.slice(end + 2);
			if (inData) read(line);
			else obey(line);
		}
	});

	function read(line: string): void {
		if (line !== '.') {
			mail.text += `${line}\n`;
			return;
		}
		inData = false;
		deliver(mail);
		mail = { from: '', to: '', text: '' };
		say('250 taken');
	}

	function obey(line: string): void {
		const verb = line.slice(0, 4).toUpperCase();
		if (verb === 'EHLO' || verb === 'HELO') return void say('250 stand-in');
		if (verb === 'STAR') return void say('502 no TLS here');
		if (verb === 'MAIL') mail.from = /<([^>]*)>/.exec(line)?.[1] ?? '';
		if (verb === 'RCPT') mail.to = /<([^>]*)>/.exec(line)?.[1] ?? '';
		if (verb === 'DATA') {
			inData = true;
			return void say('354 go on');
		}
		if (verb === 'QUIT') {
			socket.end('221 bye\r\n');
			return;
		}
		say('250 ok');
	}
}
