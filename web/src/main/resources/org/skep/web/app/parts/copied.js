/**
 * Asks, above every screen, whether this Skep is the only one of its people or a copy: of two that
 * write as one person, each spoils the other's log for ever.
 */

import { html, nothing } from 'lit';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { oneLine } from '../names.js';
import { to } from '../router.js';

const WORDS_CHARACTERS_MAX = 2_000;

export class Copied extends SkepElement {
  static properties = {
    sure: { state: true },
    busy: { state: true },
    trouble: { state: true },
    answered: { state: true },
  };

  constructor() {
    super();
    /** Whether we ask once more: two that both go on can't be mended. */
    this.sure = false;
    this.busy = false;
    this.trouble = '';
    /** @type {'moved'|'copied'|null} */
    this.answered = null;
    /** @type {string[]} why nothing is written nonetheless */
    this.resting = [];
  }

  render() {
    if (this.answered) return this.#thanks();
    const words = this.store.whereabouts.question;
    if (!words) return nothing;
    return html`<section class="panel copied" aria-labelledby="copied-title">
      <h2 id="copied-title">Is this your only Skep?</h2>
      <p>${oneLine(words, WORDS_CHARACTERS_MAX)}</p>
      <p>
        If two Skeps write as you, friends take nothing from you any more, and nobody can mend that.
        So nothing is written until you say how it is. You can read meanwhile.
      </p>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      ${this.sure ? this.#askAgain() : this.#ask()}
    </section>`;
  }

  #ask() {
    return html`<ul class="plain-list choices">
      <li>
        <p><strong>I moved it, or put it back.</strong> The other one is gone and never starts again.</p>
        <button class="plain" ?disabled=${this.busy} @click=${() => this.#think(true)}>
          It is the only one
        </button>
      </li>
      <li>
        <p><strong>I copied it.</strong> The other one goes on writing; this one only reads.</p>
        <button class="plain" ?disabled=${this.busy} @click=${() => this.#answer('copied')}>
          It is a copy
        </button>
      </li>
    </ul>`;
  }

  #askAgain() {
    return html`<p role="status"><strong>Is the other one really gone for good?</strong></p>
      <div class="answers">
        <button class="grave" ?disabled=${this.busy} @click=${() => this.#answer('moved')}>
          Yes, it is gone
        </button>
        <button class="plain" ?disabled=${this.busy} @click=${() => this.#think(false)}>
          I will look first
        </button>
      </div>`;
  }

  #thanks() {
    const copied = this.answered === 'copied';
    return html`<section class="panel copied" aria-labelledby="copied-title" role="status">
      <h2 id="copied-title">${copied ? 'This one only reads' : 'This is your only Skep'}</h2>
      ${copied
        ? html`<p>
            The other Skep goes on writing as you. To write from here too, come in as somebody new:
            type <code>./skep account add NAME</code> in Skep’s folder.
          </p>`
        : this.resting.length > 0
          ? html`<p>
              What you wrote since may still be with friends. Wait until it has come back; then say
              so on the <a href=${to.status}>status page</a>, and you write again.
            </p>`
          : html`<p>You write on where you left off.</p>`}
      <div class="answers">
        <button class="plain" @click=${() => (this.answered = null)}>Good</button>
      </div>
    </section>`;
  }

  /** @param {boolean} sure */
  async #think(sure) {
    this.sure = sure;
    this.trouble = '';
    await this.#stand();
  }

  /** The button that was pressed is gone; whoever goes by keyboard stands on the harmless one. */
  async #stand() {
    await this.updateComplete;
    /** @type {HTMLElement|null} */ (this.querySelector('.plain'))?.focus();
  }

  /** @param {'moved'|'copied'} answer */
  async #answer(answer) {
    this.busy = true;
    this.trouble = '';
    try {
      this.resting = await this.store.whereabouts.answer(answer);
      this.answered = answer;
    } catch (failure) {
      this.trouble = wordsOf(failure);
    } finally {
      this.busy = false;
      this.sure = false;
    }
    await this.#stand();
  }
}
