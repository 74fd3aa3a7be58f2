import type { FastifyInstance } from 'fastify';
import type { Box } from '../box.ts';

/** A file of routes: adds what it answers to `app`. */
export type RouteModule = (app: FastifyInstance, box: Box) => void;

/** The calls of Box's API that need a token; paths are without `/2.0`. */
export const apiRoutes: readonly RouteModule[] = [];

/** What is reached by a URL that says all: contents of files. Paths are from the root of the port. */
export const contentRoutes: readonly RouteModule[] = [];
