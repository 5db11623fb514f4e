package org.skep.testkit.world;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;

/**
 * Virtual threads that a scheduler of ours carries. The JDK has them for its own tests only; this
 * is the one place that reaches in, and needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
final class WorldThreads {
  private static final String BUILDER = "java.lang.ThreadBuilders$VirtualThreadBuilder";

  private WorldThreads() {}

  /**
   * A builder of threads that are carried whenever the scheduler runs what it is given.
   *
   * @throws IllegalStateException where the JDK has no such threads, or was not opened
   */
  static Thread.Builder.OfVirtual on(Executor scheduler) {
    try {
      Constructor<?> builder = Class.forName(BUILDER).getDeclaredConstructor(Executor.class);
      builder.setAccessible(true);
      return (Thread.Builder.OfVirtual) builder.newInstance(scheduler);
    } catch (ReflectiveOperationException | RuntimeException e) {
      Throwable why = e instanceof InvocationTargetException inner ? inner.getCause() : e;
      throw new IllegalStateException(
          "worlds need a Java whose java.base/java.lang is opened to them", why);
    }
  }
}
