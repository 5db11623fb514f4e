package org.skep.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.skep.kernel.Clock;
import org.skep.wire.crypto.Accelerator;

/** When and on what it is measured, as far as it explains the figures. */
record Conditions(Clock clock) {
  /** Of all cores; others who compute more than this spoil what is measured. */
  private static final double QUIET_SHARE_MAX = 0.1;

  private static final Duration LOOK_AT_OTHERS_FOR = Duration.ofSeconds(3);

  private static OperatingSystemMXBean system() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }

  /**
   * All that is known.
   *
   * @param folder where the data will lie
   */
  String before(Path folder) throws IOException, InterruptedException {
    return String.format(
        Locale.ROOT,
        "%s; Java %s (%s), %s %s; %d cores, %.0f GiB memory, data on %s; %s; before, %s",
        Instant.ofEpochMilli(clock.wallMillis()).truncatedTo(ChronoUnit.MINUTES),
        Runtime.version(),
        System.getProperty("java.vendor"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        system().getAvailableProcessors(),
        system().getTotalMemorySize() / Math.pow(1024, 3),
        Files.getFileStore(folder).type(),
        Accelerator.name(),
        others());
  }

  /** The most important in a line. */
  String inShort() {
    return String.format(
        Locale.ROOT,
        "%s; %s %s, %d cores; Java %s; %s",
        Instant.ofEpochMilli(clock.wallMillis()).toString().substring(0, "2026-11-30".length()),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        system().getAvailableProcessors(),
        Runtime.version(),
        Accelerator.name());
  }

  /**
   * What other programs compute while we do nothing; the load average would still hold our build.
   */
  String others() throws InterruptedException {
    OperatingSystemMXBean machine = system();
    // Each answer is about the time since the last.
    machine.getCpuLoad();
    clock.sleep(LOOK_AT_OTHERS_FOR);
    double share = machine.getCpuLoad();
    if (share < 0) {
      return "what other programs did is not known";
    }
    return String.format(
        Locale.ROOT,
        "other programs took %.0f %% of the cores%s",
        share * 100,
        share <= QUIET_SHARE_MAX ? "" : " (BUSY: do not trust these figures)");
  }
}
