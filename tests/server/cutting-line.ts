import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A line to a server that is cut wherever it is told to: all connections end at once, in the middle of what they carry. */
export interface CuttingLine {
	/** Where the server is reached through it. */
	url: string;
	/** Cuts that happened. */
	readonly cuts: number;
	/** The next cut comes once so many bytes more went through, either way. */
	cutAfter(bytes: number): void;
	close(): Promise<void>;
}

/**
 * Opens a line to a port of this machine.
 * @param cut called after every cut
 */
export async function openCuttingLine(port: number, cut: () => void): Promise<CuttingLine> {
	const sockets = new Set<Socket>();
	let [left, cuts] = [Infinity, 0];
	const cutAll = () => {
		left = Infinity;
		cuts += 1;
		for (const socket of sockets) socket.destroy();
		cut();
	};
	const carry = (from: Socket, to: Socket) => {
		sockets.add(from);
		from.on('error', () => undefined);
		from.on('close', () => {
			sockets.delete(from);
			to.destroy();
		});
		from.on('data', (bytes: Buffer) => {
			left -= bytes.length;
			if (left <= 0) cutAll();
			else if (!to.write(bytes)) {
				from.pause();
				to.once('drain', () => from.resume());
			}
		});
	};
	const server = createServer((here) => {
		const there = connect(port, 'localhost');
		carry(here, there);
		carry(there, here);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		get cuts() {
			return cuts;
		},
		cutAfter: (bytes) => void (left = bytes),
		async close() {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		}
	};
}
