/** The live line: server-sent events, taken up again by itself after a cut. */

/** @import {Status} from './types.js' */

const PATH = '/api/v1/streaming/user';
const AGAIN_AFTER_MS_MIN = 2_000;
const AGAIN_AFTER_MS_MAX = 30_000;

/**
 * @typedef {object} Listener
 * @property {(status: Status) => void} update a post came
 * @property {(status: Status) => void} changed a known post is different now
 * @property {(id: string) => void} deleted
 * @property {() => void} opened the line stands, perhaps after a gap
 * @property {() => void} lost
 */

export class LiveUpdates {
  /** @type {EventSource|null} */
  #source = null;
  #againAfterMs = AGAIN_AFTER_MS_MIN;
  #running = false;

  /** @param {Listener} listener */
  constructor(listener) {
    this.listener = listener;
  }

  start() {
    if (this.#running) return;
    this.#running = true;
    this.#open();
  }

  stop() {
    this.#running = false;
    this.#source?.close();
    this.#source = null;
  }

  #open() {
    if (!this.#running) return;
    const source = new EventSource(PATH);
    this.#source = source;
    source.addEventListener('open', () => {
      this.#againAfterMs = AGAIN_AFTER_MS_MIN;
      this.listener.opened();
    });
    source.addEventListener('update', (event) => this.listener.update(JSON.parse(event.data)));
    source.addEventListener('status.update', (event) =>
      this.listener.changed(JSON.parse(event.data)),
    );
    source.addEventListener('delete', (event) => this.listener.deleted(event.data));
    source.addEventListener('error', () => this.#lost(source));
  }

  /** @param {EventSource} source */
  #lost(source) {
    // The browser would try again by itself after some errors and give up after others; one way
    // for all of them is easier to trust.
    source.close();
    if (source !== this.#source) return;
    this.listener.lost();
    setTimeout(() => this.#open(), this.#againAfterMs);
    this.#againAfterMs = Math.min(this.#againAfterMs * 2, AGAIN_AFTER_MS_MAX);
  }
}
