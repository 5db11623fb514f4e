/** Whether this Skep may be a copy, and what its person says to that. */

/** @import {Store} from './store.js' */
/** @import {NodeReport} from './types.js' */

export class Whereabouts {
  /** @param {Store} store is drawn again after each change */
  constructor(store) {
    this.store = store;
    /** @type {string|null} why Skep asks whether it is a copy; null when it does not ask */
    this.question = null;
  }

  /** @param {NodeReport} report */
  heard(report) {
    this.question = report.copied ?? null;
    this.store.changed();
  }

  /**
   * Says whether this Skep is the only one of its people.
   *
   * @param {'moved'|'copied'} answer
   * @returns {Promise<string[]>} why nothing is written nonetheless
   */
  async answer(answer) {
    const { resting } = await this.store.api.answerCopied(answer);
    this.question = null;
    this.store.changed();
    return resting;
  }
}
