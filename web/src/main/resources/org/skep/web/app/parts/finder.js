/**
 * One box for whatever a friend sent: an address to connect to, or the person herself. Leads to
 * her page, where she can be followed. Only a person who presses the button has this computer reach
 * for another one: a link may bring anything.
 */

import { html, nothing } from 'lit';
import { understand } from '../addresses.js';
import { ApiError, wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { go, to } from '../router.js';

const WORDS_UNHEARD =
  'Nothing has been heard of this person yet. Paste the address of a friend who knows them, and try again once something has arrived.';

const WORDS_ADDRESS =
  'A link brought this address here. If you trust whoever gave it to you, press Find: this computer then tries to reach the other one.';

export class Finder extends SkepElement {
  static properties = {
    words: { attribute: false },
    busy: { state: true },
    trouble: { state: true },
    said: { state: true },
  };

  constructor() {
    super();
    /** Put into the box when a link led here; a person is looked up at once, an address waits. */
    this.words = '';
    this.busy = false;
    this.trouble = '';
    this.said = '';
  }

  /** @param {import('lit').PropertyValues} changed */
  updated(changed) {
    if (changed.has('words') && this.words) void this.#follow(this.words);
  }

  render() {
    return html`<form class="finder" @submit=${this.#submit}>
      <label class="field"
        >A friend’s address
        <input
          name="words"
          dir="ltr"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          placeholder="Paste it here"
          aria-describedby="finder-help"
          .value=${this.words}
        />
      </label>
      <button class="main" ?disabled=${this.busy}>${this.busy ? 'Looking…' : 'Find'}</button>
      <p class="quiet" id="finder-help">
        A long line of letters and digits, just as your friend sent it.
      </p>
      ${this.said ? html`<p role="status">${this.said}</p>` : nothing}
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
    </form>`;
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (this.querySelector('input'));
    void this.#find(input.value);
  }

  /** @param {string} words that a link brought */
  async #follow(words) {
    const { address, person } = understand(words);
    this.trouble = '';
    this.said = address ? WORDS_ADDRESS : '';
    if (!address && person) await this.#do(() => this.#show(person, ''));
  }

  /** @param {string} pasted */
  async #find(pasted) {
    const { address, person } = understand(pasted);
    this.trouble = '';
    this.said = '';
    if (!address && !person) {
      this.trouble = 'The box is still empty: paste what your friend sent you.';
      return;
    }
    await this.#do(async () => {
      if (address) this.said = (await this.store.api.connect(address)).words ?? 'Trying to reach it.';
      if (person) await this.#show(person, this.said);
    });
  }

  /** @param {() => Promise<void>} act */
  async #do(act) {
    this.busy = true;
    try {
      await act();
    } catch (failure) {
      const unheard = failure instanceof ApiError && failure.status === 404;
      this.trouble = unheard && !this.said ? WORDS_UNHEARD : unheard ? '' : wordsOf(failure);
    } finally {
      this.busy = false;
    }
  }

  /** @param {string} person @param {string} said what to tell on her page */
  async #show(person, said) {
    const account = await this.store.api.lookup(person);
    this.store.keepAccounts([account]);
    if (said) this.store.tell(account.id, said);
    go(to.person(account.id), this.words !== '');
  }
}
