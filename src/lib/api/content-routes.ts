import {
	completeContentSchema,
	contentAnswerSchema,
	MOST_PART_BYTES,
	oneContent,
	onePart,
	openContentSchema,
	openedContentSchema,
	partAnswerSchema,
	staleContentsQuerySchema,
	staleContentsSchema
} from './contents.ts';
import type { Route } from './route.ts';

/** The routes of files: contents are opened, get their parts, and are complete before a record names them. */
export const contentRoutes = {
	openContent: {
		method: 'POST',
		path: '/api/contents',
		summary: 'Begin the upload of a file; its content has an id of its own',
		token: true,
		budget: 'parts',
		body: openContentSchema,
		status: 201,
		answer: openedContentSchema
	},
	listStaleContents: {
		method: 'GET',
		path: '/api/contents',
		summary: "Contents in use that were sealed before the domain's key of now",
		token: true,
		budget: 'parts',
		query: staleContentsQuerySchema,
		status: 200,
		answer: staleContentsSchema
	},
	getContent: {
		method: 'GET',
		path: '/api/contents/{id}',
		summary: 'Which parts of a content are there',
		token: true,
		budget: 'parts',
		params: oneContent,
		status: 200,
		answer: contentAnswerSchema
	},
	releaseContent: {
		method: 'DELETE',
		path: '/api/contents/{id}',
		summary: 'Give up an upload that no record names',
		token: true,
		budget: 'parts',
		params: oneContent,
		status: 204,
		answer: null
	},
	putPart: {
		method: 'PUT',
		path: '/api/contents/{id}/parts/{n}',
		summary: 'Store a part; one that is there stays as it is, and the answer tells its hash',
		token: true,
		budget: 'parts',
		bodyBytes: MOST_PART_BYTES,
		takes: 'bytes',
		params: onePart,
		status: 200,
		answer: partAnswerSchema
	},
	getPart: {
		method: 'GET',
		path: '/api/contents/{id}/parts/{n}',
		summary: 'A part as it was sent, with the system layer taken off',
		token: true,
		budget: 'parts',
		params: onePart,
		status: 200,
		gives: 'bytes',
		answer: null
	},
	completeContent: {
		method: 'POST',
		path: '/api/contents/{id}/complete',
		summary: 'Say that all parts are there; no more are taken',
		token: true,
		budget: 'parts',
		params: oneContent,
		body: completeContentSchema,
		status: 204,
		answer: null
	}
} as const satisfies { [name: string]: Route };
