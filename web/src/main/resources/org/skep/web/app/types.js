/**
 * The shapes that the API answers with, as far as this page reads them. Mastodon's shapes, plus
 * what Skep adds under `skep`. Types only: this module has no code.
 *
 * @typedef {{network: string, id: string}} Face
 *
 * @typedef {object} Account
 * @property {string} id digits
 * @property {string} username
 * @property {string} acct
 * @property {string} display_name foreign text: pass it through `names.js` before showing it
 * @property {string} note HTML, cleaned by the server, cleaned again here
 * @property {string} avatar the address of a picture, or of the page's icon
 * @property {string} uri
 * @property {number} following_count
 * @property {number} statuses_count
 * @property {{description?: string, faces?: Face[], forked?: string|null}} [skep]
 *
 * @typedef {object} Status
 * @property {string} id digits; lists are ordered by it
 * @property {string} uri
 * @property {string} created_at ISO 8601; what its author's computer claimed
 * @property {Account} account
 * @property {string|null} [edited_at] ISO 8601; where its words were changed
 * @property {string} content HTML, cleaned by the server, cleaned again here
 * @property {'public'|'direct'} visibility `direct` for a letter
 * @property {boolean} [sensitive] whether it is folded until somebody opens it
 * @property {string} spoiler_text
 * @property {string|null} in_reply_to_id
 * @property {string|null} in_reply_to_account_id
 * @property {boolean} favourited
 * @property {number} favourites_count
 * @property {Status|null} [reblog] the post itself, where this stands for somebody’s boost of it
 * @property {boolean} reblogged
 * @property {number} reblogs_count
 * @property {boolean} bookmarked
 * @property {number} replies_count
 * @property {Mention[]} mentions
 * @property {{name: string, url: string}[]} [tags] normalised names, without the sign
 * @property {MediaAttachment[]} [media_attachments]
 * @property {{text?: string, kind?: string|null, arrived_at?: string, faces?: Face[],
 *             boosted_by?: Account[],
 *             delivery?: {state: string, words: string}, held_until?: string|null,
 *             readers?: Account[]|null}} [skep] with
 *     `readers` it is a letter
 *
 * @typedef {{id: string, username: string, acct: string, url: string}} Mention
 *
 * @typedef {object} Version what a post said at one time
 * @property {string} created_at ISO 8601
 * @property {string} content HTML, cleaned by the server, cleaned again here
 * @property {string} spoiler_text
 * @property {MediaAttachment[]} media_attachments
 *
 * @typedef {object} Letters a conversation
 * @property {string} id that of its oldest letter
 * @property {boolean} unread
 * @property {Account[]} accounts the others
 * @property {Status} last_status
 *
 * @typedef {object} MediaAttachment
 * @property {string} id digits
 * @property {'image'|'unknown'} type what its first bytes say, where they are here
 * @property {string} url on the content site
 * @property {string} preview_url
 * @property {string} description foreign text; may be empty
 * @property {{original?: {width: number, height: number}}|null} [meta]
 * @property {{here: boolean, media_type?: string}} [skep]
 *
 * @typedef {object} Relationship
 * @property {string} id
 * @property {boolean} following
 * @property {boolean} followed_by
 * @property {boolean} blocking
 * @property {boolean} blocked_by
 * @property {{blocking_told: boolean}} skep
 *
 * @typedef {{first_public_post: boolean, first_follow: boolean}} Notices what has been said already
 *
 * @typedef {object} Peer
 * @property {string} [who]
 * @property {string} [name]
 * @property {string} [words]
 * @property {boolean} [connected]
 *
 * @typedef {object} NetworkReport
 * @property {string} name
 * @property {string} [words]
 * @property {boolean} [listening]
 * @property {string|null} [address]
 * @property {string|null} [resting] why nothing is written there for now
 * @property {string|null} [elsewhere] what is known of one's log there that is not here
 * @property {Peer[]} [peers]
 *
 * @typedef {object} Work longer work under way
 * @property {string} words all of it in a sentence
 * @property {string} [title] what is being done
 * @property {string} [how_far] how far it is, in words
 * @property {number|null} [percent] from 0 to 99; null where nobody knows
 * @property {string|null} [left] how long it may still take
 *
 * @typedef {object} NodeReport
 * @property {string} version
 * @property {string} name
 * @property {{id: string, name: string, ssb?: string}[]} accounts
 * @property {Record<string, number>} ports
 * @property {NetworkReport[]} networks
 * @property {{bytes: number}} disk
 * @property {Work[]} progress
 * @property {string[]} troubles what does not work just now
 * @property {string|null} [copied] why it asks whether it is a copy
 */

/**
 * One page of a list, and the path of the next one.
 *
 * @template T
 * @typedef {{items: T[], next: string|null}} Page
 */

export {};
