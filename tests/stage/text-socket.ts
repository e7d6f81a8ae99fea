import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** A WebSocket that texts travel over. */
export interface TextSocket {
	send(text: string): void;
	end(): void;
}

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/**
 * Accepts an upgrade to a WebSocket (RFC 6455), as far as a browser needs one: whole messages, no extensions.
 * @param onText hears every text that comes
 * @param onEnd is called once the other side is gone
 */
export function acceptSocket(
	{ headers }: IncomingMessage,
	stream: Duplex,
	onText: (text: string) => void,
	onEnd: () => void
): TextSocket {
	const accept = createHash('sha1')
		.update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
		.digest('base64');
	stream.write(
		`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`
	);
	const write = (kind: number, body: Buffer) => void stream.write(Buffer.concat([head(kind, body.length), body]));
	let rest = Buffer.alloc(0);
	stream.on('data', (part: Buffer) => {
		rest = Buffer.concat([rest, part]);
		for (let frame = readFrame(rest); frame; frame = readFrame(rest)) {
			rest = rest.subarray(frame.length);
			if (frame.kind === TEXT) onText(frame.body.toString());
			else if (frame.kind === PING) write(PONG, frame.body);
			else if (frame.kind === CLOSE) {
				write(CLOSE, frame.body);
				stream.end();
			}
		}
	});
	stream.on('error', () => stream.destroy());
	stream.once('close', onEnd);
	return { send: (text) => write(TEXT, Buffer.from(text)), end: () => stream.destroy() };
}

function head(kind: number, length: number): Buffer {
	const last = 0x80 | kind;
	return length < 126 ? Buffer.from([last, length]) : Buffer.from([last, 126, length >> 8, length & 255]);
}

/** The first frame of what came, unmasked; undefined where it is not there yet. */
function readFrame(bytes: Buffer): { kind: number; body: Buffer; length: number } | undefined {
	if (bytes.length < 2) return undefined;
	const short = bytes.readUInt8(1) & 127;
	const mask = short < 126 ? 2 : short === 126 ? 4 : 10;
	if (bytes.length < mask + 4) return undefined;
	const size = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
	const length = mask + 4 + size;
	if (bytes.length < length) return undefined;
	const key = bytes.subarray(mask, mask + 4);
	const body = Buffer.from(bytes.subarray(mask + 4, length).map((byte, at) => byte ^ (key[at % 4] ?? 0)));
	return { kind: bytes.readUInt8(0) & 15, body, length };
}
