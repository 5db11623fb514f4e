package org.skep.networks.trespass;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.jetty.util.Callback;
import org.skep.networks.neighbour.Neighbour;

/** One small offence each. */
public final class Trespasses {
  private Trespasses() {}

  /** Sees a sibling. */
  public record SeesASibling(Neighbour neighbour) {}

  /** Reads the system's clock, by a method reference too. */
  public static final class ReadsTheClock {
    private ReadsTheClock() {}

    /** Now. */
    public static Supplier<Instant> now() {
      return Instant::now;
    }
  }

  /** Throws dice of its own. */
  public static final class ThrowsDice {
    private ThrowsDice() {}

    /** Some words. */
    public static String word() {
      return UUID.randomUUID().toString();
    }
  }

  /** Starts a thread. */
  public static final class StartsAThread {
    private StartsAThread() {}

    /** Runs it. */
    public static void run(Runnable work) {
      Thread.ofVirtual().start(work);
    }
  }

  /** Opens a socket. */
  public static final class OpensASocket {
    private OpensASocket() {}

    /** Listens. */
    public static ServerSocket listen() throws IOException {
      return new ServerSocket(0);
    }
  }

  /** Reads a file. */
  public static final class ReadsAFile {
    private ReadsAFile() {}

    /** Its text. */
    public static String text(Path file) throws IOException {
      return Files.readString(file);
    }
  }

  /** Speaks Jetty's language. */
  public record SpeaksJetty(Callback callback) {}

  /** Speaks JDBC's language. */
  public record SpeaksJdbc(SQLException problem) {}
}
