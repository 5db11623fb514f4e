/**
 * The home timeline: which posts are shown, which have come but wait to be asked for, and how far
 * back we have read. Pure bookkeeping over ids; the posts themselves are in the store.
 */

import { inOrder, isNewer } from './ids.js';

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
  }

  /** @param {string[]} ids @param {string|null} next */
  addOlder(ids, next) {
    this.shown = inOrder([...this.shown, ...ids]);
    this.next = next;
    this.loaded = true;
  }

  /**
   * A post came. One that is older than all that is shown is left for the page it belongs to.
   *
   * @param {string} id
   */
  offer(id) {
    if (!this.loaded || this.shown.includes(id)) return;
    if (this.shown.length === 0) {
      // Nobody is reading anything yet that could jump away.
      this.shown = [id];
      return;
    }
    const oldest = this.shown[this.shown.length - 1];
    if (this.next !== null && isNewer(oldest, id)) return;
    this.waiting = inOrder([...this.waiting, id]);
  }

  /** @param {string} id our own post: shown at once */
  put(id) {
    this.waiting = this.waiting.filter((other) => other !== id);
    if (this.loaded) this.shown = inOrder([...this.shown, id]);
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
