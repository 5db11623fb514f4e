/** The conversations we are part of: which are here, and how far back they were asked for. */

import { ApiError } from './api.js';
import { isNewer } from './ids.js';

/** @import {Letters} from './types.js' */
/** @import {Store} from './store.js' */

export class Letterbox {
  #store;

  /** @param {Store} store where the letters themselves are kept */
  constructor(store) {
    this.#store = store;
    /** @type {Letters[]} the conversation with the newest letter first */
    this.conversations = [];
    /** @type {string|null} the path of the next older ones; null when there are none */
    this.next = null;
  }

  /** Loads the next older conversations. */
  async load() {
    const page = await this.#store.api.letters(this.next ?? undefined);
    this.next = page.next;
    this.put(page.items);
  }

  /** @param {Letters[]} letters the later said of a conversation counts */
  put(letters) {
    this.#store.keep(letters.map((one) => one.last_status));
    this.#store.keepAccounts(letters.flatMap((one) => one.accounts));
    const byId = new Map([...this.conversations, ...letters].map((one) => [one.id, one]));
    this.conversations = [...byId.values()].sort((one, other) =>
      isNewer(one.last_status.id, other.last_status.id) ? -1 : 1,
    );
    this.#store.changed();
  }

  /** @param {string} id of a letter that is on the screen */
  async read(id) {
    this.put([await this.#store.api.lettersRead(id)]);
  }

  /** @param {string} id of a letter that is no more, before which another one may have come */
  gone(id) {
    if (this.conversations.some((one) => one.last_status.id === id)) void this.findAnew();
  }

  /** Asks for the newest conversations anew: after a letter was deleted, or after the live line was cut. */
  async findAnew() {
    try {
      const page = await this.#store.api.letters();
      this.conversations = [];
      this.next = page.next;
      this.put(page.items);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      // The live line is opened again when somebody answers, and this with it.
    }
  }
}
