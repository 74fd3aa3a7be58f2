/**
 * What the command tells the shell when it ends. Scripts rely on these numbers: they are documented
 * in the README and never change their meaning.
 */
export const ExitCode = {
  /** Everything that was asked for is done. */
  done: 0,
  /** The command was understood, and some or all of the work failed; what failed was named. */
  failed: 1,
  /** The command, an option, a configuration file or something named by them is wrong; nothing was done. */
  wrongUse: 2,
  /** No credentials, or Box refused them or what they may not do. */
  notAuthorised: 3,
  /** Ctrl-C, SIGTERM, or the reader of the output went away before the work was done. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
