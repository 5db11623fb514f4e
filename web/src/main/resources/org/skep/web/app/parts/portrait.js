/** The own picture, and how to change it. */

import { html, nothing } from 'lit';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { chosenPicture, picture } from '../picture.js';
import { squareOf } from '../square.js';

export class Portrait extends SkepElement {
  static properties = {
    busy: { state: true },
    trouble: { state: true },
    said: { state: true },
  };

  constructor() {
    super();
    this.busy = false;
    this.trouble = '';
    this.said = '';
  }

  render() {
    const me = this.store.me;
    if (!me) return nothing;
    return html`<div class="portrait">
      ${picture(me, 'large')}
      <div>
        <div class="ways">
          <button class="plain" ?disabled=${this.busy} @click=${this.#ask}>
            ${this.busy ? 'Saving…' : 'Change picture'}
          </button>
          ${chosenPicture(me)
            ? html`<button class="plain faint" ?disabled=${this.busy} @click=${this.#remove}>
                Remove picture
              </button>`
            : nothing}
        </div>
        <input
          type="file"
          accept="image/*"
          aria-label="Picture file"
          tabindex="-1"
          hidden
          @change=${this.#choose}
        />
        <p class="quiet" role="status">
          ${this.said ||
          'Its middle is kept, and nothing of the place or time that a camera wrote into it.'}
        </p>
        ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      </div>
    </div>`;
  }

  #ask() {
    this.querySelector('input')?.click();
  }

  /** @param {Event} event */
  async #choose(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (!file) return;
    await this.#change('Your picture was changed.', async () => {
      await this.store.changePicture(await squareOf(file));
    });
    // So that the same file can be chosen again.
    input.value = '';
  }

  async #remove() {
    await this.#change('Your picture was removed.', () => this.store.removePicture());
    // The button that was pressed is gone.
    this.querySelector('button')?.focus();
  }

  /** @param {string} said what to say when it is done @param {() => Promise<void>} change */
  async #change(said, change) {
    this.busy = true;
    this.trouble = '';
    this.said = '';
    try {
      await change();
      this.said = said;
    } catch (failure) {
      this.trouble = wordsOf(failure);
    } finally {
      this.busy = false;
    }
    await this.updateComplete;
  }
}
