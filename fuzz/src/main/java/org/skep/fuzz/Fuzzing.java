package org.skep.fuzz;

import org.skep.kernel.Bytes;

/** Where Jazzer comes in: one target for the life of a process. */
public final class Fuzzing {
  private static Target target = Targets.all().getFirst();

  private Fuzzing() {}

  /**
   * Called once.
   *
   * @param arguments the name of the target's class
   */
  public static void fuzzerInitialize(String[] arguments) throws ReflectiveOperationException {
    target =
        Class.forName(arguments[0]).asSubclass(Target.class).getDeclaredConstructor().newInstance();
  }

  /** Called with each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    target.read(Bytes.copyOf(input));
  }
}
