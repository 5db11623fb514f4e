package org.skep.networks.home;

import org.skep.kernel.Audience;
import org.skep.kernel.Intent;

/** Which of an author's logs an act belongs to, and how its audience is written. */
final class HomeLogs {
  /** Posts, replies and reactions for anybody. */
  static final String POSTS = "posts";

  /** Who she is and whom she follows, for anybody. */
  static final String PEOPLE = "people";

  /** What is only for herself; every body is sealed. */
  static final String PRIVATE = "private";

  static final String ANYBODY = "anybody";
  static final String MYSELF = "myself";

  private HomeLogs() {}

  static String logOf(Intent intent) {
    if (intent.audience() != Audience.ANYBODY) {
      return PRIVATE;
    }
    return switch (intent) {
      case Intent.Post post -> POSTS;
      case Intent.Letter letter -> PRIVATE;
      case Intent.React react -> POSTS;
      case Intent.Boost boost -> POSTS;
      case Intent.Edit edit -> POSTS;
      case Intent.Delete delete -> POSTS;
      case Intent.Describe describe -> PEOPLE;
      case Intent.DeclareFace face -> PEOPLE;
      case Intent.Relate relate -> PEOPLE;
      case Intent.ReadUpTo read -> PRIVATE;
      case Intent.Bookmark bookmark -> PRIVATE;
    };
  }

  static String label(Audience audience) {
    return switch (audience) {
      case ANYBODY -> ANYBODY;
      // Her own copy of a letter is sealed for her alone; its readers get a face of it.
      case READERS, MYSELF -> MYSELF;
    };
  }
}
