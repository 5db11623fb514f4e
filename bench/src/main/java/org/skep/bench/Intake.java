package org.skep.bench;

import java.time.Duration;

/**
 * What it took a program, once, to take in a past.
 *
 * @param messages of the whole past
 * @param cpu all that it computed, from its start until it had them
 * @param halfCpu the same for half as many, in a run of its own in the same round
 * @param asideCpu of another process, or of one of several
 * @param memoryBytes the most it had resident
 * @param diskBytes by which its folder has grown once it had stopped
 */
record Intake(
    int messages,
    Duration cpu,
    Duration halfCpu,
    Duration asideCpu,
    Duration wall,
    double memoryBytes,
    double diskBytes) {
  double aCpuSecond() {
    return messages / seconds(cpu);
  }

  /** How many of the later half it takes in: there its start is over, and much of compiling. */
  double aCpuSecondLater() {
    return messages / 2.0 / seconds(cpu.minus(halfCpu));
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
