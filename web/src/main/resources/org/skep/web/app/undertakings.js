/**
 * What Skep does that takes long: all there is before anything can be read, and what goes on beside
 * everything else.
 */

import { ApiError } from './api.js';

/** @import {Store} from './store.js' */
/** @import {NodeReport, Work} from './types.js' */

export class Undertakings {
  /** @param {Store} store is drawn again after each change */
  constructor(store) {
    this.store = store;
    /** @type {Work|null} what is done before anything can be read; null when that is over */
    this.starting = null;
    /** @type {Work[]} what goes on beside everything else */
    this.works = [];
  }

  /** All that goes on. @returns {Work[]} */
  get all() {
    return this.starting ? [this.starting] : this.works;
  }

  /** Asks what goes on. */
  async look() {
    if (this.store.session === 'shut') return;
    try {
      this.heard(await this.store.api.report());
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      // Silence and starting show themselves, and whoever shows this looks again.
    }
  }

  /** @param {NodeReport} report */
  heard(report) {
    const before = this.works;
    this.works = report.progress ?? [];
    if (before.length + this.works.length > 0) this.store.changed();
  }

  /** Nothing can be read yet. @param {Work} work */
  starts(work) {
    this.starting = work;
    this.works = [];
    this.store.changed();
  }

  /** Something can be read. @returns {boolean} whether that is new */
  started() {
    if (!this.starting) return false;
    this.starting = null;
    this.store.changed();
    return true;
  }
}
