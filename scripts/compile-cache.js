/**
 * Loaded before the tests (`node --import`), in each of their processes: what Node compiled once, types
 * stripped, it does not compile again. The cache belongs to this clone and goes with its node_modules.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'node'));
