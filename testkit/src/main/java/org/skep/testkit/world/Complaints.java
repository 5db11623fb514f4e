package org.skep.testkit.world;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a node logs as an error is a fault of the program: it ends the world. */
final class Complaints extends Handler {
  /** Kept, because loggers that nobody holds are collected with their handlers. */
  private static final Logger SKEP = Logger.getLogger("org.skep");

  private static final AtomicBoolean LISTENING = new AtomicBoolean();

  private Complaints() {}

  /** From here on; again changes nothing. */
  static void listen() {
    if (LISTENING.compareAndSet(false, true)) {
      SKEP.addHandler(new Complaints());
      // What else nodes say while things go wrong on purpose helps nobody.
      SKEP.setUseParentHandlers(false);
    }
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
      World.current()
          .ifPresent(world ->
              world.fail(
                  new WorldException(
                      "a node logged an error: " + record.getMessage(), record.getThrown())));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
