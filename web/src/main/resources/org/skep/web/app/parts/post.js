/** One post: who, when, what, where it lives, and what can be done with it. */

import { html, nothing } from 'lit';
import { wordsOf } from '../api.js';
import { SkepElement } from '../element.js';
import { icon } from '../icons.js';
import { nameOf, oneLine } from '../names.js';
import { picture } from '../picture.js';
import { to } from '../router.js';
import { exactly, plural, whenOf } from '../times.js';
import { placesOf } from '../networks.js';

/** @import {Account, MediaAttachment, Status} from '../types.js' */
/** @import {Compose} from './compose.js' */

/** From here on a post in a list shows its beginning only; one post shall not be the whole page. */
const HTML_CHARACTERS_LONG = 1_800;
const LINES_LONG = 24;
const LINES_LONG_CARD = 8;
/** So many of those who boosted a post are named at most. */
const PASSED_ON_NAMED = 3;

export class Post extends SkepElement {
  static properties = {
    status: { attribute: false },
    whole: { type: Boolean },
    replying: { state: true },
    unfolded: { state: true },
    busy: { state: true },
    trouble: { state: true },
  };

  constructor() {
    super();
    /** @type {Status|undefined} */
    this.status = undefined;
    /** True where this post is the one its page is about. */
    this.whole = false;
    this.replying = false;
    this.unfolded = false;
    this.busy = false;
    this.trouble = '';
  }

  render() {
    const entry = this.status;
    if (!entry) return nothing;
    // What somebody passed on is the post itself, as it is known now.
    const status = entry.reblog ? (this.store.statuses.get(entry.reblog.id) ?? entry.reblog) : entry;
    // As she is called now, whenever this was fetched.
    const account = this.store.accounts.get(status.account.id) ?? status.account;
    const name = nameOf(account);
    const kind = kindOf(status);
    return html`<article
      class="post ${this.whole ? 'whole' : ''}"
      aria-label=${kind ? `${name} published ${kind}` : `Post by ${name}`}
    >
      ${this.#passedOn(entry, status)}
      <header>
        <a class="face" href=${to.person(status.account.id)} tabindex="-1" aria-hidden="true"
          >${picture(account)}</a
        >
        <div class="who">
          <a class="name" href=${to.person(status.account.id)}><bdi>${name}</bdi></a>
          <span class="when"
            >${this.#when(status)}
            ${status.edited_at
              ? html`· <skep-versions .status=${status}></skep-versions>`
              : nothing}</span
          >
        </div>
        ${this.#places(status)}
      </header>
      ${this.#readers(status)} ${this.#answered(status)} ${this.#kind(kind)}
      ${this.#body(status)} ${about(status)} ${this.#delivery(status)}
      ${this.#actions(status, name)}
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      ${this.replying
        ? html`<skep-compose .parent=${status} @done=${this.#replied}></skep-compose>`
        : nothing}
    </article>`;
  }

  /** @param {Status} entry @param {Status} status the post that stands there for it */
  #passedOn(entry, status) {
    if (!entry.reblog) return nothing;
    const others = (status.skep?.boosted_by ?? []).filter((one) => one.id !== entry.account.id);
    const people = [entry.account, ...others].map((one) => this.store.accounts.get(one.id) ?? one);
    const named = people.slice(0, people.length > PASSED_ON_NAMED ? PASSED_ON_NAMED - 1 : undefined);
    const rest = people.length - named.length;
    return html`<p class="passed-on">
      ${icon('boost')}<span
        >${named.map(
          (one, place) => html`${between(place, people.length)}<a href=${to.person(one.id)}
              ><bdi>${this.#called(one, place)}</bdi></a
            >`,
        )}${rest > 0 ? ` and ${plural(rest, 'other', 'others')}` : ''} boosted</span
      >
    </p>`;
  }

  /** @param {Account} account @param {number} place in a sentence, 0 at its beginning */
  #called(account, place) {
    if (account.id !== this.store.me?.id) return nameOf(account);
    return place === 0 ? 'You' : 'you';
  }

  /** @param {Status} status */
  #when(status) {
    return html`<a href=${to.post(status.id)} title=${exactly(Date.parse(status.created_at))}
      ><time datetime=${status.created_at}>${whenOf(status, Date.now())}</time></a
    >`;
  }

  /** @param {Status} status */
  #places(status) {
    return html`<span class="places">
      ${placesOf(status.skep?.faces).map(
        (place) => html`<span title=${place.words}
          >${icon(place.icon)}<span class="unseen">${place.words}</span></span
        >`,
      )}
    </span>`;
  }

  /** @param {Status} status */
  #readers(status) {
    const readers = status.skep?.readers;
    if (!readers) return nothing;
    const me = this.store.me?.id;
    const names = readers
      .filter((reader) => reader.id !== status.account.id)
      .map((reader) => (reader.id === me ? 'you' : nameOf(reader)));
    return html`<p class="answered">
      ${icon('letter')}<span
        >${names.length === 0
          ? 'A note to yourself'
          : html`A letter to <bdi>${names.join(', ')}</bdi>`}</span
      >
    </p>`;
  }

  /** @param {Status} status */
  #answered(status) {
    if (!status.in_reply_to_id || this.whole) return nothing;
    const account =
      this.store.accounts.get(status.in_reply_to_account_id ?? '') ??
      this.store.statuses.get(status.in_reply_to_id)?.account;
    const whom = !account
      ? 'A reply'
      : account.id === this.store.me?.id
        ? 'A reply to you'
        : html`A reply to <bdi>${nameOf(account)}</bdi>`;
    return html`<p class="answered">
      ${icon('reply')}<a href=${to.post(status.id)}>${whom}</a>
    </p>`;
  }

  /** @param {string} kind what only other programs know in full; empty for a post */
  #kind(kind) {
    if (!kind) return nothing;
    return html`<p class="kind">
      Published <em><bdi>${kind}</bdi></em>. Another program may show more of it.
    </p>`;
  }

  /** @param {Status} status */
  #body(status) {
    const card = kindOf(status) !== '';
    const cut = !this.whole && isLong(status.content, card ? LINES_LONG_CARD : LINES_LONG);
    const pictures = status.media_attachments ?? [];
    if (card && status.content === '' && pictures.length === 0 && !status.sensitive) return nothing;
    const words = this.#folded(status, cut, pictures);
    return card ? html`<div class="card">${words}</div>` : words;
  }

  /** @param {Status} status @param {boolean} cut @param {MediaAttachment[]} pictures */
  #folded(status, cut, pictures) {
    const words = html`${status.content === '' && pictures.length > 0
        ? nothing
        : html`<skep-words
            class="words ${cut ? 'cut' : ''}"
            .mentions=${status.mentions}
            .html=${status.content}
          ></skep-words>`}
      ${cut ? html`<p><a href=${to.post(status.id)}>Read on</a></p>` : nothing}
      ${pictures.length > 0
        ? html`<skep-gallery .attachments=${pictures}></skep-gallery>`
        : nothing}`;
    // A warning of which nothing can be seen is one all the same.
    const warning = oneLine(status.spoiler_text, 200) || (status.sensitive ? 'Sensitive' : '');
    if (!warning) return words;
    return html`<div class="folded">
      <p dir="auto"><bdi>${warning}</bdi></p>
      <button
        class="plain"
        aria-expanded=${this.unfolded ? 'true' : 'false'}
        @click=${() => (this.unfolded = !this.unfolded)}
      >
        ${this.unfolded ? 'Fold it up' : 'Open it'}
      </button>
      ${this.unfolded ? words : nothing}
    </div>`;
  }

  /** @param {Status} status */
  #delivery(status) {
    const words = status.skep?.delivery?.words;
    if (!words || status.account.id !== this.store.me?.id) return nothing;
    if (status.skep?.held_until) {
      return html`<skep-held .status=${status}></skep-held>
        ${status.skep.delivery?.state === 'held' ? nothing : html`<p class="delivery">${words}</p>`}`;
    }
    return html`<p class="delivery">${words}</p>`;
  }

  /** @param {Status} status @param {string} name */
  #actions(status, name) {
    // What nobody else has yet can be changed and answered, and not more.
    const held = Boolean(status.skep?.held_until);
    return html`<footer>
      <button
        class="act"
        aria-expanded=${this.replying ? 'true' : 'false'}
        aria-label="Reply to ${name}"
        @click=${this.#reply}
      >
        ${icon('reply')}<span>Reply</span>
      </button>
      ${status.visibility === 'direct'
        ? nothing
        : held
          ? nothing
          : html`${this.#toggle(status, 'reblog', status.reblogged, 'boost', 'Boost', 'Boosted')}
          ${this.#toggle(status, 'favourite', status.favourited, 'heart', 'Like', 'Liked')}`}
      ${this.#toggle(status, 'bookmark', status.bookmarked, 'bookmark', 'Bookmark', 'Bookmarked')}
      ${status.account.id === this.store.me?.id
        ? html`<skep-yours .status=${status}></skep-yours>`
        : nothing}
      ${status.replies_count > 0 && !this.whole
        ? html`<a class="replies" href=${to.post(status.id)}
            >${plural(status.replies_count, 'reply', 'replies')}</a
          >`
        : nothing}
      ${this.whole ? html`${boostedWords(status)} ${likedWords(status)}` : nothing}
    </footer>`;
  }

  /**
   * @param {Status} status
   * @param {'favourite'|'reblog'|'bookmark'} act
   * @param {boolean} on
   * @param {'heart'|'boost'|'bookmark'} drawing
   * @param {string} words
   * @param {string} wordsOn
   */
  #toggle(status, act, on, drawing, words, wordsOn) {
    const next = on ? /** @type {'unfavourite'} */ (`un${act}`) : act;
    return html`<button
      class="act brief ${act} ${on ? 'on' : ''}"
      title=${on ? wordsOn : words}
      aria-pressed=${on ? 'true' : 'false'}
      aria-label=${words}
      ?disabled=${this.busy}
      @click=${() => this.#mark(status, next)}
    >
      ${icon(drawing)}<span>${on ? wordsOn : words}</span>
    </button>`;
  }

  /** @param {Status} status @param {Parameters<import('../store.js').Store['mark']>[1]} act */
  async #mark(status, act) {
    this.busy = true;
    this.trouble = '';
    try {
      await this.store.mark(status, act);
    } catch (failure) {
      this.trouble = wordsOf(failure);
    } finally {
      this.busy = false;
    }
  }

  async #reply() {
    this.replying = !this.replying;
    await this.updateComplete;
    const box = /** @type {Compose|null} */ (this.querySelector('skep-compose'));
    await box?.updateComplete;
    box?.focusField();
  }

  async #replied() {
    this.replying = false;
    await this.updateComplete;
    /** @type {HTMLElement|null} */ (this.querySelector('button.act'))?.focus();
  }
}

/** @param {number} place @param {number} count @returns {string} what stands before a name */
function between(place, count) {
  if (place === 0) return '';
  return place === count - 1 ? ' and ' : ', ';
}

/** @param {Status} status @returns {string} `a gathering`, `an issue`, empty for a post */
function kindOf(status) {
  const kind = oneLine(status.skep?.kind?.replace(/[_-]+/g, ' '), 40);
  return kind && `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}`;
}

/** @param {Status} status what it is about, as far as its words don’t lead there themselves */
function about(status) {
  const tags = (status.tags ?? []).filter((tag) => !status.content.includes(`href="${tag.url}"`));
  if (tags.length === 0) return nothing;
  return html`<p class="tags">
    ${tags.map((tag) => html`<a href=${to.tag(tag.name)}><bdi>#${oneLine(tag.name)}</bdi></a> `)}
  </p>`;
}

/** @param {string} html @param {number} linesLong @returns {boolean} */
function isLong(html, linesLong) {
  const lines = html.match(/<(?:p|br|li|h[1-6]|blockquote|pre)\b/gi)?.length ?? 0;
  return html.length > HTML_CHARACTERS_LONG || lines > linesLong;
}

/** @param {Status} status how others passed it on; the own boost is seen already */
function boostedWords(status) {
  const others = status.reblogs_count - (status.reblogged ? 1 : 0);
  if (others <= 0) return nothing;
  const words = status.reblogged
    ? `Boosted by you and ${plural(others, 'other', 'others')}`
    : `Boosted by ${plural(others, 'person', 'people')}`;
  return html`<span class="replies">${words}</span>`;
}

/** @param {Status} status how others liked it; the own heart is seen already */
function likedWords(status) {
  const others = status.favourites_count - (status.favourited ? 1 : 0);
  if (others <= 0) return nothing;
  const words = status.favourited
    ? `Liked by you and ${plural(others, 'other', 'others')}`
    : `Liked by ${plural(others, 'person', 'people')}`;
  return html`<span class="replies">${words}</span>`;
}
