export { ExitCode } from './exit-codes.ts';
export { run } from './main.ts';
