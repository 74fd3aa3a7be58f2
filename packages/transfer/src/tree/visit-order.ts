/** A folder's place in the order; it stays while the folder is visited, for what is found in it. */
export interface VisitPlace<Folder> {
  readonly folder: Folder;
  isTaken: boolean;
  isEnded: boolean;
  next: VisitPlace<Folder> | undefined;
}

/**
 * In which order folders are visited that are found while others are: as a tree is told from top to bottom, each folder
 * followed by those in it. However many are visited at once, what is known of a tree stays small, and whoever tells it
 * in that order has little to wait for.
 */
export class VisitOrder<Folder> {
  #first: VisitPlace<Folder> | undefined;

  /** Takes the first folder that nobody has taken. */
  take(): VisitPlace<Folder> | undefined {
    let before: VisitPlace<Folder> | undefined;
    for (let place = this.#first; place; place = place.next) {
      if (place.isEnded) {
        if (before) before.next = place.next;
        else this.#first = place.next;
        continue;
      }
      if (!place.isTaken) {
        place.isTaken = true;
        return place;
      }
      before = place;
    }
    return undefined;
  }

  /** Puts a folder right behind the one that it was found in, or before all others. */
  add(folder: Folder, foundIn?: VisitPlace<Folder>): void {
    const next = foundIn ? foundIn.next : this.#first;
    const place = { folder, isTaken: false, isEnded: false, next };
    if (foundIn) foundIn.next = place;
    else this.#first = place;
  }

  /** Nothing that waits, and nothing that is found from now on, will be visited. */
  clear(): void {
    this.#first = undefined;
  }
}
