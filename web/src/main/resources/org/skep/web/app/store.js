/**
 * What the page knows, in one place. Components read it, call its actions, and are drawn again
 * after each `change`. All actions throw `ApiError` with words for a person.
 */

import { Api, ApiError } from './api.js';
import { isNewer } from './ids.js';
import { Letterbox } from './letterbox.js';
import { LiveUpdates } from './live.js';
import { Timeline } from './timeline.js';
import { Undertakings } from './undertakings.js';
import { Whereabouts } from './whereabouts.js';

/** @import {Account, Letters, Status, Relationship, Notices, Page, Work} from './types.js' */

const CHARACTERS_MAX_DEFAULT = 8000;
const PICTURES_MAX_DEFAULT = 4;
const MINUTE_MS = 60_000;
const START_AGAIN_MS = 3_000;
/** After a longer silence the page is better loaded anew. */
const GAP_PAGES_MAX = 25;

export class Store extends EventTarget {
  constructor() {
    super();
    /** @type {'starting'|'open'|'shut'} whether this browser has been let in */
    this.session = 'starting';
    /** True while nobody answers. */
    this.silent = false;
    this.undertakings = new Undertakings(this);
    this.whereabouts = new Whereabouts(this);
    /** @type {Account|null} */
    this.me = null;
    this.charactersMax = CHARACTERS_MAX_DEFAULT;
    this.picturesMax = PICTURES_MAX_DEFAULT;
    /** @type {Notices} */
    this.notices = { first_public_post: true, first_follow: true };
    /** @type {Map<string, Status>} */
    this.statuses = new Map();
    /** @type {Map<string, Account>} */
    this.accounts = new Map();
    this.timeline = new Timeline();
    this.letterbox = new Letterbox(this);
    /** @type {string|null} how far we said that we have read */
    this.remembered = null;
    /** @type {Map<string, string>} what to tell on the page of a person, by her id */
    this.told = new Map();
    this.api = new Api({
      answered: () => this.#answered(),
      unanswered: () => this.#setSilent(true),
      starting: (work) => this.#isStarting(work),
      shutOut: () => this.#setSession('shut'),
    });
    /** How often the live line was opened or cut: tells one stretch of it from the next. */
    this.stretch = 0;
    /** Whether the live line stands. */
    this.listening = false;
    /** Whether it stands and what came before is here too, so that nothing is missed. */
    this.whole = false;
    this.live = new LiveUpdates({
      update: (status) => this.#heard(status),
      changed: (status) => this.#differs(status),
      gone: (id) => this.gone(id),
      letter: (letters) => this.#letterCame(letters),
      opened: () => this.#lineOpened(),
      rested: () => this.#lineCut(),
      lost: () => {
        this.#lineCut();
        void this.#look();
      },
    });
    setInterval(() => this.changed(), MINUTE_MS);
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** Asks who we are and what has been said already. Called at start, and again after a silence. */
  async start() {
    try {
      const [me, instance, notices, report] = await Promise.all([
        this.api.me(),
        this.api.instance(),
        this.api.notices(),
        this.api.report(),
      ]);
      this.me = me;
      this.charactersMax =
        instance.configuration?.statuses?.max_characters ?? CHARACTERS_MAX_DEFAULT;
      this.picturesMax =
        instance.configuration?.statuses?.max_media_attachments ?? PICTURES_MAX_DEFAULT;
      this.notices = notices;
      this.whereabouts.heard(report);
      this.#setSession('open');
      this.live.start();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      // While it starts, it is asked anew by whoever shows how far it is.
      if (failure.kind === 'session' || failure.kind === 'starting') return;
      setTimeout(() => void this.start(), START_AGAIN_MS);
      this.silent = true;
      this.changed();
    }
  }

  // --- posts ---

  /** @param {Status[]} statuses @returns {string[]} their ids */
  keep(statuses) {
    for (const status of statuses) {
      this.statuses.set(status.id, status);
      this.accounts.set(status.account.id, status.account);
      if (status.reblog) this.keep([status.reblog]);
    }
    this.changed();
    return statuses.map((status) => status.id);
  }

  /** Loads the first page of the timeline, or the next older one. */
  async loadHome() {
    const { timeline } = this;
    const { loaded, next } = timeline;
    if (loaded && next === null) return;
    if (!loaded) timeline.lastRead ??= await this.api.readMarker();
    const page = await this.api.home(next ?? undefined);
    // Meanwhile another one may have been begun, which is not continued by this page.
    if (timeline !== this.timeline) return;
    timeline.addOlder(this.keep(page.items), page.next);
    this.changed();
    this.#rememberRead();
    if (!loaded && this.listening && !this.whole) void this.#fillGap();
  }

  showWaiting() {
    this.timeline.showWaiting();
    this.changed();
    this.#rememberRead();
  }

  /**
   * @param {{status: string, spoiler_text?: string, in_reply_to_id?: string,
   *          media_ids?: string[], skep_to?: string[], visibility: 'public'|'direct'}} draft
   * @param {string} onceKey
   * @returns {Promise<Status>}
   */
  async post(draft, onceKey) {
    const status = await this.api.post(draft, onceKey);
    this.keep([status]);
    if (draft.visibility === 'public') this.timeline.put(status.id);
    const parent = this.statuses.get(draft.in_reply_to_id ?? '');
    if (parent) this.keep([{ ...parent, replies_count: parent.replies_count + 1 }]);
    this.dispatchEvent(new CustomEvent('posted', { detail: status }));
    this.changed();
    return status;
  }

  /**
   * @param {Status} status
   * @param {'favourite'|'unfavourite'|'reblog'|'unreblog'|'bookmark'|'unbookmark'} act
   */
  async mark(status, act) {
    const answer = await this.api.mark(status.id, act);
    this.keep([answer]);
    // The live line tells of the boost, too; a page that has none shall see it all the same. What
    // somebody else has boosted already stands there for both.
    if (answer.reblog && !this.#isPassedOn(status.id)) this.#came(answer);
    if (act === 'unreblog') {
      this.#forget((one) => one.reblog?.id === status.id && one.account.id === this.me?.id);
    }
  }

  /** @param {string} id of a post @returns {boolean} whether it is on the timeline as a boost */
  #isPassedOn(id) {
    const { shown, waiting } = this.timeline;
    return [...shown, ...waiting].some((entry) => this.statuses.get(entry)?.reblog?.id === id);
  }

  /** @param {string} id of a post or a boost that is no more */
  gone(id) {
    const parent = this.statuses.get(this.statuses.get(id)?.in_reply_to_id ?? '');
    if (parent) this.keep([{ ...parent, replies_count: Math.max(0, parent.replies_count - 1) }]);
    this.#forget((status) => status.id === id || status.reblog?.id === id);
    this.letterbox.gone(id);
  }

  // --- people ---

  /** @param {Account[]} accounts */
  keepAccounts(accounts) {
    for (const account of accounts) this.accounts.set(account.id, account);
    this.changed();
  }

  /** @param {string} id whose page shows it until this page is left @param {string} words */
  tell(id, words) {
    this.told.set(id, words);
    this.changed();
  }

  /**
   * @param {string} id
   * @param {'follow'|'unfollow'|'block'|'unblock'} act
   * @param {{skep_tell?: boolean}} [how] whether friends are told of a block
   * @returns {Promise<Relationship>}
   */
  async relate(id, act, how) {
    const relationship = await this.api.relate(id, act, how);
    if (act === 'block') {
      this.#forget((status) => status.account.id === id || status.reblog?.account.id === id);
    }
    // Whose posts belong to it is different now.
    this.#beginAnew();
    // It is done, whatever comes of asking for our own new numbers.
    void this.#look();
    return relationship;
  }

  /** @param {{display_name?: string, note?: string}} profile */
  async updateMe(profile) {
    this.#becomes(await this.api.updateMe(profile));
  }

  /** @param {Blob} file a picture */
  async changePicture(file) {
    this.#becomes(await this.api.changePicture(file));
  }

  async removePicture() {
    this.#becomes(await this.api.removePicture());
  }

  /** What was written before shows her as she is now, as it will when loaded. @param {Account} me */
  #becomes(me) {
    this.me = me;
    this.accounts.set(me.id, me);
    for (const [id, status] of this.statuses) {
      if (status.account.id === me.id) this.statuses.set(id, { ...status, account: me });
    }
    this.changed();
  }

  /** @param {keyof Notices} notice has been said now, and need not be said again */
  async noticed(notice) {
    this.notices = { ...this.notices, [notice]: true };
    await this.api.setNotices({ [notice]: true });
  }

  // --- what comes by itself ---

  /** @param {Status} status that came over the live line */
  #heard(status) {
    if (this.whole) this.timeline.reached([status.id]);
    this.#came(status);
  }

  /** @param {Letters} letters of which the newest just came, or was written */
  #letterCame(letters) {
    this.letterbox.put([letters]);
    this.dispatchEvent(new CustomEvent('came', { detail: letters.last_status }));
  }

  /** @param {Status} status a post in its new state; it takes the place of the old one where it is shown */
  #differs(status) {
    if (this.statuses.has(status.id) && !status.reblog) this.keep([status]);
  }

  /** @param {Status} status */
  #came(status) {
    this.keep([status]);
    if (status.account.id === this.me?.id) this.timeline.put(status.id);
    else this.timeline.offer(status.id);
    this.dispatchEvent(new CustomEvent('came', { detail: status }));
    this.changed();
  }

  /** @param {(status: Status) => boolean} condition */
  #forget(condition) {
    for (const [id, status] of this.statuses) {
      if (condition(status)) this.statuses.delete(id);
    }
    this.timeline.retain((id) => this.statuses.has(id));
    this.changed();
  }

  /** Begins the timeline anew; whoever shows it loads its first page. */
  #beginAnew() {
    const { lastRead } = this.timeline;
    this.timeline = new Timeline();
    this.timeline.lastRead = lastRead;
    this.changed();
  }

  #lineOpened() {
    this.stretch += 1;
    this.listening = true;
    // Somebody answers, also where nothing is to be asked.
    this.#setSilent(false);
    void this.#fillGap();
    void this.letterbox.findAnew();
  }

  #lineCut() {
    this.stretch += 1;
    this.listening = false;
    this.whole = false;
  }

  /**
   * After the live line was cut: asks for what came meanwhile. What was written here, or comes over
   * the new line while this goes on, is newer than the gap and says nothing about it.
   */
  async #fillGap() {
    const { timeline, stretch } = this;
    if (!timeline.loaded) return;
    try {
      for (let pages = 0; pages < GAP_PAGES_MAX && timeline.wholeUpTo !== null; pages += 1) {
        const page = await this.api.homeAfter(timeline.wholeUpTo);
        if (stretch !== this.stretch || timeline !== this.timeline) return;
        if (page.items.length === 0) {
          this.whole = true;
          return;
        }
        for (const status of page.items) this.#came(status);
        timeline.reached(page.items.map((status) => status.id));
      }
      this.#beginAnew();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      // Nobody answers yet: the live line will open again, and this is asked again then.
    }
  }

  /** Looks who we are now: also finds out whether it is silence or a closed door. */
  async #look() {
    try {
      this.me = await this.api.me();
      this.changed();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      // What was found out is shown by `silent` and `session`.
    }
  }

  #rememberRead() {
    const newest = this.timeline.shown[0];
    const before = this.remembered ?? this.timeline.lastRead;
    if (newest === undefined || (before !== null && !isNewer(newest, before))) return;
    this.remembered = newest;
    this.api.setReadMarker(newest).catch((failure) => {
      if (!(failure instanceof ApiError)) throw failure;
      // The line "new since your last visit" stands a little too low next time; nothing is lost.
    });
  }

  #answered() {
    this.#setSilent(false);
    if (!this.undertakings.started()) return;
    if (this.session === 'open') this.live.again();
    else void this.start();
  }

  /** @param {Work} work what is done before anything can be read */
  #isStarting(work) {
    this.#setSilent(false);
    this.undertakings.starts(work);
  }

  /** @param {boolean} silent */
  #setSilent(silent) {
    if (this.silent === silent) return;
    this.silent = silent;
    this.changed();
  }

  /** @param {'open'|'shut'} session */
  #setSession(session) {
    this.session = session;
    if (session === 'shut') this.live.stop();
    this.changed();
  }
}
