/**
 * Longer work under way, above every screen: what it is, how far it is, and how long it may still
 * take. Nothing where there is none.
 */

import { html, nothing } from 'lit';
import { SkepElement } from '../element.js';

/** @import {Work} from '../types.js' */

const LOOK_MS = 2_000;
const LOOK_CLOSELY_MS = 1_000;

export class Works extends SkepElement {
  constructor() {
    super();
    this.timer = 0;
    this.whenSeen = () => {
      if (!document.hidden) void this.#look();
    };
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.whenSeen);
    void this.#look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.whenSeen);
    clearTimeout(this.timer);
  }

  async #look() {
    clearTimeout(this.timer);
    if (!document.hidden) await this.store.undertakings.look();
    if (!this.isConnected) return;
    clearTimeout(this.timer);
    const pause = this.store.undertakings.all.length > 0 ? LOOK_CLOSELY_MS : LOOK_MS;
    this.timer = setTimeout(() => void this.#look(), pause);
  }

  render() {
    const { session, undertakings } = this.store;
    const { starting, all } = undertakings;
    if (session === 'starting') return starting ? this.#whole(starting) : nothing;
    return all.map(
      (work) => html`<section class="work" aria-label="Under way">
        <p class="title">${work.title ?? work.words}</p>
        ${bar(work)}
      </section>`,
    );
  }

  /** @param {Work} work there is nothing else to see yet */
  #whole(work) {
    return html`<section class="work" aria-label="Skep is starting">
      <h1 tabindex="-1">Skep is putting things in order</h1>
      ${bar(work)}
      <p class="quiet">
        This happens after Skep has learned something new. Nothing is lost, and you need not wait
        here: your page opens by itself.
      </p>
    </section>`;
  }
}

/** @param {Work} work @returns {string} what its title does not say */
function howFar(work) {
  return [work.how_far, work.left].filter(Boolean).join(', ') || 'One moment…';
}

/**
 * Words that change all the time are not read out; whoever goes by ear asks the bar.
 *
 * @param {Work} work
 */
function bar(work) {
  const label = work.title ?? 'Under way';
  return html`${typeof work.percent === 'number'
      ? html`<progress aria-label=${label} max="100" .value=${work.percent}></progress>`
      : html`<progress aria-label=${label}></progress>`}
    <p class="quiet">${howFar(work)}</p>`;
}
