import type { ScheduleOptions } from '../../options/schedule-options.ts';

/** A command that the system is to run by the clock. */
export interface PlannedCommand {
  /** Letters, digits and hyphens. */
  readonly name: string;
  readonly when: Pick<ScheduleOptions, 'every' | 'cron' | 'tz'>;
  /** `every 5 min`. */
  readonly whenWords: string;
  /** What is run, from the program's own path on. */
  readonly command: readonly string[];
  /** The same as it was typed: `boxhaul upload ./out/ --to /Inbox`. */
  readonly commandWords: string;
  readonly cwd: string;
  /** Variables that it is to see; they may be secret. */
  readonly env: Readonly<Record<string, string>>;
}

/** One that is planned. */
export interface Planned {
  readonly name: string;
  readonly place: string;
  readonly whenWords: string;
  readonly commandWords: string;
}

/** Who of the system starts commands by the clock. */
export interface Place {
  /** `systemd (user)`, `systemd (system)`, `crontab`. */
  readonly words: string;
  /**
   * All that `add` would write, for people to read.
   * @throws CliError when it cannot keep such times
   */
  show(planned: PlannedCommand): string;
  /** @throws CliError as `show`, and when the system refuses */
  add(planned: PlannedCommand): Promise<void>;
  list(): Promise<Planned[]>;
  /** @throws CliError when the system refuses */
  remove(name: string): Promise<void>;
  /** What a person does who wants a command to see a variable. */
  variablesGoTo(name: string): string;
  /** What a person should know beside. */
  readonly hints: readonly string[];
}
