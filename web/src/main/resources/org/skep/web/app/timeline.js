/**
 * The home timeline: which posts are shown, which have come but wait to be asked for, and how far
 * back we have read. Pure bookkeeping over ids; the posts themselves are in the store.
 */

import { inOrder, isNewer } from './ids.js';

/** Smaller than the id of any post. */
const BEFORE_ALL = '0';

export class Timeline {
  constructor() {
    /** @type {string[]} newest first */
    this.shown = [];
    /** @type {string[]} came while the page was open, newest first */
    this.waiting = [];
    /** @type {string|null} the path of the next older page; null when there is none */
    this.next = null;
    this.loaded = false;
    /** @type {string|null} the newest post that was here at the last visit */
    this.lastRead = null;
    /** @type {string|null} up to this post nothing is missing; null where nothing is known yet */
    this.wholeUpTo = null;
  }

  /** @param {string[]} ids @param {string|null} next */
  addOlder(ids, next) {
    if (!this.loaded) this.reached(ids.length > 0 ? ids : [BEFORE_ALL]);
    this.shown = inOrder([...this.shown, ...ids]);
    this.next = next;
    this.loaded = true;
    this.waiting = this.waiting.filter((id) => !this.shown.includes(id) && !this.#isLater(id));
  }

  /** @param {string[]} ids posts that came without leaving a gap behind them */
  reached(ids) {
    const [newest] = inOrder(ids);
    if (newest === undefined) return;
    if (this.wholeUpTo === null || isNewer(newest, this.wholeUpTo)) this.wholeUpTo = newest;
  }

  /**
   * A post came. One that is older than all that is shown is left for the page it belongs to.
   *
   * @param {string} id
   */
  offer(id) {
    if (this.shown.includes(id) || this.#isLater(id)) return;
    if (this.loaded && this.shown.length === 0) {
      // Nobody is reading anything yet that could jump away.
      this.shown = [id];
      return;
    }
    // Before the first page is here it waits too: that page may have been read before it came.
    this.waiting = inOrder([...this.waiting, id]);
  }

  /** @param {string} id our own post: shown at once */
  put(id) {
    if (!this.loaded) {
      this.offer(id);
      return;
    }
    this.waiting = this.waiting.filter((other) => other !== id);
    this.shown = inOrder([...this.shown, id]);
  }

  /** @param {string} id @returns {boolean} whether it stands on a page that is not loaded yet */
  #isLater(id) {
    const oldest = this.shown.at(-1);
    return this.next !== null && oldest !== undefined && isNewer(oldest, id);
  }

  showWaiting() {
    this.shown = inOrder([...this.shown, ...this.waiting]);
    this.waiting = [];
  }

  /** @param {(id: string) => boolean} keep */
  retain(keep) {
    this.shown = this.shown.filter(keep);
    this.waiting = this.waiting.filter(keep);
  }
}
