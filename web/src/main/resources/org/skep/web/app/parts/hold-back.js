/** How long what one writes waits before others get it: a choice, kept as soon as it is made. */

import { html, nothing } from 'lit';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';

const A_MINUTE = 60;

export class HoldBack extends SkepElement {
  static properties = {
    seconds: { state: true },
    busy: { state: true },
    trouble: { state: true },
  };

  constructor() {
    super();
    /** @type {number|undefined} */
    this.seconds = undefined;
    this.busy = false;
    this.trouble = '';
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#do(() => this.store.api.holdBack());
  }

  /** @param {() => Promise<{seconds: number}>} ask */
  async #do(ask) {
    this.busy = true;
    this.trouble = '';
    try {
      this.seconds = (await ask()).seconds;
    } catch (failure) {
      this.trouble = wordsOf(failure);
    } finally {
      this.busy = false;
    }
  }

  /** The two that are offered, and what else was chosen elsewhere. */
  get #choices() {
    const choices = [
      { seconds: 0, words: 'At once' },
      { seconds: A_MINUTE, words: 'After a minute; until then you can undo or change it' },
    ];
    const { seconds } = this;
    if (seconds === undefined || choices.some((choice) => choice.seconds === seconds)) {
      return choices;
    }
    return [...choices, { seconds, words: `After ${seconds} seconds` }];
  }

  render() {
    return html`<fieldset class="reach" ?disabled=${this.busy && this.seconds === undefined}>
        <legend>When others get what you write</legend>
        ${this.#choices.map(
          ({ seconds, words }) => html`<label>
            <input
              type="radio"
              name="hold-back"
              .checked=${this.seconds === seconds}
              ?disabled=${this.busy}
              @change=${() => void this.#do(() => this.store.api.setHoldBack(seconds))}
            />
            <span>${words}</span>
          </label>`,
        )}
      </fieldset>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      <p class="quiet">
        Words that are out can’t be taken back for sure. Likes and follows never wait.
      </p>`;
  }
}
