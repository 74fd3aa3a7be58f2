/**
 * A run that makes the target equal to the source. Before anything moves, both sides are looked at; new files that
 * are extra ones moved or renamed are moved on the target's side; the rest is an ordinary run. What is extra goes to
 * the trash when all else has ended, all of it well, and never more than is allowed (see `whyKept`).
 */
import type { JobContext, Planned, Standing } from '../job.ts';
import { runAll } from '../local-runner.ts';
import { reason } from '../reason.ts';
import { failureResult, settled } from '../result.ts';
import type { MirrorReport, TransferOptions, TransferResult } from '../transfer.ts';
import type { Walk } from '../tree/tree.ts';
import { learnContents } from './contents-known.ts';
import { assertLimit, type MaxDelete, USUAL_LIMIT, whyKept } from './limit.ts';
import type { Moved } from './moving-in-box.ts';
import { type FolderMove, type Move, Survey, type Top } from './survey.ts';
import type { Trash } from './trash.ts';

/** What tells one direction from the other. */
export interface Sides<Item> {
  /** Looks at both sides. @throws what ends the run */
  survey(survey: Survey, context: JobContext): Promise<void>;
  /** Which side of new and extra files is on this machine. */
  readonly here: 'extra' | 'fresh';
  move(move: Move, item: Item, context: JobContext): Promise<Moved<Item>>;
  /** Where it spares calls: moves a folder with all that it holds. @returns whether it is there now */
  moveFolder?(move: FolderMove, context: JobContext): Promise<boolean>;
  trash(context: JobContext): Trash;
}

const CUT_SHORT = reason('interrupted', 'the run was stopped before all of it was in the trash');

interface ItemOfMirror {
  readonly path: string;
}

/** One run's mirroring; where none was asked for it does nothing and costs nothing. */
export class Mirror<Item extends ItemOfMirror> implements Disposable {
  readonly #sides: Sides<Item> | undefined;
  readonly #limit: MaxDelete;
  #survey: Survey | undefined;
  #movedFolders = 0;

  /**
   * @param sidesOf is called only where mirroring was asked for; a choice of paths is no whole source
   * @throws {InputError} the limit is none
   */
  constructor(
    { deleteExtra, only, maxDelete = USUAL_LIMIT }: TransferOptions,
    sidesOf: () => Sides<Item>,
  ) {
    assertLimit(maxDelete);
    this.#sides = deleteExtra && only === undefined ? sidesOf() : undefined;
    this.#limit = maxDelete;
  }

  /**
   * Looks at both sides, decides what is moved, and begins the walk with what was listed.
   * @throws what ends the run
   */
  async walk(
    context: JobContext,
    begin: (context: JobContext) => Promise<Walk<Planned<Item>>>,
  ): Promise<Walk<Planned<Item>>> {
    const sides = this.#sides;
    if (!sides) return begin(context);
    const survey = await this.#look(sides, context);
    const walk = await begin({ ...context, listed: (folderId) => survey.listing(folderId) });
    return {
      settled: walk.settled,
      take: async () => {
        const found = await walk.take();
        return found && 'item' in found
          ? this.#diverted(found.item, sides, survey, context)
          : found;
      },
    };
  }

  /** Puts what is extra into the trash, if it may be; in a dry run it only tells. */
  async conclude(ended: Standing, context: JobContext): Promise<MirrorReport | undefined> {
    const survey = this.#survey;
    if (!survey || !this.#sides) return undefined;
    if (context.dryRun) survey.imagineMoves();
    else survey.endMoves();
    const standing = standingOf(survey, ended);
    const moved = this.#movedFolders;
    const found = {
      held: standing.held,
      extra: standing.extra,
      ...(moved > 0 && { movedFolders: moved }),
    };
    const left = whyKept(standing, this.#limit);
    if (left) {
      // Whoever is to raise the limit wants to see what for.
      if (context.dryRun && left.code === 'too-many-extra') tellAll(survey, context);
      return { ...found, trashed: 0, left };
    }
    return { ...found, ...(await empty(survey, this.#sides.trash(context), context)) };
  }

  [Symbol.dispose](): void {
    this.#survey?.[Symbol.dispose]();
    this.#survey = undefined;
  }

  async #look(sides: Sides<Item>, context: JobContext): Promise<Survey> {
    const survey = new Survey(context.filter.selective);
    this.#survey = survey;
    await sides.survey(survey, context);
    // What was not seen may be where it was: then nothing is taken from its place.
    if (survey.unseen !== undefined) return survey;
    await learnContents(sides.here, survey, context);
    if (sides.moveFolder) await this.#moveFolders(sides.moveFolder, survey, context);
    survey.pair();
    return survey;
  }

  async #moveFolders(
    move: NonNullable<Sides<Item>['moveFolder']>,
    survey: Survey,
    context: JobContext,
  ): Promise<void> {
    for (const folder of survey.folderMoves()) {
      if (context.ending.aborted) return;
      context.expect(1);
      if (!context.dryRun && !(await move(folder, context))) continue;
      survey.folderMoved(folder);
      this.#movedFolders += 1;
      const { id = '' } = folder.from;
      context.emit({ type: 'folder', path: folder.toPath, id, state: 'moved' });
    }
  }

  /** A file that a move brings is brought: then what is found is how it ended. */
  async #diverted(
    item: Item,
    sides: Sides<Item>,
    survey: Survey,
    context: JobContext,
  ): Promise<Planned<Item>> {
    const move = survey.moveTo(item.path);
    if (!move) return { item };
    if (context.dryRun) return { result: wouldMove(move) };
    const startedMs = performance.now();
    try {
      const moved = await sides.move(move, item, context);
      survey.moved(item.path, 'result' in moved || moved.isGone);
      if (!('result' in moved)) return { item: moved.item };
      return { result: { ...moved.result, ms: Math.round(performance.now() - startedMs) } };
    } catch (error) {
      return { result: failureResult(error, item.path, context.signal) };
    }
  }
}

function standingOf(survey: Survey, ended: Standing) {
  const { sourceFiles, heldFiles: held, unmovedFiles: extra, unseen } = survey;
  return { sourceFiles, held, extra, unseen, ...ended };
}

async function empty(
  survey: Survey,
  trash: Trash,
  context: JobContext,
): Promise<Pick<MirrorReport, 'trashed' | 'trash' | 'left'>> {
  const tops = survey.tops();
  let trashed = 0;
  let isCutShort = false;
  const take = async () => tops.next().value ?? undefined;
  const work = async (top: Top) => {
    const result = await putAway(top, trash, context);
    if (result) context.settle(result);
    else trashed += top.files;
    isCutShort ||= result?.reason?.code === 'interrupted';
  };
  const { concurrency, ending } = context;
  await runAll(take, work, { concurrency, ending, onError: () => undefined });
  const left = (isCutShort || (await take())) && CUT_SHORT;
  return {
    trashed,
    ...(trash.path !== undefined && { trash: trash.path }),
    ...(left && { left }),
  };
}

function tellAll(survey: Survey, context: JobContext): void {
  for (const top of survey.tops()) tell(top, context);
}

function tell({ what: { kind, path, id }, files, bytes }: Top, context: JobContext): void {
  context.emit({ type: 'trashed', kind, path, files, bytes, ...(id !== undefined && { id }) });
}

/** @returns a result if it failed */
async function putAway(
  top: Top,
  trash: Trash,
  context: JobContext,
): Promise<TransferResult | undefined> {
  const { what } = top;
  try {
    context.expect(trash.calls);
    if (!context.dryRun) await trash.put(what);
    tell(top, context);
    return undefined;
  } catch (error) {
    return failureResult(error, what.path, context.signal, { kind: what.kind, bytes: 0 });
  }
}

function wouldMove({ from, to }: Move): TransferResult {
  const why = reason('dry-run', `would be moved from ${from.path}`);
  return settled('skipped', to.path, why, { bytes: to.bytes ?? 0, action: 'moved' });
}
