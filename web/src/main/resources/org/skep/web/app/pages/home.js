/** The timeline: newest first, with an end, and nothing that jumps. */

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { isNewer } from '../ids.js';
import { nameOf } from '../names.js';
import { foot } from '../parts/posts.js';
import { to } from '../router.js';

/** @import {Status} from '../types.js' */

export class Home extends SkepElement {
  static properties = { busy: { state: true }, trouble: { state: true } };

  constructor() {
    super();
    this.busy = false;
    this.trouble = '';
  }

  updated() {
    // At first, and whenever the store has begun it anew.
    if (!this.store.timeline.loaded && !this.busy && !this.trouble) void this.#more();
  }

  render() {
    const { timeline, me } = this.store;
    const alone = timeline.loaded && me?.following_count === 0;
    return html`<h1 class="unseen" tabindex="-1">Home</h1>
      <skep-compose></skep-compose>
      ${alone ? this.#welcome() : nothing} ${this.#waiting()} ${this.#posts()}
      ${alone && !this.trouble
        ? nothing
        : foot({
            more: timeline.next !== null,
            busy: this.busy,
            trouble: this.trouble,
            end: this.#end(),
            load: () => void this.#more(),
          })}`;
  }

  #welcome() {
    return html`<section class="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">Welcome, <bdi>${nameOf(this.store.me)}</bdi></h2>
      <p>
        This is your own place. What you write is kept on this computer, and nobody stands in
        between you and your friends. So far it is quiet, because you don’t follow anybody yet.
      </p>
      <h3>Do you know somebody who is here already?</h3>
      <p>Ask them for their address, however you usually talk, and paste it here.</p>
      <skep-finder></skep-finder>
      <p class="quiet">
        They will want yours in return: <a href=${to.status}>your own address is here</a>. Or write
        something first, above; it waits until a friend comes by.
      </p>
    </section>`;
  }

  #waiting() {
    const count = this.store.timeline.waiting.length;
    return html`<div class="news" role="status">
      ${count === 0
        ? nothing
        : html`<button @click=${this.#showWaiting}>${count} new</button>`}
    </div>`;
  }

  #posts() {
    const { timeline, statuses } = this.store;
    const shown = timeline.shown
      .map((id) => statuses.get(id))
      .filter((status) => status !== undefined);
    const firstRead = this.#firstRead(shown);
    return repeat(
      shown,
      (status) => status.id,
      (status) => html`${status.id === firstRead
          ? html`<p class="read-before"><span>You have seen what follows</span></p>`
          : nothing}<skep-post .status=${status}></skep-post>`,
    );
  }

  /** @param {Status[]} shown @returns {string|undefined} the post above which the line is drawn */
  #firstRead(shown) {
    const { lastRead } = this.store.timeline;
    if (lastRead === null) return undefined;
    const index = shown.findIndex((status) => !isNewer(status.id, lastRead));
    return index > 0 ? shown[index].id : undefined;
  }

  #end() {
    if (this.store.timeline.shown.length === 0) {
      return html`<p class="quiet end">
        Nothing has arrived yet. It comes as soon as a friend’s computer is reached;
        <a href=${to.status}>see who is there</a>.
      </p>`;
    }
    return html`<p class="quiet end">That is everything. Have a good day.</p>`;
  }

  #showWaiting() {
    this.store.showWaiting();
    scrollTo({ top: 0 });
    this.querySelector('h1')?.focus({ preventScroll: true });
  }

  async #more() {
    this.busy = true;
    this.trouble = '';
    try {
      await this.store.loadHome();
    } catch (failure) {
      this.trouble = wordsOf(failure);
    } finally {
      this.busy = false;
    }
  }
}
