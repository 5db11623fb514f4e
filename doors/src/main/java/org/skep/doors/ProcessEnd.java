package org.skep.doors;

/** The end of the process, when somebody presses Ctrl-C or the machine shuts down. */
public final class ProcessEnd {
  private ProcessEnd() {}

  /** Runs when the process is asked to end, which waits for it. */
  public static void whenAsked(Runnable last) {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("skep-end").unstarted(last));
  }
}
