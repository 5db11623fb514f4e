/** The people you follow, a box to find others, and those you blocked. */

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { nameOf, oneLine } from '../names.js';
import { foot } from '../parts/posts.js';
import { picture } from '../picture.js';
import { to } from '../router.js';

/** @import {Account} from '../types.js' */

export class People extends SkepElement {
  static properties = {
    words: { attribute: false },
    followed: { state: true },
    blocked: { state: true },
    busy: { state: true },
    trouble: { state: true },
  };

  constructor() {
    super();
    /** What to look for at once, where a link led here. */
    this.words = '';
    /** @type {Account[]} */
    this.followed = [];
    /** @type {Account[]} */
    this.blocked = [];
    /** @type {string|null|undefined} */
    this.next = undefined;
    this.busy = false;
    this.trouble = '';
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#more();
  }

  async #more() {
    this.busy = true;
    this.trouble = '';
    try {
      const { api, me } = this.store;
      const first = this.next === undefined;
      const page = await api.followingOf(me?.id ?? '', this.next ?? undefined);
      this.store.keepAccounts(page.items);
      this.followed = first ? page.items : [...this.followed, ...page.items];
      this.next = page.next;
      if (first) this.blocked = (await api.blocks()).items;
    } catch (failure) {
      this.trouble = wordsOf(failure);
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`<h1 tabindex="-1">People</h1>
      <section class="panel" aria-labelledby="find-title">
        <h2 id="find-title">Find a person</h2>
        <skep-finder .words=${this.words}></skep-finder>
      </section>
      <h2 class="section">People you follow</h2>
      ${this.#list(this.followed)}
      ${foot({
        more: this.next !== null,
        busy: this.busy,
        trouble: this.trouble,
        end:
          this.followed.length === 0
            ? html`<p class="quiet end">
                Nobody yet. Ask a friend for their address and paste it above; or give them
                <a href=${to.status}>yours</a>.
              </p>`
            : nothing,
        load: () => void this.#more(),
      })}
      <section class="panel" aria-label="Friends’ friends"><skep-reach></skep-reach></section>
      ${this.blocked.length === 0
        ? nothing
        : html`<details class="blocked">
            <summary>People you blocked</summary>
            ${this.#list(this.blocked)}
          </details>`}`;
  }

  /** @param {Account[]} accounts */
  #list(accounts) {
    return html`<ul class="people">
      ${repeat(
        accounts,
        (account) => account.id,
        (account) => html`<li>
          <a href=${to.person(account.id)}>
            ${picture(account)}
            <span class="who">
              <bdi class="name">${nameOf(account)}</bdi>
              <span class="quiet" dir="auto">${oneLine(account.skep?.description, 120)}</span>
            </span>
          </a>
        </li>`,
      )}
    </ul>`;
  }
}
