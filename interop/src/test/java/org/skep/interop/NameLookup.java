package org.skep.interop;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks one name up: the packet that proves the counters of {@link ClosedTest} to be live. */
final class NameLookup {
  private NameLookup() {}

  /** Entry point. */
  public static void main(String[] arguments) {
    try {
      System.out.println("found " + InetAddress.getAllByName("somebody.example").length);
    } catch (UnknownHostException e) {
      System.out.println("asked " + e.getMessage());
    }
  }
}
