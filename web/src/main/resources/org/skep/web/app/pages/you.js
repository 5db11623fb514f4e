/** What others see of you, and how to change it. */

import { html, nothing } from 'lit';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { to } from '../router.js';

const NAME_CHARACTERS_MAX = 60;
const DESCRIPTION_CHARACTERS_MAX = 2000;

export class You extends SkepElement {
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
    return html`<h1 tabindex="-1">You</h1>
      <p class="quiet">
        Anybody may see this. A change travels like a post; what was there before can’t be made
        unseen.
      </p>
      <skep-portrait></skep-portrait>
      <form class="profile" @submit=${this.#submit} @input=${() => (this.said = '')}>
        <label class="field"
          >Name
          <input
            name="name"
            required
            dir="auto"
            autocomplete="off"
            maxlength=${NAME_CHARACTERS_MAX}
            .defaultValue=${me.display_name}
          />
        </label>
        <label class="field"
          >About you
          <textarea
            name="description"
            rows="5"
            dir="auto"
            maxlength=${DESCRIPTION_CHARACTERS_MAX}
            placeholder="A few words, if you like"
            .defaultValue=${me.skep?.description ?? ''}
          ></textarea>
        </label>
        ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
        <div class="answers">
          <span class="quiet" role="status">${this.said}</span>
          <button class="main" ?disabled=${this.busy}>
            ${this.busy ? 'Saving…' : 'Save'}
          </button>
        </div>
      </form>
      <section class="panel" aria-label="When others get what you write">
        <skep-hold-back></skep-hold-back>
      </section>
      <p>
        <a href=${to.person(me.id)}>What you wrote</a> ·
        <a href=${to.status}>Your address for friends</a>
      </p>`;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const name = String(form.get('name')).trim();
    const description = String(form.get('description'));
    const me = this.store.me;
    /** @type {{display_name?: string, note?: string}} */
    const changed = {};
    if (name !== me?.display_name) changed.display_name = name;
    if (description !== (me?.skep?.description ?? '')) changed.note = description;
    this.trouble = '';
    if (Object.keys(changed).length === 0) {
      this.said = 'Nothing was changed.';
      return;
    }
    this.busy = true;
    try {
      await this.store.updateMe(changed);
      this.said = 'Saved.';
    } catch (failure) {
      this.trouble = wordsOf(failure);
    } finally {
      this.busy = false;
    }
  }
}
