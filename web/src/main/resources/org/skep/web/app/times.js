/** Times, sizes and numbers in the words people use. */

/** @import {Status} from './types.js' */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** From this difference on, when something was written and when it arrived are two stories. */
const LATE_MS = HOUR_MS;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });
const inFull = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' });

/**
 * @param {number} then milliseconds since 1970
 * @param {number} now milliseconds since 1970
 * @returns {string} `now`, `5 minutes ago`, `yesterday`, `4 March`, `4 March 2019`
 */
export function ago(then, now) {
  const passed = now - then;
  if (Number.isNaN(passed)) return 'at an unknown time';
  if (passed < -LATE_MS) return `dated ${dayMonthYear.format(then)}`;
  if (passed < MINUTE_MS) return 'now';
  if (passed < HOUR_MS) return relative.format(-Math.floor(passed / MINUTE_MS), 'minute');
  if (passed < DAY_MS) return relative.format(-Math.floor(passed / HOUR_MS), 'hour');
  if (passed < 7 * DAY_MS) return relative.format(-Math.floor(passed / DAY_MS), 'day');
  const thisYear = new Date(now).getFullYear() === new Date(then).getFullYear();
  return (thisYear ? dayAndMonth : dayMonthYear).format(then);
}

/** @param {number} then @returns {string} date and time in full, for a tooltip */
export function exactly(then) {
  return Number.isNaN(then) ? '' : inFull.format(then);
}

/**
 * @param {Pick<Status, 'created_at'|'skep'>} status
 * @param {number} now
 * @returns {string} when it was written and, where that differs by more than an hour, when it came
 */
export function whenOf(status, now) {
  const written = Date.parse(status.created_at);
  const arrived = Date.parse(status.skep?.arrived_at ?? status.created_at);
  if (Number.isNaN(arrived) || Math.abs(arrived - written) <= LATE_MS) return ago(written, now);
  if (arrived < written) return `${ago(written, arrived)}, arrived ${ago(arrived, now)}`;
  return `written ${ago(written, now)}, arrived ${ago(arrived, now)}`;
}

/** @param {number} bytes @returns {string} `12 MB` */
export function sizeInWords(bytes) {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 10 ? 0 : 1;
  return `${size.toFixed(digits)} ${units[unit]}`;
}

/** @param {number} count @param {string} one @param {string} many @returns {string} */
export function plural(count, one, many) {
  return count === 1 ? `1 ${one}` : `${count.toLocaleString('en-GB')} ${many}`;
}
