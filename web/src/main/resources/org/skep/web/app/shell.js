/** The frame around every screen: name, ways to go, and what the whole page has to say. */

import { html, nothing } from 'lit';
import { SkepElement } from './element.js';
import { icon, mark } from './icons.js';
import { placeOf, to } from './router.js';

/** @import {Place} from './router.js' */

/** @type {{place: Place['name'], href: string, words: string, icon: Parameters<typeof icon>[0]}[]} */
const WAYS = [
  { place: 'home', href: to.home, words: 'Home', icon: 'home' },
  { place: 'letters', href: to.letters, words: 'Letters', icon: 'letter' },
  { place: 'people', href: to.people, words: 'People', icon: 'people' },
  { place: 'bookmarks', href: to.bookmarks, words: 'Bookmarks', icon: 'bookmark' },
  { place: 'you', href: to.you, words: 'You', icon: 'you' },
  { place: 'status', href: to.status, words: 'Status', icon: 'status' },
];

/** @type {Record<Place['name'], string>} */
const TITLES = {
  home: 'Home',
  letters: 'Letters',
  write: 'A letter',
  people: 'People',
  around: 'Around you',
  bookmarks: 'Bookmarks',
  you: 'You',
  status: 'Status',
  post: 'Conversation',
  person: 'Person',
  find: 'Find a person',
  tag: 'Posts about it',
  lost: 'Nothing here',
};

export class App extends SkepElement {
  static properties = { place: { state: true } };

  constructor() {
    super();
    /** @type {Place} */
    this.place = placeOf(location.hash);
    this.whenMoved = () => void this.#move();
    this.whenScrolled = () => this.heights.set(this.visit, scrollY);
    /** @type {Map<number, number>} how far down each visited screen was when it was left */
    this.heights = new Map();
    this.visit = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    history.scrollRestoration = 'manual';
    history.replaceState({ visit: this.visit }, '');
    addEventListener('hashchange', this.whenMoved);
    addEventListener('scroll', this.whenScrolled, { passive: true });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.whenMoved);
    removeEventListener('scroll', this.whenScrolled);
  }

  async #move() {
    // A screen that was visited before (Back, Forward) has a number already.
    const known = history.state?.visit;
    this.visit = known ?? this.heights.size + 1;
    if (known === undefined) history.replaceState({ visit: this.visit }, '');
    const height = this.heights.get(this.visit) ?? 0;
    this.heights.set(this.visit, height);
    this.place = placeOf(location.hash);
    await this.updateComplete;
    // The screen's own parts are drawn a moment after it; before that it has no height.
    await new Promise(requestAnimationFrame);
    scrollTo(0, height);
    // Whoever reads by ear or moves by keyboard begins at the new screen's title.
    this.querySelector('h1')?.focus({ preventScroll: true });
  }

  render() {
    document.title = this.store.session === 'shut' ? 'Skep' : `${TITLES[this.place.name]} · Skep`;
    if (this.store.session === 'shut') return html`<skep-door></skep-door>`;
    if (this.store.session === 'starting') return this.#starting();
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to the page</a>
      <header class="rail">
        <a class="wordmark" href=${to.home}>${mark()}<span>Skep</span></a>
        <nav aria-label="Screens">
          <ul>
            ${WAYS.map(
              (way) => html`<li>
                <a
                  href=${way.href}
                  aria-current=${isAt(way.place, this.place.name) ? 'page' : 'false'}
                  >${icon(way.icon)}<span>${way.words}</span>${this.#news(way.place)}</a
                >
              </li>`,
            )}
          </ul>
        </nav>
      </header>
      <main id="main" tabindex="-1">
        ${this.#silence()}<skep-works></skep-works><skep-copied></skep-copied>
        ${this.#screen()}
      </main>
    `;
  }

  /** @param {Place['name']} way */
  #news(way) {
    const count = way === 'letters' ? this.store.letterbox.conversations.filter((one) => one.unread).length : 0;
    return count === 0
      ? nothing
      : html`<span class="count">${count}<span class="unseen"> not read yet</span></span>`;
  }

  /** @param {Event} event */
  #skip(event) {
    event.preventDefault();
    /** @type {HTMLElement|null} */ (this.querySelector('main'))?.focus();
  }

  #starting() {
    return html`<main class="starting">
      ${mark()}
      <skep-works></skep-works>
      ${this.store.undertakings.starting
        ? nothing
        : html`<p role="status">
            ${this.store.silent ? 'Waiting for Skep to answer. Is it running?' : 'One moment…'}
          </p>`}
    </main>`;
  }

  #silence() {
    if (!this.store.silent) return nothing;
    return html`<p class="silence" role="status">
      Skep is not answering, so what you see may be old. This page keeps trying. What you are
      writing stays here.
    </p>`;
  }

  #screen() {
    const place = this.place;
    switch (place.name) {
      case 'home':
        return html`<skep-home></skep-home>`;
      case 'letters':
        return html`<skep-letters></skep-letters>`;
      case 'write':
        return html`<skep-write .personId=${place.id}></skep-write>`;
      case 'people':
        return html`<skep-people></skep-people>`;
      case 'around':
        return html`<skep-around></skep-around>`;
      case 'bookmarks':
        return html`<skep-bookmarks></skep-bookmarks>`;
      case 'you':
        return html`<skep-you></skep-you>`;
      case 'status':
        return html`<skep-status></skep-status>`;
      case 'post':
        return html`<skep-thread .postId=${place.id}></skep-thread>`;
      case 'person':
        return html`<skep-person .personId=${place.id}></skep-person>`;
      case 'tag':
        return html`<skep-tag .tag=${place.tag}></skep-tag>`;
      case 'find':
        return html`<skep-people .words=${place.words}></skep-people>`;
      default:
        return html`<h1 tabindex="-1">Nothing here</h1>
          <p>This address leads nowhere. <a href=${to.home}>Go home</a>.</p>`;
    }
  }
}

/**
 * @param {Place['name']} way @param {Place['name']} place
 * @returns {boolean} whether the way led here: what is around you is reached by people, and a new
 *     letter by letters
 */
function isAt(way, place) {
  return (
    way === place ||
    (way === 'people' && place === 'around') ||
    (way === 'letters' && place === 'write')
  );
}
