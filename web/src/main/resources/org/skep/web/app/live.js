/** The live line: server-sent events, taken up again by itself after a cut. */

import { pageKey } from './pagekey.js';

/** @import {Letters, Status} from './types.js' */

const PATH = '/api/v1/streaming/user';
const AGAIN_AFTER_MS_MIN = 2_000;
const AGAIN_AFTER_MS_MAX = 30_000;
/**
 * A page that nobody has looked at for so long puts the line down. Browsers keep six connections to
 * one server open at most: six pages in the background would leave none for the seventh.
 */
const REST_AFTER_MS = 10_000;

/**
 * @typedef {object} Listener
 * @property {(status: Status) => void} update a post came
 * @property {(status: Status) => void} changed a known post is different now
 * @property {(id: string) => void} gone a post, or somebody’s boost of one, is no more
 * @property {(letters: Letters) => void} letter one came
 * @property {() => void} opened the line stands, perhaps after a gap
 * @property {() => void} rested we put it down, because nobody looks at this page
 * @property {() => void} lost
 */

export class LiveUpdates {
  /** @type {EventSource|null} */
  #source = null;
  #againAfterMs = AGAIN_AFTER_MS_MIN;
  #running = false;
  #againTimer = 0;
  #restTimer = 0;

  /** @param {Listener} listener @param {number} [restAfterMs] */
  constructor(listener, restAfterMs = REST_AFTER_MS) {
    this.listener = listener;
    this.restAfterMs = restAfterMs;
    this.whenSeenOrHidden = () => this.#seenOrHidden();
  }

  start() {
    if (this.#running) return;
    this.#running = true;
    document.addEventListener('visibilitychange', this.whenSeenOrHidden);
    if (!document.hidden) this.#open();
  }

  stop() {
    this.#running = false;
    document.removeEventListener('visibilitychange', this.whenSeenOrHidden);
    this.#putDown();
  }

  /** Takes the line up at once, where it waits to try again. */
  again() {
    if (this.#running && !this.#source && !document.hidden) this.#open();
  }

  #putDown() {
    clearTimeout(this.#againTimer);
    clearTimeout(this.#restTimer);
    this.#source?.close();
    this.#source = null;
  }

  #seenOrHidden() {
    clearTimeout(this.#restTimer);
    if (document.hidden) this.#restTimer = setTimeout(() => this.#rest(), this.restAfterMs);
    else if (!this.#source) this.#open();
  }

  #rest() {
    this.#putDown();
    this.listener.rested();
  }

  #open() {
    if (!this.#running) return;
    clearTimeout(this.#againTimer);
    const source = new EventSource(`${PATH}?page_key=${encodeURIComponent(pageKey())}`);
    this.#source = source;
    source.addEventListener('open', () => {
      this.#againAfterMs = AGAIN_AFTER_MS_MIN;
      this.listener.opened();
    });
    source.addEventListener('update', (event) => this.listener.update(JSON.parse(event.data)));
    source.addEventListener('status.update', (event) =>
      this.listener.changed(JSON.parse(event.data)),
    );
    source.addEventListener('delete', (event) => this.listener.gone(event.data));
    source.addEventListener('conversation', (event) =>
      this.listener.letter(JSON.parse(event.data)),
    );
    source.addEventListener('error', () => this.#lost(source));
  }

  /** @param {EventSource} source */
  #lost(source) {
    // The browser would try again by itself after some errors and give up after others; one way
    // for all of them is easier to trust.
    source.close();
    if (source !== this.#source) return;
    this.#source = null;
    this.listener.lost();
    this.#againTimer = setTimeout(() => this.#open(), this.#againAfterMs);
    this.#againAfterMs = Math.min(this.#againAfterMs * 2, AGAIN_AFTER_MS_MAX);
  }
}
