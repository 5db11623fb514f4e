/** Whose posts are fetched: a choice, kept as soon as it is made. */

import { html, nothing } from 'lit';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { to } from '../router.js';

const CHOICES = [
  { hops: 2, words: 'Of people you follow, and of those whom they follow' },
  { hops: 1, words: 'Of people you follow' },
  { hops: 0, words: 'Of nobody' },
];

export class Reach extends SkepElement {
  static properties = {
    hops: { state: true },
    busy: { state: true },
    trouble: { state: true },
  };

  constructor() {
    super();
    /** @type {number|undefined} */
    this.hops = undefined;
    this.busy = false;
    this.trouble = '';
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#do(() => this.store.api.reach());
  }

  /** @param {() => Promise<{hops: number}>} ask */
  async #do(ask) {
    this.busy = true;
    this.trouble = '';
    try {
      this.hops = (await ask()).hops;
    } catch (failure) {
      this.trouble = wordsOf(failure);
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`<fieldset class="reach" ?disabled=${this.busy && this.hops === undefined}>
        <legend>Whose posts are fetched</legend>
        ${CHOICES.map(
          ({ hops, words }) => html`<label>
            <input
              type="radio"
              name="reach"
              .checked=${this.hops === hops}
              ?disabled=${this.busy}
              @change=${() => void this.#do(() => this.store.api.setReach(hops))}
            />
            <span>${words}</span>
          </label>`,
        )}
      </fieldset>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      <p class="quiet">
        Friends’ friends stand beside your own timeline, <a href=${to.around}>around you</a>. What
        you no longer fetch leaves this computer after a week.
      </p>`;
  }
}
