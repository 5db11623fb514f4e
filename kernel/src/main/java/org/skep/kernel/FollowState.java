package org.skep.kernel;

/** How one person stands to another. */
public enum FollowState {
  NONE,
  FOLLOWING,
  BLOCKING
}
