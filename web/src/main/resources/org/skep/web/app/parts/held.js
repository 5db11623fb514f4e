/** Says until when an own post waits, and undoes it. */

import { html, nothing } from 'lit';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';

/** @import {Status} from '../types.js' */

const TICK_MS = 1_000;

export class Held extends SkepElement {
  static properties = {
    status: { attribute: false },
    busy: { state: true },
    trouble: { state: true },
  };

  constructor() {
    super();
    /** @type {Status|undefined} */
    this.status = undefined;
    this.busy = false;
    this.trouble = '';
    this.ticking = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.ticking = setInterval(() => this.requestUpdate(), TICK_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.ticking);
  }

  render() {
    const until = this.status?.skep?.held_until;
    if (!until) return nothing;
    const left = Math.ceil((Date.parse(until) - Date.now()) / 1_000);
    return html`<p class="held">
        <span>${left > 0 ? html`Goes out in <b role="timer">${clock(left)}</b>` : 'Goes out now'}</span>
        · <button class="link" ?disabled=${this.busy} @click=${this.#undo}>Undo</button>
      </p>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}`;
  }

  async #undo() {
    const status = this.status;
    if (!status) return;
    this.busy = true;
    this.trouble = '';
    try {
      await this.store.api.remove(status.id);
      this.store.gone(status.id);
    } catch (failure) {
      this.trouble = wordsOf(failure);
    } finally {
      this.busy = false;
    }
  }
}

/** @param {number} seconds @returns {string} `0:42` */
function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
