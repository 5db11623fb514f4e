/**
 * The one road to the server: same origin, the session's two halves, JSON. Every failure becomes an
 * `ApiError` whose `message` can be shown to a person as it is.
 */

import { pageKey } from './pagekey.js';

/** @import {Account, MediaAttachment, Status, Relationship, Notices, NodeReport, Letters, Page, Version, Work} from './types.js' */

const PAGE_ITEMS = 20;

/** What went wrong, in words for a person. */
export class ApiError extends Error {
  /**
   * @param {'offline'|'session'|'starting'|'refused'|'broken'} kind `offline`: nobody answered;
   *     `session`: we are not let in; `starting`: there is nothing to read yet; `refused`: the
   *     server said no and why; `broken`: the server failed
   * @param {string} words
   * @param {number} status the HTTP status, 0 where nobody answered
   */
  constructor(kind, words, status = 0) {
    super(words);
    this.kind = kind;
    this.status = status;
  }
}

const WORDS_OFFLINE =
  'Skep is not answering. It may have been stopped: start it again, and this page carries on.';
const WORDS_SESSION = 'This browser has not been let in yet.';
const WORDS_BROKEN = 'Skep stumbled over this. Nothing was lost; please try once more.';

/** @param {unknown} failure @returns {string} a sentence for a person, whatever was thrown */
export function wordsOf(failure) {
  if (failure instanceof ApiError) return failure.message;
  console.error(failure);
  return 'This page stumbled. Reload it, and if it happens again, please tell us.';
}

export class Api {
  /**
   * @param {{answered(): void, unanswered(): void, shutOut(): void, starting(work: Work): void}}
   *     listener told whenever somebody answers, does not answer, does not let us in, or has yet to
   *     put things in order
   */
  constructor(listener) {
    this.listener = listener;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body] a form, or what becomes JSON
   * @param {Record<string, string>} [headers]
   * @returns {Promise<Response>} always with a 2xx status
   * @throws {ApiError}
   */
  async send(method, path, body, headers = {}) {
    /** @type {RequestInit} */
    const request = {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { Accept: 'application/json', 'X-Skep-Page': pageKey(), ...headers },
    };
    if (body instanceof FormData) {
      request.body = body;
    } else if (body !== undefined) {
      request.body = JSON.stringify(body);
      request.headers = { ...request.headers, 'Content-Type': 'application/json' };
    }
    let response;
    try {
      response = await fetch(path, request);
    } catch {
      this.listener.unanswered();
      throw new ApiError('offline', WORDS_OFFLINE);
    }
    const reason = response.ok ? null : await reasonOf(response);
    if (reason?.progress) {
      this.listener.starting(reason.progress[0] ?? { words: 'Skep is starting. One moment.' });
      throw new ApiError('starting', reason.error ?? WORDS_BROKEN, response.status);
    }
    this.listener.answered();
    if (response.ok) return response;
    if (response.status === 401) {
      this.listener.shutOut();
      throw new ApiError('session', WORDS_SESSION, 401);
    }
    const words = reason?.error;
    if (response.status < 500) {
      throw new ApiError('refused', words ?? 'Skep refused this without saying why.', response.status);
    }
    throw new ApiError('broken', words ?? WORDS_BROKEN, response.status);
  }

  /** @param {string} method @param {string} path @param {object} [body] */
  async json(method, path, body) {
    const response = await this.send(method, path, body);
    const text = await response.text();
    return text === '' ? {} : JSON.parse(text);
  }

  /**
   * @template T
   * @param {string} path
   * @returns {Promise<Page<T>>}
   */
  async page(path) {
    const response = await this.send('GET', path);
    const items = await response.json();
    return { items, next: nextOf(response.headers.get('Link')) };
  }

  /** @returns {Promise<Account>} */
  me() {
    return this.json('GET', '/api/v1/accounts/verify_credentials');
  }

  /** @param {{display_name?: string, note?: string}} profile @returns {Promise<Account>} */
  updateMe(profile) {
    return this.json('PATCH', '/api/v1/accounts/update_credentials', profile);
  }

  /** @param {Blob} file a picture @returns {Promise<Account>} */
  changePicture(file) {
    const form = new FormData();
    form.append('avatar', file, 'picture');
    return this.json('PATCH', '/api/v1/accounts/update_credentials', form);
  }

  /** @returns {Promise<Account>} */
  removePicture() {
    return this.json('DELETE', '/api/v1/profile/avatar');
  }

  instance() {
    return this.json('GET', '/api/v2/instance');
  }

  /** @param {string} [next] the `next` of the page before @returns {Promise<Page<Status>>} */
  home(next) {
    return this.page(next ?? `/api/v1/timelines/home?limit=${PAGE_ITEMS}`);
  }

  /** @param {string} id @returns {Promise<Page<Status>>} what is newer, the gap's oldest first */
  homeAfter(id) {
    return this.page(`/api/v1/timelines/home?limit=40&min_id=${encodeURIComponent(id)}`);
  }

  /** @param {string} [next] @returns {Promise<Page<Status>>} friends' friends too */
  around(next) {
    return this.page(next ?? `/api/v1/timelines/public?limit=${PAGE_ITEMS}`);
  }

  /** @returns {Promise<{hops: number}>} how many steps away people are whose posts are fetched */
  reach() {
    return this.json('GET', '/api/skep/v1/reach');
  }

  /** @param {number} hops @returns {Promise<{hops: number}>} */
  setReach(hops) {
    return this.json('PUT', '/api/skep/v1/reach', { hops });
  }

  /** @returns {Promise<{seconds: number}>} */
  holdBack() {
    return this.json('GET', '/api/skep/v1/hold_back');
  }

  /** @param {number} seconds @returns {Promise<{seconds: number}>} */
  setHoldBack(seconds) {
    return this.json('PUT', '/api/skep/v1/hold_back', { seconds });
  }

  /** @param {string} [next] @returns {Promise<Page<Status>>} */
  bookmarks(next) {
    return this.page(next ?? `/api/v1/bookmarks?limit=${PAGE_ITEMS}`);
  }

  /** @param {string} [next] @returns {Promise<Page<Letters>>} */
  letters(next) {
    return this.page(next ?? '/api/v1/conversations?limit=40');
  }

  /** @param {string} id of any of its letters @returns {Promise<Letters>} */
  lettersRead(id) {
    return this.json('POST', `/api/v1/conversations/${encodeURIComponent(id)}/read`);
  }

  /** @param {string} id @param {string} [next] @returns {Promise<Page<Status>>} */
  statusesOf(id, next) {
    return this.page(next ?? `/api/v1/accounts/${encodeURIComponent(id)}/statuses?limit=${PAGE_ITEMS}`);
  }

  /** @param {string} id @param {string} [next] @returns {Promise<Page<Account>>} */
  followingOf(id, next) {
    return this.page(next ?? `/api/v1/accounts/${encodeURIComponent(id)}/following?limit=40`);
  }

  /** @param {string} [next] @returns {Promise<Page<Account>>} */
  blocks(next) {
    return this.page(next ?? '/api/v1/blocks?limit=40');
  }

  /** @param {string} id @returns {Promise<Status>} */
  status(id) {
    return this.json('GET', `/api/v1/statuses/${encodeURIComponent(id)}`);
  }

  /** @param {string} id @returns {Promise<{ancestors: Status[], descendants: Status[]}>} */
  context(id) {
    return this.json('GET', `/api/v1/statuses/${encodeURIComponent(id)}/context`);
  }

  /** @param {Blob} file a picture for a post @returns {Promise<MediaAttachment>} */
  upload(file) {
    const form = new FormData();
    form.append('file', file, 'picture');
    return this.json('POST', '/api/v2/media', form);
  }

  /** @param {string} id of a picture that waits for its post @returns {Promise<MediaAttachment>} */
  media(id) {
    return this.json('GET', `/api/v1/media/${encodeURIComponent(id)}`);
  }

  /** @param {string} id @param {string} description @returns {Promise<MediaAttachment>} */
  describeMedia(id, description) {
    return this.json('PUT', `/api/v1/media/${encodeURIComponent(id)}`, { description });
  }

  /**
   * @param {{status: string, spoiler_text?: string, in_reply_to_id?: string,
   *          media_ids?: string[], skep_to?: string[], visibility: 'public'|'direct'}} draft
   * @param {string} onceKey the same for each try of the same post, so that it is posted once
   * @returns {Promise<Status>}
   */
  async post(draft, onceKey) {
    const response = await this.send('POST', '/api/v1/statuses', draft, {
      'Idempotency-Key': onceKey,
    });
    return response.json();
  }

  /**
   * @param {string} id
   * @param {'favourite'|'unfavourite'|'reblog'|'unreblog'|'bookmark'|'unbookmark'} act
   * @returns {Promise<Status>}
   */
  mark(id, act) {
    return this.json('POST', `/api/v1/statuses/${encodeURIComponent(id)}/${act}`);
  }

  /**
   * @param {string} id
   * @param {{status: string, spoiler_text: string}} words whole; pictures stay as they are
   * @returns {Promise<Status>}
   */
  edit(id, words) {
    return this.json('PUT', `/api/v1/statuses/${encodeURIComponent(id)}`, words);
  }

  /** @param {string} id @returns {Promise<Status>} as it was */
  remove(id) {
    return this.json('DELETE', `/api/v1/statuses/${encodeURIComponent(id)}`);
  }

  /** @param {string} id @returns {Promise<Version[]>} the first words first */
  history(id) {
    return this.json('GET', `/api/v1/statuses/${encodeURIComponent(id)}/history`);
  }

  /** @param {string} id @returns {Promise<Account>} */
  account(id) {
    return this.json('GET', `/api/v1/accounts/${encodeURIComponent(id)}`);
  }

  /** @param {string} tag @param {string} [next] @returns {Promise<Page<Status>>} */
  about(tag, next) {
    const path = `/api/v1/timelines/tag/${encodeURIComponent(tag)}`;
    return this.page(next ?? `${path}?limit=${PAGE_ITEMS}`);
  }

  /** @param {string} name `@…ed25519`, an `ssb:` URI or an acct @returns {Promise<Account>} */
  lookup(name) {
    return this.json('GET', `/api/v1/accounts/lookup?acct=${encodeURIComponent(name)}`);
  }

  /** @param {string} id @returns {Promise<Relationship|undefined>} */
  async relationship(id) {
    const all = await this.json(
      'GET',
      `/api/v1/accounts/relationships?id[]=${encodeURIComponent(id)}`,
    );
    return all[0];
  }

  /**
   * @param {string} id
   * @param {'follow'|'unfollow'|'block'|'unblock'} act
   * @param {{skep_tell?: boolean}} [how] whether friends are told of a block
   * @returns {Promise<Relationship>}
   */
  relate(id, act, how) {
    return this.json('POST', `/api/v1/accounts/${encodeURIComponent(id)}/${act}`, how);
  }

  /** @returns {Promise<string|null>} the newest post of the timeline that was read */
  async readMarker() {
    const markers = await this.json('GET', '/api/v1/markers?timeline[]=home');
    return markers.home?.last_read_id ?? null;
  }

  /** @param {string} id */
  setReadMarker(id) {
    return this.json('POST', '/api/v1/markers', { home: { last_read_id: id } });
  }

  /** @returns {Promise<NodeReport>} */
  report() {
    return this.json('GET', '/api/skep/v1/status');
  }

  /** @param {string} address @returns {Promise<{words?: string}>} */
  connect(address) {
    return this.json('POST', '/api/skep/v1/connect', { address });
  }

  /**
   * @param {string} network on which the identity writes again
   * @param {boolean} insist also where more of its log is known to be elsewhere
   */
  resume(network, insist) {
    return this.json('POST', '/api/skep/v1/resume', { network, insist });
  }

  /**
   * @param {'moved'|'copied'} answer
   * @returns {Promise<{resting: string[]}>} why nothing is written nonetheless
   */
  answerCopied(answer) {
    return this.json('POST', '/api/skep/v1/copied', { answer });
  }

  /** @returns {Promise<Notices>} */
  notices() {
    return this.json('GET', '/api/skep/v1/notices');
  }

  /** @param {Partial<Notices>} seen */
  setNotices(seen) {
    return this.json('PUT', '/api/skep/v1/notices', seen);
  }
}

/**
 * @param {Response} response
 * @returns {Promise<{error?: string, progress?: Work[]}|null>} what the server said of it; `progress`
 *     only while it puts things in order
 */
async function reasonOf(response) {
  try {
    const { error, progress } = await response.json();
    return {
      error: typeof error === 'string' && error !== '' ? error : undefined,
      progress: response.status === 503 && Array.isArray(progress) ? progress : undefined,
    };
  } catch {
    return null;
  }
}

/**
 * @param {string|null} link an RFC 8288 Link header
 * @returns {string|null} path and query of its `next`, and never another origin
 */
export function nextOf(link) {
  const match = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(link ?? '');
  if (!match) return null;
  const url = new URL(match[1], location.origin);
  return url.pathname.startsWith('/api/') ? url.pathname + url.search : null;
}
