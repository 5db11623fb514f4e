package org.skep.testkit.world;

import java.util.Locale;

/** The kinds of worlds there are. */
public enum Kind {
  /** Nothing goes wrong. */
  QUIET,
  /** Packets are lost, late, doubled and overtaken; ways are cut, one way or both. */
  WEATHER,
  /** The same, and machines lose their power at any step. */
  POWER,
  /** People block each other, tell or don't, and make up again. */
  QUARRELS,
  /** Clocks are wrong by years, disks are full, machines lose their power. */
  ROT,
  /** Somebody whom all follow lies, is slow, or gives nothing. */
  LIARS,
  /** A data folder is copied, and both are started. */
  TWINS,
  /** All of it, but for twins. */
  WILD;

  World.Story story() {
    return switch (this) {
      case QUIET -> new Town(Town.Troubles.NONE);
      case WEATHER -> new Town(new Town.Troubles(true, false, false, false, false, false));
      case POWER -> new Town(new Town.Troubles(true, true, false, false, false, false));
      case QUARRELS -> new Town(new Town.Troubles(true, false, true, false, false, false));
      case ROT -> new Town(new Town.Troubles(false, true, false, true, true, false));
      case LIARS -> new Town(new Town.Troubles(true, false, false, false, false, true));
      case TWINS -> new Twins();
      case WILD -> new Town(Town.Troubles.ALL);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
