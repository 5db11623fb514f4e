/** Something to give to others: shown whole, selected with one click, copied with one button. */

import { html } from 'lit';
import { SkepElement } from '../element.js';

export class CopyField extends SkepElement {
  static properties = {
    label: { type: String },
    value: { type: String },
    said: { state: true },
  };

  constructor() {
    super();
    this.label = '';
    this.value = '';
    this.said = '';
  }

  render() {
    return html`<div class="copy">
      <label class="field"
        >${this.label}
        <input readonly dir="ltr" .value=${this.value} @focus=${this.#select} />
      </label>
      <button type="button" class="plain" @click=${this.#copy}>Copy</button>
      <p class="quiet" role="status">${this.said}</p>
    </div>`;
  }

  #select() {
    this.querySelector('input')?.select();
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.value);
      this.said = 'Copied';
    } catch {
      // Some browsers, and pages that came over the home network, may not write to the clipboard.
      this.querySelector('input')?.focus();
      this.said = 'Selected: now press Ctrl and C';
    }
  }
}
